import {
  type AttackIndex, type AttackReleaseView, type AttackTechnique, compareVersions, isRequested, parentOf,
} from '../../attack/attack-index.js'
import { followSuccessors } from '../../attack/find-techniques.js'
import type { Domain } from '../../model/mapping.js'
import { addToList } from '../../model/stated.js'

/** The source and target release of rows, with cached lookups. */
export interface ReleasePair {
  /** Undefined if the version is not stated, is no version, or is newer than all available releases. */
  readonly source: AttackReleaseView | undefined
  readonly target: AttackReleaseView
  /** The stated version, if it is newer than all available releases: what it changed is unknown. */
  readonly beyond?: string
  /** Whether the target is newer than the source; true if the source is unknown. */
  readonly isUpgrade: boolean
  /** The active sub-techniques of a technique in a release of the pair. */
  readonly subtechniques: (release: AttackReleaseView, parent: string) => readonly AttackTechnique[]
  /** The active techniques of the target that the source has revoked in favour of this one. */
  readonly predecessors: (id: string) => readonly AttackTechnique[]
}

/** Pairs two releases of a domain; undefined if the target is not available. */
export function pairReleases(attack: AttackIndex, domain: Domain, from: string | undefined, to: string): ReleasePair | undefined {
  const target = attack.release(domain, to)
  if (!isRequested(target)) return undefined
  const stated = from === undefined ? undefined : attack.release(domain, from)
  const source = stated?.match === 'newest' || stated?.match === 'newer' ? undefined : stated
  const subtechniques = new Map<AttackReleaseView, ReadonlyMap<string, readonly AttackTechnique[]>>()
  let predecessors: ReadonlyMap<string, readonly AttackTechnique[]> | undefined
  return {
    source,
    target,
    ...(stated?.match === 'newer' && stated.stated !== undefined && { beyond: stated.stated }),
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
    if (parent !== undefined && technique.status === 'active') addToList(groups, parent, technique)
  }
  return groups
}

function mapPredecessors(source: AttackReleaseView, target: AttackReleaseView): ReadonlyMap<string, readonly AttackTechnique[]> {
  const found = new Map<string, AttackTechnique[]>()
  for (const technique of source.techniques()) {
    const last = followSuccessors(source, technique).at(-1)
    const then = target.technique(technique.id)
    if (last && then?.status === 'active') addToList(found, last.id, then)
  }
  return found
}
