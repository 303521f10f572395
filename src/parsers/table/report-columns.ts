import type { DiagnosticDetails, Report } from '../../diagnostics/diagnostic.js'
import type { TableSheet } from '../../formats/decoded.js'
import { columnLetters } from '../../formats/places.js'
import { frameworks } from '../../frameworks/frameworks.js'
import { type AskedColumn, SAMPLED_ROWS } from './find-header.js'
import type { SheetReader } from './sheet-reader.js'
import { findTechniques } from './split-cells.js'

/** Details of `parse/no-columns` for a sheet without a header: its first row, and how to name the columns. */
export function explainMissingHeader(sheet: TableSheet, asked: readonly AskedColumn[]): DiagnosticDetails {
  const first = sheet.rows.find((row) => row.length > 0) ?? []
  const where = sheet.name === '' ? 'the table' : `the sheet ${sheet.name}`
  const found = first.filter((cell) => cell.trim() !== '').slice(0, 8).map((cell) => `"${cell.slice(0, 40)}"`).join(', ')
  if (asked.length > 0) {
    return {
      message: `No row of ${where} has the columns that --columns names, or a capability or technique column is missing`,
      found,
      expected: `${asked.map(({ title }) => `"${title}"`).join(' and ')}, and columns for both capability_id and technique`,
      hint: 'Name columns by title or, if the table has no titles, by letter: --columns capability_id=A,technique=C',
    }
  }
  return {
    message: `No row of ${where} has recognised titles for a capability column and a technique column`,
    found: first.length === 1 ? `only one column, ${found}: is the delimiter a comma, semicolon, tab or | ?` : found,
    expected: 'a row of titles such as "Control ID", "Technique ID", "Comments"',
    hint: `Add a row of titles above the columns, or name the columns: --columns ${suggestColumns(sheet)}`,
  }
}

/** Guesses the columns from their cells: the one with most technique ids, and the one with most ids of known frameworks. */
function suggestColumns(sheet: TableSheet): string {
  const rows = sheet.rows.slice(0, SAMPLED_ROWS)
  const technique = likeliest(rows, (cell) => findTechniques(cell).length > 0)
  const capability = likeliest(rows, isCapability, technique)
  const other = technique === 0 ? 1 : 0
  return `capability_id=${columnLetters(capability ?? other)},technique=${columnLetters(technique ?? 2)}`
}

function isCapability(cell: string): boolean {
  return frameworks.some(({ capabilityId }) => capabilityId?.test(cell) === true)
}

function likeliest(rows: TableSheet['rows'], fits: (cell: string) => boolean, except?: number): number | undefined {
  const counts = new Map<number, number>()
  for (const row of rows) {
    for (const [column, cell] of row.slice(0, 50).entries()) {
      if (column !== except && fits(cell)) counts.set(column, (counts.get(column) ?? 0) + 1)
    }
  }
  return Array.from(counts).toSorted(([, a], [, b]) => b - a)[0]?.[0]
}

/** Most columns that are reported one by one; further ones are counted. */
const MOST_REPORTED = 50

/** Reports each column that has content and is not read. The untitled row numbers that pandas writes are ignored. */
export function reportUnknownColumns({ sheet, columns, document }: SheetReader, header: number, report: Report): void {
  const titles = sheet.rows[header] ?? []
  const width = sheet.rows.slice(header + 1).reduce((most, row) => Math.max(most, row.length), 0)
  const untitled = Array.from({ length: Math.max(width - titles.length, 0) }, (_, index) => titles.length + index)
  const taken = new Set([...columns.byRole.values(), ...columns.relations.map(({ column }) => column)])
  const unknown = [...columns.unknown, ...untitled.filter((column) => !taken.has(column))]
    .filter((column) => hasContent(sheet.rows, header, column, (titles[column] ?? '').trim() === ''))

  for (const column of unknown.slice(0, MOST_REPORTED)) {
    const title = (titles[column] ?? '').trim()
    const suggested = title === '' || title.includes(',') ? '…' : title.slice(0, 80)
    report('parse/unknown-column', {
      message: title === '' ? 'A column without a title was not read' : `The column "${title.slice(0, 80)}" was not read`,
      origin: { document, place: sheet.place(Math.max(header, 0), column) },
      hint: `If it contains a field of mappings, name the field: --columns comments=${suggested}`,
    })
  }
  if (unknown.length <= MOST_REPORTED) return
  const place = sheet.place(Math.max(header, 0), unknown[MOST_REPORTED] ?? 0)
  const count = unknown.length - MOST_REPORTED
  report('parse/unknown-column', { message: 'Further columns were not read', origin: { document, place }, count })
}

function hasContent(rows: readonly (readonly string[])[], header: number, column: number, untitled: boolean): boolean {
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
