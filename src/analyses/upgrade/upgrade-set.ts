import { type AttackIndex, type AttackReleaseView, type AttackTechnique, compareVersions, parentOf } from '../../attack/attack-index.js'
import { followSuccessors } from '../../attack/find-techniques.js'
import { createMappingId, mappingIds } from '../../emitters/table/mapping-ids.js'
import { createPairMap, type PairMap } from '../../model/lookups.js'
import type { ResolvedSet } from '../../model/mapping-set.js'
import type { Domain, Mapping } from '../../model/mapping.js'
import { addToList } from '../../model/stated.js'
import { compareText } from '../../model/text.js'
import { readDomain } from '../../model/vocabulary.js'
import { type DecidedRow, type Decision, isOpen, type RowChange, techniqueOf } from './row-change.js'
import { mergeSameRows, noteSameRows, type OnDuplicate, upgradeRow, withdrawReview } from './upgrade-row.js'
import { pairReleases, type ReleasePair } from './release-pair.js'
import { leaveToReview, type Outcome, upgradeTechnique } from './upgrade-technique.js'

/** A set upgraded to another ATT&CK release, and the outcome of each row. */
export interface UpgradedSet {
  /** The set before the upgrade. */
  readonly former: ResolvedSet
  readonly set: ResolvedSet
  /** One for each row of the former set, in its order. */
  readonly changes: readonly RowChange[]
  /** The mapping id of a row of the former set, by its index; made when it is asked for. */
  readonly idOf: IdOf
  /** The release that the set refers to; undefined if it states none, or none that is available. */
  readonly source: AttackReleaseView | undefined
  readonly target: AttackReleaseView
}

/**
 * Upgrades a set to another ATT&CK release. Every row gets exactly one class; rows in = rows out + rows that a reviewer dropped.
 * Rows that wait for a person stay, and state the release that they still refer to. `decisions` are by mapping id. With `onDuplicate` "merge", rows that have
 * become the same are one. Undefined if no
 * release of the target's major version is available. See docs/upgrading.md.
 */
export function upgradeSet(
  set: ResolvedSet,
  to: string,
  attack: AttackIndex,
  decisions: ReadonlyMap<string, Pick<DecidedRow, 'decision'>> = new Map(),
  onDuplicate: OnDuplicate = 'keep',
): UpgradedSet | undefined {
  const own = pairReleases(attack, set.attack.domain, set.attack.version, to)
  if (!own) return undefined
  const upgradeTechniqueOf = createTechniqueUpgrader(set, to, attack)
  const idOf = decisions.size > 0 ? idsOfAll(set) : idsOfSome(set, (row) => upgradeTechniqueOf(row).outcome.class !== 'unchanged')
  const noted = noteSameRows(set.mappings.map((row, index): RowChange => {
    const { outcome, releases } = upgradeTechniqueOf(row)
    const from = row.release?.attackVersion ?? set.attack.version
    const decision = decisions.size === 0 ? undefined : decisions.get(idOf(index))?.decision
    const after = decide(row, { outcome, releases, from, decision, target: own.target })
    const { class: upgradeClass, why, suggestions } = outcome
    return { index, class: upgradeClass, before: row, after, suggestions, from, why, decision }
  }))
  const changes = onDuplicate === 'merge' ? mergeSameRows(noted, idOf) : noted
  const mappings = changes.flatMap(({ after }) => after ?? [])
  const upgraded = { ...set, attack: { ...set.attack, version: own.target.version }, mappings }
  return { former: set, set: upgraded, changes, idOf, source: own.source, target: own.target }
}

/** The outcome of a row's technique. */
interface UpgradedRow {
  readonly outcome: Outcome
  /** Undefined if the row is of another domain, which has no such release. */
  readonly releases: ReleasePair | undefined
}

type IdOf = (index: number) => string

function idsOfAll(set: ResolvedSet): IdOf {
  return (index) => mappingIds(set)[index] ?? ''
}

/** Only decisions need the ids of unchanged rows, which are most. Rows of one content have one outcome, so that theirs are made together. */
function idsOfSome(set: ResolvedSet, isChanged: (row: Mapping) => boolean): IdOf {
  let idOf: ((index: number) => string | undefined) | undefined
  const others = idsOfAll(set)
  return (index) => {
    idOf ??= createMappingId(set, set.mappings.flatMap((row, at) => (isChanged(row) ? [at] : [])))
    return idOf(index) ?? others(index)
  }
}

