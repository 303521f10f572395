import { compareIds } from '../../model/text.js'
import { type Profile, strengthOf } from './profiles.js'
import { createRanking, type RelatedPair } from './strongest-pairs.js'

/** Restricts the pairs. */
export interface BridgeFilter {
  /** The id of a capability of either side. */
  readonly capability?: string
  /** From 0 to 1. */
  readonly minStrength?: number
}

/** Two sides, each in the order of its ids, and their pairs by the numbers of the capabilities in that order. */
interface RelatedProfiles {
  readonly lefts: readonly Profile[]
  readonly rights: readonly Profile[]
  /** How many pairs there are. */
  readonly found: number
  /** The strongest of them, in order. */
  readonly strongest: readonly RelatedPair[]
}

/** A limit of time, for documents that are made to exhaust it. Two sets of 100,000 rows that map to 64 techniques take 160 million. */
const mostComparisons = 300_000_000
/** More than any report lists. Pairs beyond take no memory. */
const mostPairs = 500_000

/**
 * Relates the capabilities of two sides through the techniques that they share. Undefined if there is too much to compare; a capability
 * filter then helps. Compares only capabilities that share a technique: linear in these pairs.
 */
export function relateProfiles(
  leftProfiles: Iterable<Profile>, rightProfiles: Iterable<Profile>, { capability, minStrength = 0 }: BridgeFilter,
): RelatedProfiles | undefined {
  const lefts = orderById(leftProfiles)
  const rights = orderById(rightProfiles)
  const all = bucketByTechnique(rights)
  // With a capability: that of the left side is compared with all, the others with that of the right side.
  const wanted = capability === undefined ? all : bucketByTechnique(rights, capability)
  const bucketsOf = ({ id }: Profile): Buckets => (id === capability ? all : wanted)
  if (lefts.reduce((sum, left) => sum + countComparisons(left, bucketsOf(left)), 0) > mostComparisons) return undefined

  const ranking = createRanking(mostPairs)
  const sums = { weights: new Uint32Array(rights.length), counts: new Uint32Array(rights.length) }
  // One object for all pairs, since few of many are kept.
  const pair = { left: 0, right: 0, strength: 0, shared: 0, weight: 0 }
  let found = 0
  for (const [number, left] of lefts.entries()) {
    pair.left = number
    for (const right of addShared(sums, left, bucketsOf(left))) {
      pair.right = right
      pair.shared = sums.counts[right] ?? 0
      pair.weight = sums.weights[right] ?? 0
      pair.strength = strengthOf(pair.weight, left.weight, rights[right]?.weight ?? 0)
      sums.counts[right] = 0
      sums.weights[right] = 0
      if (pair.strength < minStrength) continue
      found += 1
      ranking.add(pair)
    }
  }
  return { lefts, rights, found, strongest: ranking.sorted() }
}

function orderById(profiles: Iterable<Profile>): readonly Profile[] {
  return [...profiles].toSorted((a, b) => compareIds(a.id, b.id))
}

/** The capabilities of the right side that map to a technique, by their numbers, and the weight that each gives it. */
interface Bucket {
  readonly numbers: number[]
  readonly weights: number[]
}

type Buckets = ReadonlyMap<string, Bucket>

const emptyBucket: Bucket = { numbers: [], weights: [] }

function bucketByTechnique(profiles: readonly Profile[], capability?: string): Buckets {
  const buckets = new Map<string, Bucket>()
  for (const [number, { id: profileId, techniques }] of profiles.entries()) {
    if (capability !== undefined && profileId !== capability) continue
    for (const [id, { weight }] of techniques) {
      const bucket = buckets.get(id) ?? { numbers: [], weights: [] }
      if (bucket.numbers.length === 0) buckets.set(id, bucket)
      bucket.numbers.push(number)
      bucket.weights.push(weight)
    }
  }
  return buckets
}

function countComparisons({ techniques }: Profile, buckets: Buckets): number {
  let count = 0
  for (const id of techniques.keys()) count += buckets.get(id)?.numbers.length ?? 0
  return count
}

/** What one capability shares with each of the other side, by their numbers. All is 0 between capabilities. */
interface Sums {
  readonly weights: Uint32Array
  readonly counts: Uint32Array
}

/** Adds up what a capability shares with those in the buckets. Returns the numbers of those that share a technique. */
function addShared({ weights, counts }: Sums, { techniques }: Profile, buckets: Buckets): readonly number[] {
  const touched: number[] = []
  for (const [id, { weight }] of techniques) {
    const bucket = buckets.get(id) ?? emptyBucket
    for (let index = 0; index < bucket.numbers.length; index++) {
      const number = bucket.numbers[index] ?? 0
      const count = counts[number] ?? 0
      if (count === 0) touched.push(number)
      counts[number] = count + 1
      weights[number] = (weights[number] ?? 0) + Math.min(weight, bucket.weights[index] ?? 0)
    }
  }
  return touched
}
