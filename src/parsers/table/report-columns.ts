import type { DiagnosticDetails, Report } from '../../diagnostics/diagnostic.js'
import type { TableSheet } from '../../formats/decoded.js'
import type { AskedColumn } from './asked-columns.js'
import { isTacticMatrix } from './attack-layout.js'
import { fieldOfRole, foldTitle, meaningOf, repeatable } from './column-roles.js'
import type { ColumnRole } from './column-titles.js'
import { isTechniqueList } from './column-contents.js'
import { SAMPLED_ROWS, searchedRows } from './find-header.js'
import { columnsOption } from './columns-option.js'
import type { SheetReader } from './sheet-reader.js'
import { findTechniques } from './split-cells.js'

/** Details of `parse/no-columns` for a sheet without a header: its first row, and what to do. `suggested`: options that were tried. */
export function explainMissingHeader(sheet: TableSheet, asked: readonly AskedColumn[], suggested: string | undefined): DiagnosticDetails {
  const first = sheet.rows.find((row) => row.length > 0) ?? []
  const where = sheet.name === '' ? 'the table' : `the sheet ${sheet.name}`
  const found = first.filter((cell) => cell.trim() !== '').slice(0, 8).map((cell) => `"${cell.slice(0, 40)}"`).join(', ')
  if (asked.length > 0) {
    return {
      message: `No row of ${where} has the columns that --columns names, or a capability or technique column is missing`,
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
    if (technique < 0 || !below.some((cells) => findTechniques(cells[technique] ?? '').length > 0)) continue
    return titles.some((title) => ['name', 'techniqueName'].includes(meaningOf(title)?.role ?? '')) ? ' with their names' : ''
  }
  return undefined
}

/** Most columns that are reported one by one; further ones are counted. */
const MOST_REPORTED = 50

/** Reports each column that has content and is not read. The untitled row numbers that pandas writes are ignored. */
export function reportUnknownColumns({ sheet, columns, document }: SheetReader, header: number, report: Report): void {
  const titles = sheet.rows[header] ?? []
  const width = sheet.rows.slice(header + 1).reduce((most, row) => Math.max(most, row.length), titles.length)
  const unknown = Array.from({ length: width }, (_, column) => column)
    .filter((column) => !columns.taken.has(column) && hasContent(sheet.rows, header, column, (titles[column] ?? '').trim() === ''))
  const sample = sheet.rows.slice(header + 1, header + 1 + SAMPLED_ROWS)

  for (const column of unknown.slice(0, MOST_REPORTED)) {
    const title = (titles[column] ?? '').trim()
    const option = suggestField({ sheet, columns, document }, header, column, sample)
    report('parse/unknown-column', {
      message: title === '' ? 'A column without a title was not read' : `The column "${title.slice(0, 80)}" was not read`,
      origin: { document, place: sheet.place(Math.max(header, 0), column) },
      ...(option !== undefined && { hint: option }),
    })
  }
  if (unknown.length <= MOST_REPORTED) return
  const place = sheet.place(Math.max(header, 0), unknown[MOST_REPORTED] ?? 0)
  const count = unknown.length - MOST_REPORTED
  report('parse/unknown-column', { message: 'Further columns were not read', origin: { document, place }, count })
}

/**
 * The option that reads a column: as techniques if it contains some, otherwise as comments. The columns that are read already are part
 * of it, so that none is replaced. Undefined if the title does not identify the column.
 */
function suggestField(
  { sheet, columns }: Pick<SheetReader, 'sheet' | 'columns' | 'document'>, header: number, column: number, sample: TableSheet['rows'],
): string | undefined {
  const titles = sheet.rows[header] ?? []
  const title = (titles[column] ?? '').trim()
  const isUnique = (one: string): boolean => one !== '' && titles.filter((other) => other.trim() === one).length === 1
  if (!isUnique(title) || title.includes('\n')) return undefined
  const role = chooseRole(title, column, columns, sample)
  const present = Array.from(columns.taken).filter(([, taken]) => taken.role === role).map(([one]) => (titles[one] ?? '').trim())
  if (!present.every(isUnique)) return undefined
  const option = columnsOption([...(repeatable.has(role) ? present : []), title].map((one) => [nameOfField(role), one] as const))
  return `If it contains a field of mappings, name the field: ${option}`
}

function chooseRole(title: string, column: number, { taken, relations }: SheetReader['columns'], sample: TableSheet['rows']): ColumnRole {
  if (relations.length === 0 && sample.some((row) => findTechniques(row[column] ?? '').length > 0)) return 'technique'
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
    const cell = (row[column] ?? '').trim()
    if (cell === '') continue
    if (!isIndex) return true
    isIndex = cell === String(counted) || cell === String(counted + 1)
    if (!isIndex) return true
    counted += 1
  }
  return false
}