/** Upgrades each technique once, for all rows that write it in the same way. */
function createTechniqueUpgrader(set: ResolvedSet, to: string, attack: AttackIndex): (row: Mapping) => UpgradedRow {
  const pairs = new Map<string, OfRelease>()
  const ofRelease = (domain: Domain, from: string | undefined): OfRelease => {
    const key = from === undefined ? domain : `${domain} ${from}`
    const pair = pairs.get(key) ?? { releases: pairReleases(attack, domain, from, to), outcomes: createPairMap() }
    pairs.set(key, pair)
    return pair
  }
  const own = ofRelease(set.attack.domain, set.attack.version)
  return (row) => {
    const domain: Domain = readDomain(row.release?.domain ?? '') ?? set.attack.domain
    const { releases, outcomes } = row.release ? ofRelease(domain, row.release.attackVersion ?? set.attack.version) : own
    const technique = techniqueOf(row)
    if (!technique) return { outcome: withoutTechnique, releases }
    const known = outcomes.get(technique.id, technique.name)
    if (known) return known
    const outcome = releases
      ? upgradeTechnique(technique, releases, attack)
      : leaveToReview(technique, `ATT&CK ${to} is not available for the domain ${domain}`)
    return outcomes.add(technique.id, technique.name, { outcome, releases })
  }
}

const withoutTechnique: Outcome = { class: 'unchanged', technique: { id: '' }, suggestions: [] }

/** The releases of rows, and the outcomes of their techniques by id and name. */
interface OfRelease {
  readonly releases: ReleasePair | undefined
  readonly outcomes: PairMap<string, string | undefined, UpgradedRow>
}

interface Situation extends UpgradedRow {
  readonly from: string | undefined
  readonly decision: Decision | undefined
  readonly target: AttackReleaseView
}

/** The upgraded row; undefined if the decision drops it. */
function decide(row: Mapping, { outcome, releases, from, decision, target }: Situation): Mapping | undefined {
  if (decision?.kind === 'drop') return undefined
  // A row that waits still refers to its former release, and must say so.
  if (!releases || isOpen({ class: outcome.class, decision })) {
    return upgradeRow(row, { technique: techniqueOf(row), attackVersion: from })
  }
  const attackVersion = releases.target.version === target.version ? undefined : releases.target.version
  const technique = chooseTechnique(row, outcome, releases, decision)
  const printed = techniqueOf(row)
  const upgraded = upgradeRow(row, { technique, attackVersion })
  return printed && printed.id !== technique?.id ? withdrawReview(upgraded, { technique: printed.id, attackVersion: from }) : upgraded
}

function chooseTechnique(row: Mapping, outcome: Outcome, { target }: ReleasePair, decision: Decision | undefined) {
  const printed = techniqueOf(row)
  if (!printed) return undefined
  if (!decision) return outcome.technique
  const id = decision.kind === 'replace' ? decision.id : printed.id
  const chosen = target.technique(id)
  if (id === printed.id && (chosen?.status !== 'active' || outcome.class === 'replaced')) return printed
  return { id, ...(printed.name !== undefined && { name: chosen?.name ?? printed.name }) }
}

/** A technique that is newer than the set, in a tactic that the set covers. A person must assess it. */
export interface Candidate {
  readonly technique: AttackTechnique
  /** Names of its tactics that the set covers. */
  readonly tactics: readonly string[]
  /** Techniques that ATT&CK revoked for it. */
  readonly replaces: readonly string[]
  /** Rows of the upgraded set that map its parent. */
  readonly parentRows: number
}

/**
 * Finds techniques that are active in the new release and were not in the old one, in tactics of techniques that the upgraded set
 * maps, and that the set does not name. Those whose parents have the most rows come first. None if the target is older than the
 * source, or the source is unknown.
 */
export function findCandidates({ set, source, target }: Pick<UpgradedSet, 'set' | 'source' | 'target'>): readonly Candidate[] {
  if (!source || compareVersions(source.version, target.version) >= 0) return []
  const rows = new Map<string, number>()
  const covered = new Set<string>()
  for (const row of set.mappings) {
    const id = techniqueOf(row)?.id
    if (id === undefined) continue
    rows.set(id, (rows.get(id) ?? 0) + 1)
    if (row.kind === 'mapped') for (const tactic of target.technique(id)?.tactics ?? []) covered.add(tactic)
  }
  const names = new Map(target.tactics.map(({ shortname, name }) => [shortname, name]))
  const replaced = mapReplaced(target)
  const found = target.techniques().flatMap((technique): readonly Candidate[] => {
    const { id, status, tactics } = technique
    if (status !== 'active' || rows.has(id) || source.technique(id)?.status === 'active') return []
    const shared = tactics.filter((tactic) => covered.has(tactic))
    if (shared.length === 0) return []
    return [{
      technique,
      tactics: shared.map((tactic) => names.get(tactic) ?? tactic),
      replaces: replaced.get(id) ?? [],
      parentRows: rows.get(parentOf(id) ?? '') ?? 0,
    }]
  })
  return found.toSorted((a, b) => b.parentRows - a.parentRows || compareText(a.technique.id, b.technique.id))
}

/** The techniques that ATT&CK revoked, by the id of their last successor. */
function mapReplaced(release: AttackReleaseView): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>()
  for (const technique of release.techniques()) {
    const last = technique.successor === undefined ? undefined : followSuccessors(release, technique).at(-1)
    if (last) addToList(found, last.id, technique.id)
  }
  return found
}
