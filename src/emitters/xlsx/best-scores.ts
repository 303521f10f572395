import type { Mapping } from '../../model/mapping.js'
import type { ResolvedSet } from '../../model/mapping-set.js'
import { compareText } from '../../model/compare-text.js'
import { scoreCategories, scoreRank } from './score-scale.js'

/** The best value of each category. */
export type BestScores = Map<string, string>

/** Keeps a row's score where it is the best of its category so far. */
export function noteScore(best: BestScores, { score }: Mapping): void {
  if (score?.category === undefined || score.value === undefined) return
  const known = best.get(score.category)
  if (known === undefined || scoreRank(score.value) > scoreRank(known)) best.set(score.category, score.value)
}

/** The categories that rows of these sets score: protect, detect, respond, then others by name. */
export function usedCategories(sets: readonly ResolvedSet[]): readonly string[] {
  const used = new Set(sets.flatMap(({ mappings }) => mappings.flatMap(({ score }) => score?.value === undefined ? [] : (score.category ?? []))))
  const known = scoreCategories.filter((category) => used.delete(category))
  return [...known, ...[...used].toSorted(compareText)]
}
