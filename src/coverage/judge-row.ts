import { scoreRank, scoreValues } from '../model/score-scale.js'
import type { MappedRow, UnmappedTechniqueRow } from '../model/mapping.js'
import type { CoverageState } from './coverage-state.js'

/** The least score that counts, from weakest to strongest. */
export const thresholds = scoreValues
export type Threshold = (typeof thresholds)[number]

/** What a single row says of its technique; without a threshold every mapping counts, whatever its score. */
export function judgeRow(row: MappedRow | UnmappedTechniqueRow, threshold?: Threshold): CoverageState {
  const isDenied = row.status === 'non_mappable'
  if (row.kind === 'unmapped-technique') return isDenied ? 'unmappable' : 'named'
  // A pair that is said not to map is no mapping, and says nothing of other capabilities either.
  if (isDenied) return 'named'
  if (threshold === undefined) return 'mapped'
  const rank = row.score?.value === undefined ? -1 : scoreRank(row.score.value)
  if (rank < 0) return 'unscored'
  return rank >= scoreRank(threshold) ? 'mapped' : 'below-threshold'
}
