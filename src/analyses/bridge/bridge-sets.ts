import { type AttackIndex, type AttackReleaseView, compareVersions } from '../../attack/attack-index.js'
import { followSuccessors } from '../../attack/find-techniques.js'
import { compareNaturally, compareText } from '../../model/compare-text.js'
import type { ResolvedSet } from '../../model/mapping-set.js'
import { type Bearing, buildProfiles, measureStrength, type Profile, type Strength, sumWeights } from './build-profiles.js'

/** A technique that two capabilities share. */
export interface SharedTechnique {
  /** As the newer of the two releases of ATT&CK calls it. */
  readonly id: string
  readonly left: Bearing
  readonly right: Bearing
}

/** Two capabilities that bear on the same techniques. Derived: no framework states it. */
export interface BridgePair extends Strength {
  readonly left: Profile
  readonly right: Profile
  /** In the order of their ids; never empty. */
  readonly techniques: readonly SharedTechnique[]
}

/** Two mapping sets, related through techniques. */
export interface Bridge {
  readonly left: ResolvedSet
  readonly right: ResolvedSet
  /** The newer of the two releases. */
  readonly release: AttackReleaseView
  readonly leftProfiles: ReadonlyMap<string, Profile>
  readonly rightProfiles: ReadonlyMap<string, Profile>
  /** The strongest first. */
  readonly pairs: readonly BridgePair[]
}

/** Which pairs are wanted. */
export interface BridgeFilter {
  /** The id of a capability of either side. */
  readonly capability?: string
  /** From 0 to 1. */
  readonly minStrength?: number
}

/** More than any published frameworks have; two documents made to exhaust the machine would have more. */
const mostComparisons = 3_000_000

/**
 * Relates the capabilities of two sets of one domain through the techniques that they share; undefined where that would be too
 * many to compare (narrow it by a capability). Looks only at capabilities that share a technique: linear in those.
 */
export function bridgeSets(
  left: ResolvedSet, right: ResolvedSet, attack: AttackIndex, filter: BridgeFilter = {},
): Bridge | undefined {
  const releases = [left, right].map((set) => attack.release(set.attack.domain, set.attack.version))
  const [release = attack.release(left.attack.domain)] = releases.toSorted((a, b) => compareVersions(b.version, a.version))
  const currentId = createCurrentId(release)
  const leftProfiles = buildProfiles(left, currentId)
  const rightProfiles = buildProfiles(right, currentId)
  const comparisons = planComparisons([...leftProfiles.values()], [...rightProfiles.values()], filter.capability)
  if (comparisons.reduce((sum, comparison) => sum + countPairs(comparison), 0) > mostComparisons) return undefined

  const rightWeights = new Map([...rightProfiles.values()].map((profile) => [profile, sumWeights(profile.bearings.values())]))
  const pairs = comparisons
    .flatMap(({ lefts, buckets }) => lefts.flatMap((profile) => relateProfile(profile, buckets, rightWeights)))
    .filter(({ strength }) => strength >= (filter.minStrength ?? 0))
  return { left, right, release, leftProfiles, rightProfiles, pairs: pairs.toSorted(comparePairs) }
}

/** A technique that the release has revoked is known by what replaced it. */
function createCurrentId(release: AttackReleaseView): (id: string) => string {
  const known = new Map<string, string>()
  return (id) => {
    const technique = known.has(id) ? undefined : release.technique(id)
    if (technique?.status === 'revoked') known.set(id, followSuccessors(release, technique).at(-1)?.id ?? id)
    return known.get(id) ?? id
  }
}

function bucketByTechnique(profiles: readonly Profile[]): ReadonlyMap<string, readonly Profile[]> {
  const buckets = new Map<string, Profile[]>()
  for (const profile of profiles) {
    for (const id of profile.bearings.keys()) {
      const bucket = buckets.get(id)
      if (bucket) bucket.push(profile)
      else buckets.set(id, [profile])
    }
  }
  return buckets
}

/** Capabilities of the left side, and those of the right side that they are compared with, by technique. */
interface Comparison {
  readonly lefts: readonly Profile[]
  readonly buckets: ReadonlyMap<string, readonly Profile[]>
}

/** All with all or, where a capability is asked for, it alone with all of the other side: from the left, then from the right. */
function planComparisons(lefts: readonly Profile[], rights: readonly Profile[], capability?: string): readonly Comparison[] {
  if (capability === undefined) return [{ lefts, buckets: bucketByTechnique(rights) }]
  const asked = rights.filter(({ id }) => id === capability)
  return [
    { lefts: lefts.filter(({ id }) => id === capability), buckets: bucketByTechnique(rights) },
    { lefts: lefts.filter(({ id }) => id !== capability), buckets: bucketByTechnique(asked) },
  ]
}

function countPairs({ lefts, buckets }: Comparison): number {
  let count = 0
  for (const { bearings } of lefts) for (const id of bearings.keys()) count += buckets.get(id)?.length ?? 0
  return count
}

function relateProfile(
  left: Profile, buckets: ReadonlyMap<string, readonly Profile[]>, rightWeights: ReadonlyMap<Profile, number>,
): readonly BridgePair[] {
  const found = new Map<Profile, SharedTechnique[]>()
  for (const [id, bearing] of left.bearings) {
    for (const right of buckets.get(id) ?? []) {
      const other = right.bearings.get(id)
      if (!other) continue
      const shared = found.get(right)
      if (shared) shared.push({ id, left: bearing, right: other })
      else found.set(right, [{ id, left: bearing, right: other }])
    }
  }
  const leftWeight = sumWeights(left.bearings.values())
  return Array.from(found, ([right, techniques]) => {
    const shared = techniques.reduce((sum, technique) => sum + Math.min(technique.left.weight, technique.right.weight), 0)
    return {
      left,
      right,
      ...measureStrength(shared, leftWeight, rightWeights.get(right) ?? 0),
      techniques: techniques.toSorted((a, b) => compareText(a.id, b.id)),
    }
  })
}

function comparePairs(a: BridgePair, b: BridgePair): number {
  return b.strength - a.strength || b.techniques.length - a.techniques.length
    || compareNaturally(a.left.id, b.left.id) || compareText(a.left.id, b.left.id)
    || compareNaturally(a.right.id, b.right.id) || compareText(a.right.id, b.right.id)
}
