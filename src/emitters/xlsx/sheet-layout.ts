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

const margin = 0.4

/** The widest sheet, in characters, whose text is still read when it is fitted to one page of the paper: about 5 points. */
const readableWidth = { a4: 280, a3: 400 } as const

/** How many pages side by side a table of such columns takes to be read. */
export function pagesAcross(columns: readonly { readonly width: number }[], paper: 'a4' | 'a3'): number {
  const width = columns.reduce((sum, column) => sum + column.width, 0)
  return Math.max(1, Math.ceil(width / readableWidth[paper]))
}

/** Landscape, as many pages wide as given, and as many long as it takes, or `pages`; `grid` draws the lines between cells. */
export function printSetup(
  footer: string, paper: 'a4' | 'a3', grid: boolean, pages = 0, across = 1,
): Pick<WriteSheet, 'pageSetup' | 'headerFooter'> {
  return {
    pageSetup: {
      paperSize: paper,
      orientation: 'landscape',
      fitToPage: true,
      fitToWidth: across,
      fitToHeight: pages,
      margins: { left: margin, right: margin, top: 0.6, bottom: 0.6, header: 0.3, footer: 0.3 },
      showGridLines: grid,
    },
    // An ampersand begins a code (ECMA-376 part 1, section 18.3.1.46); the whole may have 255 characters.
    headerFooter: { oddFooter: `&L${footer.slice(0, 90).replaceAll('&', '&&')}&R&P / &N` },
  }
}
