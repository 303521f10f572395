import type { CellValue } from './workbook.js'

/** The start of a row. `number` counts from 1. */
export function rowStart(number: number, height: number | undefined): string {
  return `<row r="${number}${heightAttributes(height)}`
}

/** The start of a row after its number; `height` in points, the standard height if absent. */
export function heightAttributes(height: number | undefined): string {
  return height === undefined ? '">' : `" ht="${Math.round(height * 100) / 100}" customHeight="1">`
}

const pointsPerLine = 12.9
const tallestRow = 409

/** As many lines of a row as are seen, if it shows at most `mostLines`. */
export function visibleLines(mostLines: number): number {
  return Math.min(mostLines, Math.ceil(tallestRow / pointsPerLine))
}

/** The height of a row whose wrapped text takes so many lines, in points; undefined for one line. It shows at most `mostLines`, and at most 409 points, Excel's limit. */
export function heightOfLines(lines: number, mostLines: number): number | undefined {
  return lines > 1 ? Math.min(tallestRow, Math.min(lines, mostLines) * pointsPerLine) : undefined
}

/** The height of a row whose wrapped text takes more than one line, in points; undefined if none does. */
export type HeightOf = (row: readonly (CellValue | undefined)[]) => number | undefined

/**
 * Creates the function that gives heights. `widths` are those of columns that wrap their text, 0 of others. Excel would fit rows itself; other programs do not.
 */
export function createRowHeights(widths: readonly number[], mostLines = Number.POSITIVE_INFINITY): HeightOf {
  const most = visibleLines(mostLines)
  return (row) => {
    let lines = 1
    for (let column = 0; column < widths.length; column++) {
      const [cell, width = 0] = [row[column], widths[column]]
      if (width > 0 && typeof cell === 'string') lines = Math.max(lines, countLines(cell, width, most))
    }
    return heightOfLines(lines, mostLines)
  }
}

// Widths are in digits; letters are narrower on average.
const charactersPerWidth = 1.08
const lineFeed = 10
const space = 32

/**
 * The number of lines that a text takes in a column, wrapped between words; words wider than the column are broken. Estimated from the lengths of
 * words. Stops after `most`.
 */
export function countLines(text: string, width: number, most: number): number {
  if (text.length <= width && !text.includes('\n')) return 1
  const room = width * charactersPerWidth
  let [lines, used] = [1, 0]
  for (let at = 0; at <= text.length && lines < most; at++) {
    const start = at
    let wide = 0
    let code = space
    for (; at < text.length; at++) {
      code = text.charCodeAt(at)
      if (code === space || code === lineFeed) break
      if (code >= firstWide && isWide(code)) wide += 1
    }
    const length = at - start + wide
    if (used > 0 && used + length > room) {
      lines += 1
      used = 0
    }
    if (length < room) used += length + 1
    else {
      lines += Math.floor(length / room)
      used += (length % room) + 1
    }
    if (at < text.length && code === lineFeed) {
      lines += 1
      used = 0
    }
  }
  return lines
}

const firstWide = 0x1100

/** Scripts whose characters are twice as wide as Latin letters. */
function isWide(code: number): boolean {
  return wideRanges.some(([first, last]) => code >= first && code <= last)
}

const wideRanges = [
  [firstWide, 0x115F], [0x2E80, 0xA4CF], [0xAC00, 0xD7A3], [0xF900, 0xFAFF], [0xFE30, 0xFE4F], [0xFF00, 0xFF60],
] as const
