import { type AttackIndex, type AttackReleaseView, compareVersions } from '../../attack/attack-index.js'
import { followSuccessors } from '../../attack/find-techniques.js'
import { rankIds } from '../../coverage/cover-set.js'
import type { ResolvedSet } from '../../model/mapping-set.js'
import type { MappedRow, Score } from '../../model/mapping.js'
import { addToList } from '../../model/stated.js'
import { compareText } from '../../model/text.js'

/** A technique that two capabilities share. */
export interface SharedTechnique {
  /** Its id in the newer of the two ATT&CK releases. */
  readonly id: string
  readonly left: MappedTechnique
  readonly right: MappedTechnique
}

/** Two capabilities that map to the same techniques. Derived: no framework states the relation. */
export interface BridgePair extends Strength {
  readonly left: Profile
  readonly right: Profile
  /** The number of `techniques`. */
  readonly shared: number
  /** Ordered by id; never empty. Collected when they are first read, since two large frameworks share millions. */
  readonly techniques: readonly SharedTechnique[]
}

/** Two mapping sets, related through shared techniques. */
export interface Bridge {
  readonly left: ResolvedSet
  readonly right: ResolvedSet
  /** The newer of the two ATT&CK releases. */
  readonly release: AttackReleaseView
  readonly leftProfiles: ReadonlyMap<string, Profile>
  readonly rightProfiles: ReadonlyMap<string, Profile>
  /** Strongest first. */
  readonly pairs: readonly BridgePair[]
}

/** Restricts the pairs. */
export interface BridgeFilter {
  /** The id of a capability of either side. */
  readonly capability?: string
  /** From 0 to 1. */
  readonly minStrength?: number
}

/** More than published frameworks need; limits for documents that are made to exhaust time or memory. */
const mostComparisons = 50_000_000
const mostPairs = 3_000_000

/**
 * Relates the capabilities of two sets of one domain through the techniques that they share. Undefined if there are too many pairs to
 * compare; a capability filter then helps. Compares only capabilities that share a technique: linear in these pairs.
 */
export function bridgeSets(
  left: ResolvedSet, right: ResolvedSet, attack: AttackIndex, filter: BridgeFilter = {},
): Bridge | undefined {
  const releases = [left, right].map((set) => attack.release(set.attack.domain, set.attack.version))
  const [release = attack.release(left.attack.domain)] = releases.toSorted((a, b) => compareVersions(b.version, a.version))
  const stated = [left, right].flatMap((set, side) => (releases[side]?.match === 'newer' ? set.mappings : []))
  const currentId = createCurrentId(release, new Set(stated.flatMap((row) => (row.kind === 'mapped' ? [row.technique.id] : []))))
  const leftProfiles = buildProfiles(left, currentId)
  const rightProfiles = buildProfiles(right, currentId)
  const comparisons = planComparisons([...leftProfiles.values()], [...rightProfiles.values()], filter.capability)
  if (comparisons.reduce((sum, comparison) => sum + countPairs(comparison), 0) > mostComparisons) return undefined

  const pairs: BridgePair[] = []
  if (!comparisons.every((comparison) => relateProfiles(comparison, filter.minStrength ?? 0, pairs))) return undefined
  const ranks = rankIds([...leftProfiles.keys(), ...rightProfiles.keys()])
  const compare = (a: Profile, b: Profile): number => (ranks.get(a.id) ?? 0) - (ranks.get(b.id) ?? 0)
  const sorted = pairs.toSorted((a, b) =>
    b.strength - a.strength || b.shared - a.shared || compare(a.left, b.left) || compare(a.right, b.right))
  return { left, right, release, leftProfiles, rightProfiles, pairs: sorted }
}

/**
 * Maps a revoked technique's id to that of its last successor; other ids stay. `kept`: ids of a side that states a release newer than all
 * available ones, against which these say nothing.
 */
function createCurrentId(release: AttackReleaseView, kept: ReadonlySet<string>): (id: string) => string {
  const known = new Map<string, string>()
  return (id) => {
    const technique = known.has(id) || kept.has(id) ? undefined : release.technique(id)
    if (technique?.status === 'revoked') known.set(id, followSuccessors(release, technique).at(-1)?.id ?? id)
    return known.get(id) ?? id
  }
}

/** A capability of the right side that maps to a technique, by its number, and the weight of the technique. */
interface Mapped {
  readonly number: number
  readonly weight: number
}

function bucketByTechnique(profiles: readonly Profile[]): ReadonlyMap<string, readonly Mapped[]> {
  const buckets = new Map<string, Mapped[]>()
  for (const [number, profile] of profiles.entries()) {
    for (const [id, { weight }] of profile.techniques) addToList(buckets, id, { number, weight })
  }
  return buckets
}

/** Capabilities of the left side, and the capabilities of the right side to compare them with, by technique. */
interface Comparison {
  readonly lefts: readonly Profile[]
  readonly rights: readonly Profile[]
  readonly buckets: ReadonlyMap<string, readonly Mapped[]>
}

/** Compares all with all or, if a capability is given, that one with all of the other side: as a left one, then as a right one. */
function planComparisons(lefts: readonly Profile[], rights: readonly Profile[], capability?: string): readonly Comparison[] {
  if (capability === undefined) return [{ lefts, rights, buckets: bucketByTechnique(rights) }]
  const wanted = rights.filter(({ id }) => id === capability)
  return [
    { lefts: lefts.filter(({ id }) => id === capability), rights, buckets: bucketByTechnique(rights) },
    { lefts: lefts.filter(({ id }) => id !== capability), rights: wanted, buckets: bucketByTechnique(wanted) },
  ]
}

