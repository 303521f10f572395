import { scoreCategories, scoreValues } from '../../model/vocabulary.js'

/** A cross of a matrix, or the score that a cell gives instead of one. */
export interface Mark {
  readonly value?: string
  readonly category?: string
}

/** Cells of a matrix that say yes, in lower case. docs/tables.md lists them. */
export const crosses: readonly string[] = ['x', '✓', '✔', '✔️', '✅', '☑', '☒', '●', '•', '■', '+', 'yes', 'y', 'true', 'ja', 'oui']
/** Cells of a matrix that say no. */
export const blanks: readonly string[] = ['', '-', '–', '—', 'no', 'n', 'false', 'n/a', 'none', '0', 'nein', 'non', '☐']
/** Crosses that say no where ticks say yes, and yes where there are none. */
export const noBesideTicks: readonly string[] = ['✗', '✘', '❌', '✖']
/** Words that are scores. */
export const scoreWords: readonly string[] = [...scoreValues, 'low', 'medium', 'high', 'full', 'none']

const ticks: ReadonlySet<string> = new Set(['✓', '✔', '✔️', '✅', '☑'])
const number = /^[-+]?\d{1,6}(?:[.,]\d{1,6})?\s?%?$/

/** Whether a cell is a cross, or says that there is none. */
export function isCross(cell: string): boolean {
  const text = cell.toLowerCase()
  return crosses.includes(text) || blanks.includes(text) || noBesideTicks.includes(text) || text === '1'
}

/** Whether a cell is a cross, a count or a score. */
export function isMark(cell: string): boolean {
  const text = cell.toLowerCase()
  return isCross(cell) || number.test(text) || scoreWords.includes(text) || scoreCategories.some((one) => one === text)
}

/** The reader of the cells of a matrix; it depends on all of them: 1 is a cross in a matrix of ones, and a count beside 2. */
export function readMark(cells: readonly string[]): (cell: string) => Mark | 'none' | 'unknown' {
  const hasTicks = cells.some((cell) => ticks.has(cell))
  const hasCounts = cells.some((cell) => number.test(cell) && Number(cell) !== 0 && Number(cell) !== 1)
  return (cell) => {
    const text = cell.toLowerCase()
    if (blanks.includes(text) || (hasTicks && noBesideTicks.includes(text))) return 'none'
    if (number.test(text)) return hasCounts ? (Number(text) === 0 ? 'none' : { value: cell }) : { }
    if (crosses.includes(text) || noBesideTicks.includes(text)) return {}
    if (scoreWords.includes(text)) return { value: text }
    return scoreCategories.some((one) => one === text) ? { category: text } : 'unknown'
  }
}
