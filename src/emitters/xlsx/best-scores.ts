import type { Mapping } from '../../model/mapping.js'
import { compareText } from '../../model/compare-text.js'
import { scoreCategories, scoreRank } from './score-scale.js'
import type { CellValue, WorkbookColumn } from './workbook.js'

/** The best value of each category. */
export type BestScores = Map<string, string>

/** Keeps a row's score where it is the best of its category so far. */
export function noteScore(best: BestScores, { score }: Mapping): void {
  if (score?.category === undefined || score.value === undefined) return
  const known = best.get(score.category)
  if (known === undefined || scoreRank(score.value) > scoreRank(known)) best.set(score.category, score.value)
}

/** A column for each category that CTID knows, and one for all others: what documents call theirs never becomes a title. */
export const scoreColumns: readonly WorkbookColumn[] = [
  ...scoreCategories.map((category) => ({ title: `Best ${category}`, width: 13, format: 'score' }) as const),
  { title: 'Best of others', width: 26, format: 'wrapped' },
]

/** The cells of these columns. */
export function scoreCells(best: BestScores, clean: (text: string) => CellValue): readonly CellValue[] {
  const others = [...best]
    .filter(([category]) => !scoreCategories.some((known) => known === category))
    .toSorted(([a], [b]) => compareText(a, b))
  const known = scoreCategories.map((category) => best.get(category) ?? '')
  return [...known, others.map(([category, value]) => `${category}: ${value}`).join('\n')].map(clean)
}
