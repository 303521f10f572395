import type { ResolvedSet } from '../../model/mapping-set.js'
import type { MappedRow, Score } from '../../model/mapping.js'

/**
 * The capabilities of a set that map to techniques, with these techniques. `currentId` gives the id of a technique in the release
 * that both sides are compared in.
 */
export function buildProfiles(set: ResolvedSet, currentId: (id: string) => string): ReadonlyMap<string, Profile> {
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
  return { strength: Math.min(1, shared / Math.sqrt(left * right)), leftShare: shared / left, rightShare: shared / right }
}

export function sumWeights(techniques: Iterable<MappedTechnique>): number {
  let sum = 0
  for (const { weight } of techniques) sum += weight
  return sum
}
