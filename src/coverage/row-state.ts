import { type AttackReleaseView, isBeforeStated, techniqueIdForm } from '../attack/attack-index.js'
import { compareText } from '../model/text.js'
import type { MappedRow, Mapping, UnmappedTechniqueRow } from '../model/mapping.js'
import { scoreCategories, scoreRank, scoreValues } from '../model/vocabulary.js'

/** The thresholds that a user may choose: the lowest score value that counts as mapped. */
export const thresholds = scoreValues
export type Threshold = (typeof thresholds)[number]

/** The state that a single row gives its technique; without a threshold every mapping counts, whatever its score. */
export function rowState(row: MappedRow | UnmappedTechniqueRow, threshold?: Threshold): CoverageState {
  const isNonMappable = row.status === 'non_mappable'
  if (row.kind === 'unmapped-technique') return isNonMappable ? 'unmappable' : 'named'
  // A pair declared non-mappable is no mapping, and says nothing about other capabilities.
  if (isNonMappable) return 'named'
  if (threshold === undefined) return 'mapped'
  const rank = row.score?.value === undefined ? -1 : scoreRank(row.score.value)
  if (rank < 0) return 'unscored'
  return rank >= scoreRank(threshold) ? 'mapped' : 'below-threshold'
}

/**
 * The states of a technique, best first: a technique is in the first state that applies.
 *
 * - `mapped`: a row maps a capability to it; with a threshold, a row whose score reaches it.
 * - `below-threshold`: rows map to it, but none of their scores reaches the threshold.
 * - `unscored`: rows map to it without a known score, so that the threshold cannot be applied.
 * - `unmappable`: a row without a capability declares that nothing maps to it (status `non_mappable`).
 * - `named`: it is in rows that neither map it nor declare it unmappable.
 * - `not-mentioned`: it is in no row.
 */
const coverageStates = ['mapped', 'below-threshold', 'unscored', 'unmappable', 'named', 'not-mentioned'] as const

export type CoverageState = (typeof coverageStates)[number]

/** The better of two states. */
export function betterState(a: CoverageState, b: CoverageState): CoverageState {
  return coverageStates.indexOf(a) <= coverageStates.indexOf(b) ? a : b
}

/**
 * Why the matrix of a release has no cell for a technique. Navigator silently skips such techniques, except those `not-in-index`: the
 * document states a newer release, which is not available and may have them.
 */
export type NoCellReason = 'unknown' | 'revoked' | 'deprecated' | 'not-in-index'

/** The reason why a technique has no cell in the matrix of a release; undefined if it has one. */
export function noCellReason(id: string, release: AttackReleaseView): NoCellReason | undefined {
  const technique = techniqueIdForm.test(id) ? release.technique(id) : undefined
  if (technique?.status === 'active') return undefined
  if (isBeforeStated(release) && techniqueIdForm.test(id)) return 'not-in-index'
  return technique?.status ?? 'unknown'
}

/** The best score value of each category. */
export type BestScores = Map<string, string>

/** Adds a row's score if it is the best of its category so far. */
export function keepBestScore(best: BestScores, { score }: Mapping): void {
  if (score?.category === undefined || score.value === undefined) return
  const known = best.get(score.category)
  if (known === undefined || scoreRank(score.value) > scoreRank(known)) best.set(score.category, score.value)
}

/** Best scores of categories that CTID does not define, sorted by category. */
export function otherScores(best: BestScores): readonly (readonly [category: string, value: string])[] {
  return [...best].filter(([category]) => !isKnown(category)).toSorted(([a], [b]) => compareText(a, b))
}

function isKnown(category: string): boolean {
  return scoreCategories.some((known) => known === category)
}

/** Best scores as texts, CTID's categories first: "protect: partial". */
export function listBestScores(best: BestScores): readonly string[] {
  const known = scoreCategories.flatMap((category) => (best.has(category) ? [[category, best.get(category)] as const] : []))
  return [...known, ...otherScores(best)].map(([category, value]) => `${category}: ${value ?? ''}`)
}
