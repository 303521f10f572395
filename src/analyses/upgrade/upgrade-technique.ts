import { type AttackIndex, type AttackReleaseView, type AttackTechnique, compareVersions, releaseName } from '../../attack/attack-index.js'
import { followSuccessors, nearestTechniques, normaliseName } from '../../attack/find-techniques.js'
import type { TechniqueRef } from '../../model/mapping.js'
import { parentOf, type ReleasePair } from './release-pair.js'
import type { UpgradeClass } from './row-change.js'

/** Says what becomes of a technique between two releases. Automatic only where ATT&CK itself says what to use now. */
export function upgradeTechnique(technique: TechniqueRef, releases: ReleasePair, attack: AttackIndex): Outcome {
  const { source, target } = releases
  // Nothing is to be moved: what is wrong with it in its own release, checks tell.
  if (source?.version === target.version) return { class: 'unchanged', technique, suggestions: [] }
  const after = target.technique(technique.id)
  switch (after?.status) {
    case 'active': return upgradeActive(technique, after, releases)
    case 'revoked': return upgradeToSuccessor(technique, after, target)
    case 'deprecated': return leaveToReview(technique, 'deprecated, without a successor')
    case undefined: return upgradeAbsentTechnique(technique, releases, attack)
  }
}

function upgradeActive(technique: TechniqueRef, after: AttackTechnique, releases: ReleasePair): Outcome {
  const { source, target } = releases
  const before = source?.technique(technique.id)
  if (source && !before) {
    const why = `${releaseName(source)}, which the row refers to, does not have it, and ${releaseName(target)} does`
    return leaveToReview(technique, why, [after])
  }
  const split = findSplit(before, releases)
  if (split.length > 0) {
    return leaveToReview(technique, 'has sub-techniques now, and had none: the row may belong to one of them', split)
  }

  const name = renameTechnique(technique.name, before, after, releases)
  const called = technique.name ?? before?.name
  const moved = before ? compareTactics(before, after, releases) : []
  const renamed = called === undefined || called === name ? [] : [`called "${name}" now`]
  if (moved.length + renamed.length === 0) return { class: 'unchanged', technique, suggestions: [] }
  return {
    class: moved.length > 0 ? 'moved' : 'renamed',
    technique: { id: technique.id, ...(technique.name !== undefined && { name }) },
    why: [...moved, ...renamed].join('; '),
    suggestions: [],
  }
}

/** The sub-techniques of a technique that had none before. */
function findSplit(
  before: AttackTechnique | undefined, { source, target, isUpgrade, subtechniques }: ReleasePair,
): readonly AttackTechnique[] {
  if (!source || before?.status !== 'active' || !isUpgrade || parentOf(before.id) !== undefined) return []
  return subtechniques(source, before.id).length > 0 ? [] : subtechniques(target, before.id)
}

/** "now also in Persistence; no longer in Impact". */
function compareTactics(before: AttackTechnique, after: AttackTechnique, { source, target }: ReleasePair): readonly string[] {
  const added = after.tactics.filter((tactic) => !before.tactics.includes(tactic))
  const removed = before.tactics.filter((tactic) => !after.tactics.includes(tactic))
  return [
    ...(added.length > 0 ? [`now also in ${nameTactics(added, target)}`] : []),
    ...(removed.length > 0 ? [`no longer in ${nameTactics(removed, source)}`] : []),
  ]
}

function nameTactics(tactics: readonly string[], release: AttackReleaseView | undefined): string {
  const names = new Map(release?.tactics.map(({ shortname, name }) => [shortname, name]))
  return tactics.map((tactic) => names.get(tactic) ?? tactic).join(', ')
}

/** What becomes of a technique as rows print it. */
export interface Outcome {
  readonly class: UpgradeClass
  /** As rows that go on by themselves print it from now on; as before where nothing is to be done or a person must decide. */
  readonly technique: TechniqueRef
  /** In a few words that follow the technique's name; absent for `unchanged`. */
  readonly why?: string
  /** What a person may choose instead. */
  readonly suggestions: readonly TechniqueRef[]
}

/** The verdict that a person must decide. */
export function leaveToReview(technique: TechniqueRef, why: string, suggested: readonly AttackTechnique[] = []): Outcome {
  return { class: 'review', technique, why, suggestions: suggested.map(({ id, name }) => ({ id, name })) }
}

