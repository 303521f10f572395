import type { AttackReleaseView } from '../attack/attack-index.js'
import { compareText } from '../model/compare-text.js'
import type { MappedRow, Mapping, UnmappedTechniqueRow } from '../model/mapping.js'
import { scoreCategories, scoreRank, scoreValues } from '../model/vocabulary.js'

/** The least score that counts, from weakest to strongest. */
export const thresholds = scoreValues
export type Threshold = (typeof thresholds)[number]

/** What a single row says of its technique; without a threshold every mapping counts, whatever its score. */
export function rowState(row: MappedRow | UnmappedTechniqueRow, threshold?: Threshold): CoverageState {
  const isDenied = row.status === 'non_mappable'
  if (row.kind === 'unmapped-technique') return isDenied ? 'unmappable' : 'named'
  // A pair that is said not to map is no mapping, and says nothing of other capabilities either.
  if (isDenied) return 'named'
  if (threshold === undefined) return 'mapped'
  const rank = row.score?.value === undefined ? -1 : scoreRank(row.score.value)
  if (rank < 0) return 'unscored'
  return rank >= scoreRank(threshold) ? 'mapped' : 'below-threshold'
}

/**
 * What a mapping set says of a technique, the most telling first: a technique is in the first of these states that applies.
 *
 * - `mapped`: a row maps a capability to it; under a threshold, one whose score reaches it.
 * - `below-threshold`: rows map to it, and the best of their scores does not reach the threshold.
 * - `unscored`: rows map to it without a known score, so that a threshold can't judge them.
 * - `unmappable`: a row without a capability declares that nothing maps to it (status non_mappable).
 * - `named`: it stands in rows that neither map it nor declare it unmappable.
 * - `not-mentioned`: it stands in no row.
 */
const coverageStates = ['mapped', 'below-threshold', 'unscored', 'unmappable', 'named', 'not-mentioned'] as const

export type CoverageState = (typeof coverageStates)[number]

/** The more telling of two states. */
export function betterState(a: CoverageState, b: CoverageState): CoverageState {
  return coverageStates.indexOf(a) <= coverageStates.indexOf(b) ? a : b
}

const techniqueId = /^T\d{4}(?:\.\d{3})?$/

/** Why a matrix has no cell for a technique; Navigator skips such a technique in silence. */
export type Unshowable = 'unknown' | 'revoked' | 'deprecated'

/** Why a technique has no cell in the matrix of the release; undefined where it has one. */
export function whyUnshowable(id: string, release: AttackReleaseView): Unshowable | undefined {
  const technique = techniqueId.test(id) ? release.technique(id) : undefined
  if (!technique) return 'unknown'
  return technique.status === 'active' ? undefined : technique.status
}

/** The best value of each category. */
export type BestScores = Map<string, string>

/** Keeps a row's score where it is the best of its category so far. */
export function noteScore(best: BestScores, { score }: Mapping): void {
  if (score?.category === undefined || score.value === undefined) return
  const known = best.get(score.category)
  if (known === undefined || scoreRank(score.value) > scoreRank(known)) best.set(score.category, score.value)
}

/** Best scores of categories that CTID does not know, sorted by their names. */
export function otherScores(best: BestScores): readonly (readonly [category: string, value: string])[] {
  return [...best].filter(([category]) => !isKnown(category)).toSorted(([a], [b]) => compareText(a, b))
}

function isKnown(category: string): boolean {
  return scoreCategories.some((known) => known === category)
}

/** Best scores in words, those of known categories first: "protect: partial". */
export function listBestScores(best: BestScores): readonly string[] {
  const known = scoreCategories.flatMap((category) => (best.has(category) ? [[category, best.get(category)] as const] : []))
  return [...known, ...otherScores(best)].map(([category, value]) => `${category}: ${value ?? ''}`)
}
