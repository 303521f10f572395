import type { DiagnosticDetails, Report } from '../../diagnostics/diagnostic.js'
import type { TableSheet } from '../../formats/decoded.js'
import { columnLetters } from '../../formats/places.js'
import { frameworks } from '../../frameworks/frameworks.js'
import type { AskedColumn } from './find-header.js'
import type { SheetReader } from './sheet-reader.js'
import { findTechniques } from './split-cells.js'

const SAMPLE = 200

/** What to tell the user of a sheet whose columns nothing names: what its first row says, and how the columns could be named. */
export function explainMissingHeader(sheet: TableSheet, asked: readonly AskedColumn[]): DiagnosticDetails {
  const first = sheet.rows.find((row) => row.length > 0) ?? []
  const where = sheet.name === '' ? 'the table' : `the sheet ${sheet.name}`
  const found = first.filter((cell) => cell.trim() !== '').slice(0, 8).map((cell) => `"${cell.slice(0, 40)}"`).join(', ')
  if (asked.length > 0) {
    return {
      message: `No row of ${where} has the columns that --columns names, or they are not enough`,
      found,
      expected: `${asked.map(({ title }) => `"${title}"`).join(' and ')}, and columns for both capability_id and technique`,
      hint: 'columns are named by title or, where there are no titles, by letter: --columns capability_id=A,technique=C',
    }
  }
  return {
    message: `No row of ${where} names its columns so that capabilities and techniques could be told`,
    found: first.length === 1 ? `${found} as the only column: is the delimiter a comma, semicolon, tab or | ?` : found,
    expected: 'a row of titles such as "Control ID", "Technique ID", "Comments"',
    hint: `write titles above the columns, or name the columns: --columns ${suggestColumns(sheet)}`,
  }
}

/** The columns as their cells look: those with ids of techniques, and those with ids of a framework that is known. */
function suggestColumns(sheet: TableSheet): string {
  const rows = sheet.rows.slice(0, SAMPLE)
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
    .filter((column) => hasContent(sheet.rows, header, column, (titles[column] ?? '').trim() === ''))

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
