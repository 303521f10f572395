import type { MappedRow, Score } from '../../model/mapping.js'

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
export function weighRow({ score }: MappedRow): number {
  return (score?.value === undefined ? undefined : valueWeights.get(score.value.toLowerCase())) ?? fullWeight
}