/**
 * The name that goes with a technique in the target. A name that ATT&CK did not change stays as the row prints it; "Parent: Sub"
 * stays of that form. Where the row prints none, the target's.
 */
function renameTechnique(
  printed: string | undefined,
  before: AttackTechnique | undefined,
  after: AttackTechnique,
  { source, target }: ReleasePair,
): string {
  if (printed === undefined) return after.name
  const written = normaliseName(printed)
  const full = fullName(after, target)
  if (written === normaliseName(after.name) || (full !== undefined && written === normaliseName(full))) return printed
  const fullBefore = before && source && fullName(before, source)
  if (full !== undefined && fullBefore !== undefined && written === normaliseName(fullBefore)) return full
  return before?.name === after.name ? printed : after.name
}

function fullName({ id, name }: AttackTechnique, release: AttackReleaseView): string | undefined {
  const parent = release.technique(parentOf(id) ?? '')
  return parent && `${parent.name}: ${name}`
}

/** What becomes of a technique that the target does not have: it left ATT&CK, came later, is of another domain, or never was. */
function upgradeAbsentTechnique(technique: TechniqueRef, releases: ReleasePair, attack: AttackIndex): Outcome {
  const { target } = releases
  const known = attack.history(technique.id)
  const history = known.filter(({ domain }) => domain === target.domain)
  const [first] = history
  if (!first) return known.length === 0 ? upgradeUnknown(technique, releases) : upgradeForeign(technique, attack)

  const last = history.findLast(({ version }) => compareVersions(version, target.version) < 0)
  if (!last) return upgradeNewer(technique, first.version, releases)
  if (last.technique.successor !== undefined) return upgradeToSuccessor(technique, last.technique, target)
  const why = `${releaseName(last)} was the last release to have it; none names a successor`
  return { class: 'gone', technique, why, suggestions: [] }
}

function upgradeUnknown(technique: TechniqueRef, { target }: ReleasePair): Outcome {
  const near = nearestTechniques(target, technique.id, technique.name).filter(({ status }) => status === 'active')
  const suggestions = near.map(({ id, name }) => ({ id, name }))
  return { class: 'unknown', technique, why: 'no release at hand has it', suggestions }
}

function upgradeForeign(technique: TechniqueRef, attack: AttackIndex): Outcome {
  const domains = attack.domainsOf(technique.id).join(' and ')
  return leaveToReview(technique, `a technique of another domain: ${domains}`)
}

/**
 * Going back: ATT&CK says what replaced a technique, never what it replaced; the newer one may well mean more. So what stood in
 * its place is only suggested, also where it is one technique alone.
 */
function upgradeNewer(technique: TechniqueRef, since: string, { target, predecessors }: ReleasePair): Outcome {
  const replaced = predecessors(technique.id)
  const parent = target.technique(parentOf(technique.id) ?? '')
  const came = `came after ${releaseName(target)}: ${since} is the first release at hand that has it`
  if (replaced.length > 0) return leaveToReview(technique, `${came}; it replaced what is suggested`, replaced)
  if (parent?.status === 'active') return leaveToReview(technique, `${came}; its parent is suggested`, [parent])
  return leaveToReview(technique, came)
}

/**
 * What a technique that ATT&CK revoked becomes: its successor, followed to the end. `revoked` may be of an older release than
 * `target`, in which its successors are looked up.
 */
function upgradeToSuccessor(technique: TechniqueRef, revoked: AttackTechnique, target: AttackReleaseView): Outcome {
  const chain = followSuccessors(target, revoked)
  const last = chain.at(-1)
  if (!last) {
    if (revoked.successor === undefined) return leaveToReview(technique, 'revoked without a successor')
    return leaveToReview(technique, `revoked for ${revoked.successor}, which ${releaseName(target)} does not have`)
  }
  if (last.status !== 'active') {
    return leaveToReview(technique, `revoked for ${last.id} ${last.name}, which is ${last.status} itself`)
  }
  const steps = chain.slice(0, -1).map(({ id }) => `${id}, and that for `)
  return {
    class: 'replaced',
    technique: { id: last.id, ...(technique.name !== undefined && { name: last.name }) },
    why: `revoked for ${steps.join('')}${last.id} ${last.name}`,
    suggestions: [],
  }
}
