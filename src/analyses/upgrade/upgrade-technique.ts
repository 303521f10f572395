import {
  type AttackIndex, type AttackReleaseView, type AttackTechnique, compareVersions, isRequested, parentOf, releaseName,
} from '../../attack/attack-index.js'
import { followSuccessors, nearestTechniques, normaliseName } from '../../attack/find-techniques.js'
import type { TechniqueRef } from '../../model/mapping.js'
import type { ReleasePair } from './release-pair.js'
import type { UpgradeClass } from './row-change.js'

/** Determines the outcome of a technique between two releases. Replaces it only where ATT&CK itself names the replacement. */
export function upgradeTechnique(technique: TechniqueRef, releases: ReleasePair, attack: AttackIndex): Outcome {
  const { source, target, beyond } = releases
  // Nothing to upgrade; checks report problems within a release.
  if (source?.version === target.version && isRequested(source)) return { class: 'unchanged', technique, suggestions: [] }
  const after = target.technique(technique.id)
  if (beyond !== undefined && (after?.status !== 'active' || (technique.name ?? after.name) !== after.name)) {
    return leaveToReview(technique, `ATT&CK ${beyond} is newer than all available releases: what it changed is not known`)
  }
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
  if (source && !before && isRequested(source)) {
    const why = `not in ${releaseName(source)}, which the row refers to, but in ${releaseName(target)}`
    return leaveToReview(technique, why, [after])
  }
  const split = findSplit(before, releases)
  if (split.length > 0) {
    return leaveToReview(technique, 'has sub-techniques now: the row may belong to one of them', split)
  }

  const name = renameTechnique(technique.name, before, after, releases)
  const called = technique.name ?? before?.name
  const moved = before ? compareTactics(before, after, releases) : []
  const renamed = called === undefined || called === name ? [] : [`now called "${name}"`]
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

/** Changes of tactics, as phrases: "now also in Persistence", "no longer in Impact". A tactic that was renamed keeps its id: no change. */
function compareTactics(before: AttackTechnique, after: AttackTechnique, { source, target }: ReleasePair): readonly string[] {
  const [old, now] = [tacticIds(before, source), tacticIds(after, target)]
  const added = after.tactics.filter((_tactic, index) => !old.includes(now[index] ?? ''))
  const removed = before.tactics.filter((_tactic, index) => !now.includes(old[index] ?? ''))
  return [
    ...(added.length > 0 ? [`now also in ${nameTactics(added, target)}`] : []),
    ...(removed.length > 0 ? [`no longer in ${nameTactics(removed, source)}`] : []),
  ]
}

function tacticIds({ tactics }: AttackTechnique, release: AttackReleaseView | undefined): readonly string[] {
  const ids = new Map(release?.tactics.map(({ shortname, id }) => [shortname, id]))
  return tactics.map((tactic) => ids.get(tactic) ?? tactic)
}

function nameTactics(tactics: readonly string[], release: AttackReleaseView | undefined): string {
  const names = new Map(release?.tactics.map(({ shortname, name }) => [shortname, name]))
  return tactics.map((tactic) => names.get(tactic) ?? tactic).join(', ')
}

/** The outcome of a technique as rows write it. */
export interface Outcome {
  readonly class: UpgradeClass
  /** The technique that upgraded rows have; the former one if nothing changes or a person must decide. */
  readonly technique: TechniqueRef
  /** The reason, in words that follow the technique's name; absent for `unchanged`. */
  readonly why?: string
  /** Techniques that a person may choose instead. */
  readonly suggestions: readonly TechniqueRef[]
}

/** The outcome that a person must decide. */
export function leaveToReview(technique: TechniqueRef, why: string, suggested: readonly AttackTechnique[] = []): Outcome {
  return { class: 'review', technique, why, suggestions: suggested.map(({ id, name }) => ({ id, name })) }
}

/**
 * The technique's name in the target. A name that ATT&CK did not change stays as the row writes it; "Parent: Sub" keeps that form. If
 * the row has no name, the target's.
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

/** The outcome of a technique that is not in the target: it left ATT&CK, is newer, is of another domain, or never existed. */
function upgradeAbsentTechnique(technique: TechniqueRef, releases: ReleasePair, attack: AttackIndex): Outcome {
  const { target } = releases
  const known = attack.history(technique.id)
  const history = known.filter(({ domain }) => domain === target.domain)
  const [first] = history
  if (!first) return known.length === 0 ? upgradeUnknown(technique, releases) : upgradeForeign(technique, attack)

  const last = history.findLast(({ version }) => compareVersions(version, target.version) < 0)
  if (!last) return upgradeNewer(technique, first.version, releases)
  if (last.technique.successor !== undefined) return upgradeToSuccessor(technique, last.technique, target)
  if (target.lacks?.includes('successors') === true && last.version === versionBefore(target, attack)) {
    const near = nearestTechniques(target, '', last.technique.name).filter(({ status }) => status === 'active')
    const why = `not in ${releaseName(target)}, of which the index lacks the successors: add the full release (\`crosswalk attack fetch\`)`
    return { class: 'undetermined', technique, why, suggestions: near.map(({ id, name }) => ({ id, name })) }
  }
  const why = `last in ${releaseName(last)}; no release names a successor`
  return { class: 'gone', technique, why, suggestions: [] }
}

function versionBefore({ domain, version }: AttackReleaseView, attack: AttackIndex): string | undefined {
  return attack.versions(domain).findLast((candidate) => compareVersions(candidate, version) < 0)
}

function upgradeUnknown(technique: TechniqueRef, { target }: ReleasePair): Outcome {
  const near = nearestTechniques(target, technique.id, technique.name).filter(({ status }) => status === 'active')
  const suggestions = near.map(({ id, name }) => ({ id, name }))
  return { class: 'unknown', technique, why: 'in no available release', suggestions }
}

function upgradeForeign(technique: TechniqueRef, attack: AttackIndex): Outcome {
  const domains = attack.domainsOf(technique.id).join(' and ')
  return leaveToReview(technique, `a technique of another domain: ${domains}`)
}

/**
 * The outcome of a technique that is newer than the target. ATT&CK says what replaced a technique, but the newer one may be broader
 * than the one that it replaced: predecessors are only suggested, even if there is just one.
 */
function upgradeNewer(technique: TechniqueRef, since: string, { target, predecessors }: ReleasePair): Outcome {
  const replaced = predecessors(technique.id)
  const parent = target.technique(parentOf(technique.id) ?? '')
  const why = `newer than ${releaseName(target)}: ${since} is the first available release that has it`
  if (replaced.length > 0) return leaveToReview(technique, `${why}; it replaced the suggested techniques`, replaced)
  if (parent?.status === 'active') return leaveToReview(technique, `${why}; its parent is suggested`, [parent])
  return leaveToReview(technique, why)
}

/**
 * The outcome of a technique that ATT&CK revoked: its last successor. `revoked` may be of an older release than `target`, in which its
 * successors are looked up.
 */
function upgradeToSuccessor(technique: TechniqueRef, revoked: AttackTechnique, target: AttackReleaseView): Outcome {
  const chain = followSuccessors(target, revoked)
  const split = [revoked, ...chain].find(({ otherSuccessors }) => otherSuccessors !== undefined)
  if (split) {
    const ids = [split.successor, ...split.otherSuccessors ?? []].filter((id) => id !== undefined)
    return leaveToReview(technique, `revoked by several: ${ids.join(', ')}`, ids.flatMap((id) => target.technique(id) ?? []))
  }
  const last = chain.at(-1)
  if (!last) {
    if (revoked.successor === undefined) return leaveToReview(technique, 'revoked without a successor')
    return leaveToReview(technique, `revoked by ${revoked.successor}, which is not in ${releaseName(target)}`)
  }
  if (last.status !== 'active') {
    return leaveToReview(technique, `revoked by ${last.id} ${last.name}, which is ${last.status}`)
  }
  const steps = chain.slice(0, -1).map(({ id }) => `${id}, in turn revoked by `)
  return {
    class: 'replaced',
    technique: { id: last.id, ...(technique.name !== undefined && { name: last.name }) },
    why: `revoked by ${steps.join('')}${last.id} ${last.name}`,
    suggestions: [],
  }
}
