import type { ResolvedSet } from '../../model/mapping-set.js'
import type { MappedRow, Score } from '../../model/mapping.js'

/**
 * The capabilities of a set that map to techniques, each with the techniques it bears on. `currentId` is what a technique's id
 * is now.
 */
export function buildProfiles(set: ResolvedSet, currentId: (id: string) => string): ReadonlyMap<string, Profile> {
  const profiles = new Map<string, Profile>()
  for (const row of set.mappings) {
    if (row.kind !== 'mapped') continue
    const { id } = row.capability
    const name = set.capabilities.get(id)?.name
    const profile = profiles.get(id) ?? { id, ...(name !== undefined && { name }), bearings: new Map() }
    profiles.set(id, profile)
    const technique = currentId(row.technique.id)
    const bearing = profile.bearings.get(technique) ?? { ids: new Set(), scores: [], weight: 0 }
    profile.bearings.set(technique, bearing)
    bearing.ids.add(row.technique.id)
    bearing.weight = Math.max(bearing.weight, weighRow(row))
    if (row.score) bearing.scores.push(row.score)
  }
  return profiles
}

/** How much a capability bears on a technique: thirds, so that sums are exact. */
const fullWeight = 3

const valueWeights: ReadonlyMap<string, number> = new Map([['minimal', 1], ['partial', 2], ['significant', fullWeight]])

/** What one capability says of one technique. */
export interface Bearing {
  /** The technique's ids as the rows write them; several where the newer ATT&CK merged them. */
  readonly ids: Set<string>
  readonly scores: Score[]
  /** The best of its rows: 1 (minimal) to 3 (significant, or a row without a known score value). */
  weight: number
}

/** A capability and the techniques that it bears on, by the ids under which the two sides are compared. */
export interface Profile {
  readonly id: string
  readonly name?: string
  readonly bearings: Map<string, Bearing>
}

/** A row's weight: frameworks that score nothing say of each mapping that it holds, no more and no less. */
function weighRow({ score }: MappedRow): number {
  return (score?.value === undefined ? undefined : valueWeights.get(score.value.toLowerCase())) ?? fullWeight
}

/** How closely two capabilities are related, each figure from 0 to 1. */
export interface Strength {
  /** The geometric mean of the two shares. */
  readonly strength: number
  /** How much of what the left capability bears on the right one bears on too, and the other way round. */
  readonly leftShare: number
  readonly rightShare: number
}

/**
 * The strength of a relation: with weights l(t) and r(t) of the techniques, S = sum of min(l(t), r(t)); the shares are S / sum
 * l and S / sum r, and the strength is S / sqrt(sum l * sum r) (Ochiai's coefficient, for weighted sets). Sides can be
 * swapped. It rises when a technique of one side becomes shared, when a shared weight nears a greater one of the other side,
 * and when a technique that is not shared goes. Weights are whole numbers above 0.
 */
export function measureStrength(shared: number, left: number, right: number): Strength {
  return { strength: Math.min(1, shared / Math.sqrt(left * right)), leftShare: shared / left, rightShare: shared / right }
}

/** The sum of the weights. */
export function sumWeights(bearings: Iterable<Bearing>): number {
  let sum = 0
  for (const { weight } of bearings) sum += weight
  return sum
}
