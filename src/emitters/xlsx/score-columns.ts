import { otherScores, type BestScores } from '../../coverage/best-scores.js'
import { scoreCategories } from '../../model/score-scale.js'
import type { CellValue, WorkbookColumn } from './workbook.js'

/** The title of the column of categories that CTID does not know. */
export const otherColumn = 'Best of others'

/** A column for each category that CTID knows, and one for all others: what documents call theirs never becomes a title. */
export const scoreColumns: readonly WorkbookColumn[] = [
  ...scoreCategories.map((category) => ({ title: `Best ${category}`, width: 13, format: 'score' }) as const),
  { title: otherColumn, width: 26, format: 'wrapped' },
]

/** The cells of these columns. */
export function scoreCells(best: BestScores, clean: (text: string) => CellValue): readonly CellValue[] {
  const known = scoreCategories.map((category) => best.get(category) ?? '')
  return [...known, otherScores(best).map(([category, value]) => `${category}: ${value}`).join('\n')].map(clean)
}
