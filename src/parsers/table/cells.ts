import type { Place } from '../../model/origin.js'

/** The cells of a row. It may end before the last column of its table. */
type Cells = readonly string[] | undefined

/** The text of a cell as it is; '' if the row ends before it, or if there is no such row or column. */
export function rawCell(cells: Cells, column: number | undefined): string {
  return column === undefined ? '' : (cells?.[column] ?? '')
}

/** The text of a cell without white space around it. */
export function trimmedCell(cells: Cells, column: number | undefined): string {
  return rawCell(cells, column).trim()
}

/** The texts of a column's cells without white space around them, and without blank ones. */
export function filledCells(rows: readonly (readonly string[])[], column: number | undefined): readonly string[] {
  return rows.map((row) => trimmedCell(row, column)).filter((text) => text !== '')
}

/** Whether a cell is a list without items: separators, and nothing between them. */
export function isEmptyList(cell: string): boolean {
  return /[,;|]/.test(cell) && !/[^\s,;|]/.test(cell)
}

/** A cell's place in a list of cells: "A2", "line 3", "/0/control". */
export function nameCell(place: Place): string {
  if (place.kind === 'cell') return place.cell
  if (place.kind === 'text') return `line ${place.line}`
  return place.kind === 'pointer' ? place.pointer : 'the file'
}
