import type { DiagnosticDetails, Report } from '../../diagnostics/diagnostic.js'
import type { TableSheet } from '../../formats/decoded.js'
import { columnLetters } from '../../formats/places.js'
import { frameworks } from '../../frameworks/frameworks.js'
import { type AskedColumn, missingColumns } from './asked-columns.js'
import { isTacticMatrix } from './attack-layout.js'
import { describesTechniques } from './attack-words.js'
import { fieldOfRole, foldTitle, meaningOf, repeatable } from './column-roles.js'
import type { ColumnRole } from './column-titles.js'
import { isProse, isRowCount, isTechniqueList } from './column-views.js'
import { columnsOption } from './columns-option.js'
import { SAMPLED_ROWS, searchedRows } from './find-header.js'
import { isCross } from './matrix-marks.js'
import type { SheetReader } from './sheet-reader.js'
import { hasTechnique } from './split-cells.js'
import { filledCells, rawCell, trimmedCell } from './cells.js'

/** Details of `parse/no-columns` for a sheet without a header: its first row, and what to do. `suggested`: options that were tried. */
export function explainMissingHeader(sheet: TableSheet, asked: readonly AskedColumn[], suggested: string | undefined): DiagnosticDetails {
  const first = sheet.rows.find((row) => row.length > 0) ?? []
  const where = sheet.name === '' ? 'the table' : `the sheet ${sheet.name}`
  const found = first.filter((cell) => cell.trim() !== '').slice(0, 8).map((cell) => `"${cell.slice(0, 40)}"`).join(', ')
  if (asked.length > 0) {
    const missing = missingColumns(asked, sheet).map(({ title }) => `"${title.slice(0, 80)}"`)
    return {
      message: missing.length > 0 ? `${capital(where)} has no column ${missing.join(' or ')}, which --columns names` : `No row of ${where} has the columns that --columns names, or a capability or technique column is missing`,
      found,
      expected: `${asked.map(({ title }) => `"${title}"`).join(' and ')}, and columns for both capability_id and technique`,
      hint: 'Name columns by title or, if the table has no titles, by letter: --columns capability_id=A,technique=C. '
        + 'Several titles of one field add up (technique=A,technique=B), and a title that contains a comma is put in double quotes.',
    }
  }
  if (isTacticMatrix(sheet)) {
    return {
      message: `${capital(where)} is a matrix of technique names below tactics, such as the ATT&CK Navigator exports to Excel: `
        + 'it has no ids, and colours are not read',
      found,
      hint: 'Open the layer in the Navigator, save it as JSON ("download layer as json"), and convert that file.',
    }
  }
  const list = techniqueListOf(sheet)
  return {
    message: list !== undefined && suggested === undefined
      ? `${capital(where)} lists techniques${list}, but no column names a capability that they are mapped to`
      : `No row of ${where} has recognised titles for a capability column and a technique column`,
    found: first.length === 1 ? `only one column, ${found}: is the delimiter a comma, semicolon, tab or | ?` : found,
    expected: 'a row of titles such as "Control ID", "Technique ID", "Comments"',
    hint: suggested === undefined
      ? 'Add a column of capabilities with a title such as "Control ID", or name the columns with --columns; docs/tables.md lists titles.'
      : `Add a row of titles above the columns, or name the columns: ${suggested}`,
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** What a table of techniques lists besides their ids: " with their names"; undefined if it has no column of techniques. */
function techniqueListOf(sheet: TableSheet): string | undefined {
  for (const row of searchedRows(sheet).slice(0, 5)) {
    const titles = sheet.rows[row] ?? []
    const below = sheet.rows.slice(row + 1, row + 1 + SAMPLED_ROWS)
    const technique = titles.findIndex((title, column) => (
      meaningOf(title)?.role === 'technique' || (foldTitle(title) === 'id' && isTechniqueList(below, column))
    ))
    if (technique < 0 || !below.some((cells) => hasTechnique(rawCell(cells, technique)))) continue
    const roles = new Set(titles.map((title) => meaningOf(title)?.role))
    return roles.has('name') || roles.has('techniqueName') ? ' with their names' : ''
  }
  return undefined
}

/** Most columns that are reported one by one; further ones are counted. */
const MOST_REPORTED = 50

/** Whether the columns that the user names, with these besides, read the new column and lose nothing. */
export type TryOption = (added: readonly AskedColumn[], column: number) => readonly AskedColumn[] | undefined

/**
 * Reports each column that has content and is not read, with the option that reads it. The untitled row numbers that pandas writes are
 * ignored. `tryOption` reads the table with the option, which is proposed only if that works.
 */
export function reportUnknownColumns({ sheet, columns, document }: SheetReader, header: number, report: Report, tryOption: TryOption): void {
  const titles = sheet.rows[header] ?? []
  const width = sheet.rows.slice(header + 1).reduce((most, row) => Math.max(most, row.length), titles.length)
  const unknown = Array.from({ length: width }, (_, column) => column)
    .filter((column) => !columns.taken.has(column) && hasContent(sheet.rows, header, column, trimmedCell(titles, column) === ''))
  const sample = sheet.rows.slice(header + 1, header + 1 + SAMPLED_ROWS)

  for (const column of unknown.slice(0, MOST_REPORTED)) {
    const title = trimmedCell(titles, column)
    const option = suggestField({ sheet, columns, document }, header, column, sample, tryOption)
    report('parse/unknown-column', {
      message: title === '' ? 'A column without a title was not read' : `The column "${title.slice(0, 80)}" was not read`,
      origin: { document, place: sheet.place(Math.max(header, 0), column) },
      hint: option ?? 'If it contains a field of mappings, give the column a title that docs/tables.md lists.',
    })
  }
  if (unknown.length <= MOST_REPORTED) return
  const place = sheet.place(Math.max(header, 0), unknown[MOST_REPORTED] ?? 0)
  const count = unknown.length - MOST_REPORTED
  report('parse/unknown-column', { message: 'Further columns were not read', origin: { document, place }, count })
}

/**
 * The option that reads a column: as techniques if it contains some, otherwise as comments. The columns that are read already are part
 * of it, so that none is replaced. Undefined if the title does not identify the column, or the option would not work.
 */
function suggestField(
  { sheet, columns }: Pick<SheetReader, 'sheet' | 'columns' | 'document'>, header: number, column: number, sample: TableSheet['rows'],
  tryOption: TryOption,
): string | undefined {
  const titles = sheet.rows[header] ?? []
  const title = trimmedCell(titles, column)
  const isUnique = (one: string): boolean => one !== '' && titles.filter((other) => other.trim() === one).length === 1
  if (!isUnique(title) || title.includes('\n')) return undefined
  const chosen = chooseRole(title, column, columns, sample)
  for (const role of new Set([chosen, 'comments'] as const)) {
    const present = Array.from(columns.taken).filter(([, taken]) => taken.role === role).map(([one]) => trimmedCell(titles, one))
    if (!present.every(isUnique)) continue
    const works = tryOption([...(repeatable.has(role) ? present : []), title].map((one) => ({ role, title: one })), column)
    if (works) return `If it contains a field of mappings, name the field: ${columnsOption(works.map((one) => [nameOfField(one.role), one.title]))}`
  }
  return undefined
}

function chooseRole(title: string, column: number, { taken, relations }: SheetReader['columns'], sample: TableSheet['rows']): ColumnRole {
  if (relations.length === 0 && sample.some((row) => hasTechnique(rawCell(row, column)))) return 'technique'
  const roles = new Set(Array.from(taken.values(), (one) => one.role))
  const meaning = meaningOf(title)
  const excluded: ReadonlySet<ColumnRole> = new Set([...roles, 'technique', 'derived'])
  return [meaning?.otherwise, meaning?.role].find((role) => role !== undefined && !excluded.has(role)) ?? 'comments'
}

function nameOfField(role: ColumnRole): string {
  return role === 'technique' ? role : fieldOfRole(role)
}

function hasContent(rows: readonly (readonly string[])[], header: number, column: number, untitled: boolean): boolean {
  let counted = 0
  let isIndex = untitled
  for (const row of rows.slice(header + 1)) {
    const cell = trimmedCell(row, column)
    if (cell === '') continue
    if (!isIndex) return true
    isIndex = cell === String(counted) || cell === String(counted + 1)
    if (!isIndex) return true
    counted += 1
  }
  return false
}

/** Reads a sheet with these columns, and returns how many mappings it has. */
type TryColumns = (asked: readonly AskedColumn[]) => number

/** Columns that are examined. */
const WIDEST = 50

/**
 * Proposes columns for a sheet without known titles, by their cells: all that contain technique ids, and the one with most ids of known
 * frameworks, or else the first with texts that are neither names of techniques nor marks. The proposal is tried: undefined if the
 * sheet has no mappings with it.
 */
export function suggestColumns(sheet: TableSheet, tryColumns: TryColumns): string | undefined {
  const rows = sheet.rows.slice(0, SAMPLED_ROWS)
  const techniques = columnsWith(rows, hasTechnique)
  if (techniques.length === 0 || techniques.length > 5) return undefined
  const capability = columnsWith(rows, isCapability).find((column) => !techniques.includes(column))
  const column = capability ?? firstText(sheet, rows, techniques)
  if (column === undefined) return undefined
  const asked: readonly AskedColumn[] = [
    { role: 'capability', title: columnLetters(column) },
    ...techniques.toSorted((a, b) => a - b).map((one): AskedColumn => ({ role: 'technique', title: columnLetters(one) })),
  ]
  if (tryColumns(asked) === 0) return undefined
  return columnsOption(asked.map(({ role, title }) => [role === 'capability' ? 'capability_id' : role, title] as const))
}

function isCapability(cell: string): boolean {
  return /\d/.test(cell) && frameworks.some(({ capabilityId, distinctiveId }) => (distinctiveId ?? capabilityId)?.test(cell.trim()))
}

/** Columns in which most of the cells fit, those with most of them first. */
function columnsWith(rows: TableSheet['rows'], fits: (cell: string) => boolean): readonly number[] {
  const counts = new Map<number, { fitting: number; filled: number }>()
  for (const row of rows) {
    for (const [column, cell] of row.slice(0, WIDEST).entries()) {
      if (cell.trim() === '') continue
      const count = counts.get(column) ?? { fitting: 0, filled: 0 }
      counts.set(column, { fitting: count.fitting + (fits(cell) ? 1 : 0), filled: count.filled + 1 })
    }
  }
  return Array.from(counts).filter(([, { fitting, filled }]) => fitting > 0 && fitting >= (filled - 1) / 2)
    .toSorted(([, a], [, b]) => b.fitting - a.fitting).map(([column]) => column)
}

/** The first column of texts that may name capabilities: no marks, numbers, prose, or known attributes such as tactics. */
function firstText(sheet: TableSheet, rows: TableSheet['rows'], except: readonly number[]): number | undefined {
  const titles = sheet.rows[searchedRows(sheet)[0] ?? 0] ?? []
  const below = rows.slice(1)
  return Array.from(titles.slice(0, WIDEST).keys()).find(fits)

  function fits(column: number): boolean {
    const title = rawCell(titles, column)
    const cells = filledCells(below, column)
    // The column directly after the techniques usually has their names.
    if (except.includes(column) || except.includes(column - 1) || cells.length === 0) return false
    if (describesTechniques(title) || isProse(below, column) || isRowCount(below, column)) return false
    const role = meaningOf(title)?.role
    if (role !== undefined && role !== 'capability' && role !== 'name') return false
    return cells.some((cell) => !isCross(cell) && !/^[\d.,%+-]+$/.test(cell))
  }
}
