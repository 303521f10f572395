import { neutralise } from '../diagnostics/reporters/neutralise.js'

/** Rows as aligned columns, two spaces apart, without trailing spaces; numbers (`right`) at the right. Cells are neutralised. */
export function renderTable(rows: readonly (readonly string[])[], right: ReadonlySet<number> = new Set()): string {
  const cells = rows.map((row) => row.map(neutralise))
  const widths: number[] = []
  for (const row of cells) {
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, cell.length)
  }
  const pad = (cell: string, column: number): string =>
    right.has(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)
  return cells.map((row) => `${row.map(pad).join('  ').trimEnd()}\n`).join('')
}
