import type { Report } from '../../diagnostics/diagnostic.js'
import type { SheetReader } from './sheet-reader.js'

/** A table may be hostile: beyond this, columns are only counted. */
const LIMIT = 50

/**
 * Says of each column that holds something and is not read that it is not. The numbers that pandas puts before each row
 * are passed over.
 */
export function reportUnknownColumns({ sheet, columns, document }: SheetReader, header: number, report: Report): void {
  const titles = sheet.rows[header] ?? []
  const width = sheet.rows.slice(header + 1).reduce((most, row) => Math.max(most, row.length), 0)
  const untitled = Array.from({ length: Math.max(width - titles.length, 0) }, (_, index) => titles.length + index)
  const taken = new Set([...columns.byRole.values(), ...columns.relations.map(({ column }) => column)])
  const unknown = [...columns.unknown, ...untitled.filter((column) => !taken.has(column))]
    .filter((column) => holdsSomething(sheet.rows, header, column, (titles[column] ?? '').trim() === ''))

  for (const column of unknown.slice(0, LIMIT)) {
    const title = (titles[column] ?? '').trim()
    const suggested = title === '' || title.includes(',') ? '…' : title.slice(0, 80)
    report('parse/unknown-column', {
      message: title === '' ? 'A column without a title was not read' : `The column "${title.slice(0, 80)}" was not read`,
      origin: { document, place: sheet.place(Math.max(header, 0), column) },
      hint: `if it holds something that mappings have, name it: --columns comments=${suggested}`,
    })
  }
  if (unknown.length <= LIMIT) return
  const place = sheet.place(Math.max(header, 0), unknown[LIMIT] ?? 0)
  const count = unknown.length - LIMIT
  report('parse/unknown-column', { message: 'More columns were not read', origin: { document, place }, count })
}

function holdsSomething(rows: readonly (readonly string[])[], header: number, column: number, untitled: boolean): boolean {
  let counted = 0
  let isIndex = untitled
  for (const row of rows.slice(header + 1)) {
    const cell = (row[column] ?? '').trim()
    if (cell === '') continue
    if (!isIndex) return true
    isIndex = cell === String(counted) || cell === String(counted + 1)
    if (!isIndex) return true
    counted += 1
  }
  return false
}
