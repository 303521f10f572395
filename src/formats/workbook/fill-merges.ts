import type { RawSheet } from './raw-sheet.js'

/**
 * Gives every cell of a merged rectangle the text of its first. Only within the rows and columns that hold something: a
 * title merged over all columns of a sheet doesn't make it wider. Rectangles do not overlap (ECMA-376, section
 * 18.3.1.55), so the work is bounded by the sheet's size, and is cut off there for files that break the rule.
 */
export function fillMerges({ rows, merges }: RawSheet): readonly (readonly string[])[] {
  const filled = Array.from(rows, (row) => row ?? [])
  const width = filled.reduce((most, row) => Math.max(most, row.length), 0)
  let budget = filled.length * width
  for (const { startRow, endRow, startCol, endCol } of merges) {
    const text = filled[startRow]?.[startCol]
    if (text === undefined || text === '') continue
    for (let row = startRow; row <= Math.min(endRow, filled.length - 1) && budget > 0; row += 1) {
      const cells = filled[row] ?? []
      for (let column = startCol; column <= Math.min(endCol, width - 1) && budget > 0; column += 1) {
        while (cells.length < column) cells.push('')
        cells[column] = text
        budget -= 1
      }
    }
  }
  return filled
}
