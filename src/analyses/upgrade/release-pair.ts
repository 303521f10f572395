import { type AttackIndex, type AttackReleaseView, type AttackTechnique, compareVersions } from '../../attack/attack-index.js'
import { followSuccessors } from '../../attack/find-techniques.js'
import type { Domain } from '../../model/mapping.js'

/** The release that rows come from and the one that they go to, with what is asked of both more than once. */
export interface ReleasePair {
  /** Undefined where no version is stated, or none of its major is at hand. */
  readonly source: AttackReleaseView | undefined
  readonly target: AttackReleaseView
  /** The target is the newer one; also where the source is not known. */
  readonly isUpgrade: boolean
  /** The active sub-techniques of a technique in a release of the pair, by id. */
  readonly subtechniques: (release: AttackReleaseView, parent: string) => readonly AttackTechnique[]
  /** The techniques of the target that the source has revoked in favour of this one, by id. */
  readonly predecessors: (id: string) => readonly AttackTechnique[]
}

/** Pairs two releases of a domain; undefined where none of the target's major is at hand. */
export function pairReleases(attack: AttackIndex, domain: Domain, from: string | undefined, to: string): ReleasePair | undefined {
  const target = attack.release(domain, to)
  if (target.match === 'newest') return undefined
  const stated = from === undefined ? undefined : attack.release(domain, from)
  const source = stated?.match === 'newest' ? undefined : stated
  const subtechniques = new Map<AttackReleaseView, ReadonlyMap<string, readonly AttackTechnique[]>>()
  let predecessors: ReadonlyMap<string, readonly AttackTechnique[]> | undefined
  return {
    source,
    target,
    isUpgrade: source === undefined || compareVersions(source.version, target.version) < 0,
    subtechniques(release, parent) {
      const byParent = subtechniques.get(release) ?? groupSubtechniques(release)
      subtechniques.set(release, byParent)
      return byParent.get(parent) ?? []
    },
    predecessors(id) {
      predecessors ??= source ? mapPredecessors(source, target) : new Map()
      return predecessors.get(id) ?? []
    },
  }
}

function groupSubtechniques(release: AttackReleaseView): ReadonlyMap<string, readonly AttackTechnique[]> {
  const groups = new Map<string, AttackTechnique[]>()
  for (const technique of release.techniques()) {
    const parent = parentOf(technique.id)
    if (parent !== undefined && technique.status === 'active') addTo(groups, parent, technique)
  }
  return groups
}

function mapPredecessors(source: AttackReleaseView, target: AttackReleaseView): ReadonlyMap<string, readonly AttackTechnique[]> {
  const found = new Map<string, AttackTechnique[]>()
  for (const technique of source.techniques()) {
    const last = followSuccessors(source, technique).at(-1)
    const then = target.technique(technique.id)
    if (last && then?.status === 'active') addTo(found, last.id, then)
  }
  return found
}

function addTo(groups: Map<string, AttackTechnique[]>, key: string, technique: AttackTechnique): void {
  const group = groups.get(key)
  if (group) group.push(technique)
  else groups.set(key, [technique])
}

/** The id of a sub-technique's parent; undefined for a technique. */
export function parentOf(id: string): string | undefined {
  return id.includes('.') ? id.split('.', 1)[0] : undefined
}