function countPairs({ lefts, buckets }: Comparison): number {
  let count = 0
  for (const { techniques } of lefts) for (const id of techniques.keys()) count += buckets.get(id)?.length ?? 0
  return count
}

/** Adds the pairs of a comparison that are strong enough. False if there are too many. */
function relateProfiles({ lefts, rights, buckets }: Comparison, minStrength: number, pairs: BridgePair[]): boolean {
  const rightWeights = rights.map(({ techniques }) => sumWeights(techniques.values()))
  // By the numbers of the right side's capabilities.
  const weights = new Float64Array(rights.length)
  const counts = new Uint32Array(rights.length)
  for (const left of lefts) {
    const touched: number[] = []
    for (const [id, { weight }] of left.techniques) {
      for (const { number, weight: other } of buckets.get(id) ?? []) {
        if (counts[number] === 0) touched.push(number)
        counts[number] = (counts[number] ?? 0) + 1
        weights[number] = (weights[number] ?? 0) + Math.min(weight, other)
      }
    }
    const leftWeight = sumWeights(left.techniques.values())
    for (const number of touched) {
      const right = rights[number]
      const strength = measureStrength(weights[number] ?? 0, leftWeight, rightWeights[number] ?? 0)
      if (right && strength.strength >= minStrength) pairs.push(createPair(left, right, strength, counts[number] ?? 0))
      weights[number] = 0
      counts[number] = 0
    }
    if (pairs.length > mostPairs) return false
  }
  return true
}

function createPair(left: Profile, right: Profile, { strength, leftShare, rightShare }: Strength, shared: number): BridgePair {
  let techniques: readonly SharedTechnique[] | undefined
  return {
    left, right, strength, leftShare, rightShare, shared,
    get techniques() {
      techniques ??= listShared(left, right)
      return techniques
    },
  }
}

function listShared(left: Profile, right: Profile): readonly SharedTechnique[] {
  const shared: SharedTechnique[] = []
  for (const [id, technique] of left.techniques) {
    const other = right.techniques.get(id)
    if (other) shared.push({ id, left: technique, right: other })
  }
  return shared.toSorted((a, b) => compareText(a.id, b.id))
}

/**
 * The capabilities of a set that map to techniques, with these techniques. `currentId` gives the id of a technique in the release
 * that both sides are compared in.
 */
function buildProfiles(set: ResolvedSet, currentId: (id: string) => string): ReadonlyMap<string, Profile> {
  const profiles = new Map<string, Profile>()
  for (const row of set.mappings) {
    if (row.kind !== 'mapped') continue
    const { id } = row.capability
    const name = set.capabilities.get(id)?.name
    const profile = profiles.get(id) ?? { id, ...(name !== undefined && { name }), techniques: new Map() }
    profiles.set(id, profile)
    const current = currentId(row.technique.id)
    const technique = profile.techniques.get(current) ?? { ids: new Set(), scores: [], weight: 0 }
    profile.techniques.set(current, technique)
    technique.ids.add(row.technique.id)
    technique.weight = Math.max(technique.weight, weighRow(row))
    if (row.score) technique.scores.push(row.score)
  }
  return profiles
}

/** The weight of a full mapping. Weights are whole thirds, so that sums are exact. */
const fullWeight = 3

const valueWeights: ReadonlyMap<string, number> = new Map([['minimal', 1], ['partial', 2], ['significant', fullWeight]])

/** A technique that a capability maps to. */
export interface MappedTechnique {
  /** The technique's ids as the rows write them; several if the newer ATT&CK release merged them. */
  readonly ids: Set<string>
  readonly scores: Score[]
  /** The best of its rows: 1 (minimal) to 3 (significant, or a row without a known score value). */
  weight: number
}

/** A capability and the techniques that it maps to, by the ids that the two sides are compared by. */
export interface Profile {
  readonly id: string
  readonly name?: string
  readonly techniques: Map<string, MappedTechnique>
}

/** A row's weight. Rows without a known score have the full weight, since frameworks without scores don't qualify mappings. */
function weighRow({ score }: MappedRow): number {
  return (score?.value === undefined ? undefined : valueWeights.get(score.value.toLowerCase())) ?? fullWeight
}

/** How closely two capabilities are related; all figures are from 0 to 1. */
interface Strength {
  /** The geometric mean of the two shares. */
  readonly strength: number
  /** The part of the left capability's weight that the right one shares, and the reverse. */
  readonly leftShare: number
  readonly rightShare: number
}

/**
 * The strength of a relation. With weights l(t) and r(t) of the techniques and S = sum of min(l(t), r(t)), the shares are S / sum l
 * and S / sum r, and the strength is S / sqrt(sum l * sum r) (Ochiai's coefficient, for weighted sets). Symmetric. It rises when a
 * technique of one side becomes shared, when the weaker of two shared weights approaches the stronger, and when a technique that is
 * not shared is removed. Weights are positive integers.
 */
export function measureStrength(shared: number, left: number, right: number): Strength {
  return { strength: Math.min(1, shared / Math.sqrt(left * right)), leftShare: shared / left, rightShare: shared / right }
}

function sumWeights(techniques: Iterable<MappedTechnique>): number {
  let sum = 0
  for (const { weight } of techniques) sum += weight
  return sum
}
