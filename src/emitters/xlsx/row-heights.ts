import type { WriteSheet } from 'hucre/xlsx'
import type { CellValue } from './workbook.js'

const pointsPerLine = 12.9
const tallestRow = 409

/** Heights of rows, by their index. */
export type RowHeights = NonNullable<WriteSheet['rowDefs']>

/**
 * Heights for the rows whose wrapped text takes more than one line. Excel would fit such rows itself, other programs do not.
 * Lines are estimated from the lengths of words; a row never shows more than `mostLines`, nor more than Excel's 409 points.
 */
export function fitRowHeights(
  rows: readonly (readonly CellValue[])[],
  widths: readonly (number | undefined)[],
  firstRow: number,
  mostLines = Number.POSITIVE_INFINITY,
): RowHeights {
  const heights: RowHeights = new Map()
  for (const [index, row] of rows.entries()) {
    let lines = 1
    for (const [column, cell] of row.entries()) {
      const width = widths[column]
      if (width !== undefined && typeof cell === 'string' && (cell.length > width || cell.includes('\n')))
        lines = Math.max(lines, countLines(cell, width))
    }
    if (lines > 1) heights.set(index + firstRow, { height: Math.min(tallestRow, Math.min(lines, mostLines) * pointsPerLine) })
  }
  return heights
}

// Widths count digits; letters are narrower on average.
const charactersPerWidth = 1.08

/** How many lines a text takes in a column of this width, wrapped between words; longer words are cut. */
function countLines(text: string, width: number): number {
  const room = width * charactersPerWidth
  let lines = 0
  for (const paragraph of text.split('\n')) {
    lines += 1
    let used = 0
    for (const word of paragraph.split(' ')) {
      const length = displayLength(word)
      if (used > 0 && used + length > room) {
        lines += 1
        used = 0
      }
      lines += Math.floor(length / room)
      used += (length % room) + 1
    }
  }
  return lines
}

// Scripts whose characters are twice as wide as Latin letters.
const wide = /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE4F\uFF00-\uFF60]/g

function displayLength(word: string): number {
  return word.length + (word.match(wide)?.length ?? 0)
}
