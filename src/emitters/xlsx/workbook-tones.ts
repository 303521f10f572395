import type { Workbook, WorkbookSupplement } from './workbook.js'

/** The words of the sheet Gaps, then those of a supplement: the colours of `tone` columns and swatches. */
export function workbookTones({ words }: Pick<WorkbookSupplement, 'words'> = { words: [] }): NonNullable<Workbook['tones']> {
  return [...gapTones, ...words.map(({ word, tone }) => ({ word, tone }))]
}

const gapTones = [
  { word: 'not mentioned', tone: 'removed' },
  { word: 'declared unmappable', tone: 'changed' },
  { word: 'named only', tone: 'added' },
] as const
