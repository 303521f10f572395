import { neutralise } from '../diagnostics/reporters/terminal-text.js'

/** Renders rows as aligned columns, two spaces apart. `right`: indices of right-aligned columns. Cells are neutralised. */
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

/** Formats a size in bytes: "812 B", "1.2 kB", "34 MB" (powers of 1000). */
export function formatSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  let size = bytes
  for (const unit of ['kB', 'MB', 'GB']) {
    size /= 1000
    if (size < 999.5 || unit === 'GB') return `${size < 9.95 ? size.toFixed(1) : Math.round(size)} ${unit}`
  }
  return `${bytes} B`
}

/** Describes the first three counts that are not zero: "rows: 3, unmapped capabilities: 1". */
export function describeCounts(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .slice(0, 3)
    .map(([name, count]) => `${name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)}: ${count}`)
    .join(', ')
}
