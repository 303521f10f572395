import type { ResolvedSet } from '../../model/mapping-set.js'
import type { MappedRow, Score } from '../../model/mapping.js'
import { compareText } from '../../model/text.js'

/** A technique that a capability maps to. */
export interface MappedTechnique {
  /** The technique's ids as the rows write them; several if the newer ATT&CK release merged them. */
  readonly ids: ReadonlySet<string>
  readonly scores: readonly Score[]
  /** The best of its rows: 1 (minimal) to 3 (significant, or a row without a known score value). */
  readonly weight: number
}

/** A capability and the techniques that it maps to, ordered by the ids that the two sides are compared by. */
export interface Profile {
  readonly id: string
  readonly name?: string
  readonly techniques: ReadonlyMap<string, MappedTechnique>
  /** That of all its techniques together. */
  readonly weight: number
}

/** What rows say of a technique, as they are read. */
interface Tally {
  ids: ReadonlySet<string>
  readonly scores: Score[]
  weight: number
}

/**
 * The capabilities of a set that map to techniques, with these techniques. `currentId` gives the id of a technique in the release
 * that both sides are compared in.
 */
export function buildProfiles(set: ResolvedSet, currentId: (id: string) => string): ReadonlyMap<string, Profile> {
  const tallies = new Map<string, Map<string, Tally>>()
  // Most techniques are written in one way: one set of ids serves all capabilities.
  const alone = new Map<string, ReadonlySet<string>>()
  for (const row of set.mappings) {
    if (row.kind !== 'mapped') continue
    const { capability, technique: { id }, score } = row
    const ofCapability = tallies.get(capability.id) ?? new Map<string, Tally>()
    if (ofCapability.size === 0) tallies.set(capability.id, ofCapability)
    const current = currentId(id)
    const known = ofCapability.get(current)
    const tally = known ?? { ids: alone.get(id) ?? new Set([id]), scores: [], weight: 0 }
    if (!known) {
      ofCapability.set(current, tally)
      if (!alone.has(id)) alone.set(id, tally.ids)
    } else if (!tally.ids.has(id)) tally.ids = new Set([...tally.ids, id])
    tally.weight = Math.max(tally.weight, weighRow(row))
    if (score) tally.scores.push(score)
  }
  return new Map(Array.from(tallies, ([id, ofCapability]): [string, Profile] => {
    const name = set.capabilities.get(id)?.name
    const techniques = new Map([...ofCapability].toSorted(([a], [b]) => compareText(a, b)))
    return [id, { id, ...(name !== undefined && { name }), techniques, weight: sumWeights(techniques.values()) }]
  }))
}

function sumWeights(techniques: Iterable<MappedTechnique>): number {
  let sum = 0
  for (const { weight } of techniques) sum += weight
  return sum
}

/** The weight of a full mapping. Weights are whole thirds, so that sums are exact. */
const fullWeight = 3

const valueWeights: ReadonlyMap<string, number> = new Map([['minimal', 1], ['partial', 2], ['significant', fullWeight]])

/** A row's weight. Rows without a known score have the full weight, since frameworks without scores don't qualify mappings. */
function weighRow({ score }: MappedRow): number {
  return (score?.value === undefined ? undefined : valueWeights.get(score.value.toLowerCase())) ?? fullWeight
}

/** How closely two capabilities are related; all figures are from 0 to 1. */
export interface Strength {
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
  return { strength: strengthOf(shared, left, right), leftShare: shared / left, rightShare: shared / right }
}

/** The strength alone. */
export function strengthOf(shared: number, left: number, right: number): number {
  return Math.min(1, shared / Math.sqrt(left * right))
}
