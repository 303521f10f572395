import type { WriteSheet } from 'hucre/xlsx'
import type { TableSheet } from './workbook.js'

const pointsPerLine = 13.5

/** Fixed heights for the rows that would show more lines than a sheet allows; Excel fits the others to their text. */
export function limitRowHeights({ columns, rows }: TableSheet, mostLines: number): NonNullable<WriteSheet['rowDefs']> {
  const heights: NonNullable<WriteSheet['rowDefs']> = new Map()
  for (const [index, row] of rows.entries()) {
    const lines = Math.max(...row.map((cell, column) => (typeof cell === 'string' ? countLines(cell, columns[column]?.width ?? 10) : 1)))
    if (lines > mostLines) heights.set(index + 1, { height: mostLines * pointsPerLine })
  }
  return heights
}

function countLines(text: string, width: number): number {
  return text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / width)), 0)
}
