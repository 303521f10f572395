import type { Mapping } from '../model/mapping.js'
import { compareText } from '../model/compare-text.js'
import { scoreCategories, scoreRank } from '../model/score-scale.js'

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
