import type { Report } from '../../diagnostics/diagnostic.js'
import type { TableSheet } from '../../formats/decoded.js'
import type { ColumnReading, ParseContext } from '../parser.js'
import { columnLetters } from '../../formats/places.js'
import { shareOfMany } from '../../model/share-parts.js'
import { stated } from '../../model/stated.js'
import type { AskedColumn } from './asked-columns.js'
import { createCapabilityColumns } from './capability-cells.js'
import { fieldOfRole } from './column-roles.js'
import type { View } from './column-views.js'
import { type BlankHints, createSheetReader, fillDown, type FilledSheet, isNothing } from './sheet-reader.js'
import { SAMPLED_ROWS } from './find-header.js'
import { findTable, type FoundTable, isOwnTable } from './find-table.js'
import type { Columns } from './match-columns.js'
import { frameworkNamed } from './described-sets.js'
import { isCross } from './matrix-marks.js'
import { readRow, type TableRow } from './read-row.js'
import { reportUnknownColumns, type TryOption } from './report-columns.js'
import { checkIds } from './spoilt-ids.js'
import { shareFacts } from './stated-facts.js'
import { createTechniqueColumns, type TechniqueColumns } from './technique-columns.js'
import { filledCells, rawCell, trimmedCell } from './cells.js'

/** How the rows of a table are read. */
export interface TableReading {
  readonly document: string
  readonly report: Report
  /** Blank cells mean "as above". */
  readonly fillDown: boolean
  /** What separates several capabilities in a cell, as the user states it. */
  readonly separator?: string
  readonly techniques: TechniqueColumns
  readonly check?: ParseContext['check']
  /** Cells have apostrophes before formulas, by the table's metadata. Without it, a table of Crosswalk's shows it itself. */
  readonly formulasEscaped?: boolean
  /** The columns that the user names. Absent if the reading is only a trial, which nothing is proposed in. */
  readonly asked?: readonly AskedColumn[]
}

/** Whether a table has a column of techniques: others are of ATT&CK groups. */
export function mapsTechniques({ header: { columns: { byRole, relations } } }: FoundTable): boolean {
  return byRole.has('technique') || byRole.has('subtechnique') || relations.length > 0
}

/** Reads the rows of a table, and reports what is not read: columns, rows and cells, with their places. */
export function readTable(table: FoundTable, { document, report, ...reading }: TableReading): readonly TableRow[] {
  const { header, source, remarks } = table
  const { columns } = header
  if (!mapsTechniques(table)) {
    const count = source.rows.slice(header.row + 1).filter((row) => row.length > 0).length
    const origin = { document, place: source.place(Math.max(header.row, 0), columns.byRole.get('attackGroup') ?? 0) }
    report('parse/not-techniques', { origin, count, found: 'a column of ATT&CK groups, and no column of techniques' })
    return []
  }
  for (const { code, row, column, details } of remarks) report(code, { origin: { document, place: source.place(row, column) }, ...details })
  const isOwn = isOwnTable(table.sheet, header)
  const sheet = reading.formulasEscaped ?? (isOwn && isEscaped(table.sheet)) ? withoutEscapes(table.sheet) : table.sheet
  const filled = isOwn ? { sheet, count: 0, lacked: 'capability' } as const : fillDown(sheet, header)
  const completed = reading.fillDown ? filled.sheet : sheet
  const isLaidOut = table.sheet !== source
  const advised = isLaidOut || reading.fillDown || reading.asked === undefined ? undefined : { asked: reading.asked, filled }
  const blankHints = isLaidOut ? adviseMarking(columns) : adviseFilling(table, advised)
  const ids = isOwn ? { sheet: completed, left: new Set<number>() } : checkIds(completed, header, document, report)
  const reader = createSheetReader(document, ids.sheet, columns, report, blankHints)
  if (reading.asked) {
    reportUnknownColumns(reader, header.row, report, isLaidOut ? () => undefined : createTrials(table, reading.asked))
    reportCrosses(table, reading.asked, document, report)
  }
  const capabilities = createCapabilityColumns(ids.sheet, header.row, reading.separator, document, report)
  const named = frameworkNamed(rawCell(source.rows[header.row], capabilityOf(columns.byRole)), source.name)
  const titles = sheet.rows[header.row]?.join('\n')
  const rows: TableRow[] = []
  const how = { isOwn, capabilities, techniques: reading.techniques, ...stated({ named, check: reading.check }), share: shareFacts() }
  const share = shareOfMany(ids.sheet.rows.length)
  for (let row = header.row + 1; row < ids.sheet.rows.length; row += 1) {
    const cells = ids.sheet.rows[row] ?? []
    if (cells.every((cell) => cell.trim() === '') || ids.left.has(row)) continue
    // Printed or concatenated tables repeat their titles.
    if (titles !== undefined && cells.join('\n') === titles) continue
    for (const view of chooseViews(columns, cells)) {
      const read = readRow(row, columns.views.length > 1 ? reader.view(view) : reader, how)
      if (!read) continue
      read.mappings.forEach(share)
      rows.push(read)
    }
  }
  reader.reportCounts()
  capabilities.report()
  return rows
}

/** What a row of a matrix without a mark lacks: what the titles are. */
function adviseMarking({ byRole }: Columns): BlankHints {
  const titled = (byRole.get('capability') ?? 0) > (byRole.get('technique') ?? 0) ? 'capability' : 'technique'
  return { [titled]: 'No cell of the row is a cross, a count or a score.' }
}

/** What blank cells may mean, as far as a trial shows that `--fill-down` completes rows. */
function adviseFilling(
  { source, isName }: FoundTable, advised: { readonly asked: readonly AskedColumn[]; readonly filled: FilledSheet } | undefined,
): BlankHints {
  if (!advised || advised.filled.count === 0) return {}
  const { asked, filled: { lacked } } = advised
  const count = tryReading(source, asked, true, isName).rows - tryReading(source, asked, false, isName).rows
  if (count <= 0) return {}
  return { [lacked]: `If a blank cell means "as above", add --fill-down: it completes ${count === 1 ? '1 row' : `${count} rows`}.` }
}

/** What reading a sheet with these columns gives. */
interface Trial {
  /** Rows with a mapping. */
  readonly rows: number
  readonly mappings: number
  readonly header?: FoundTable['header']
}

/** Reads a sheet with these columns, and reports nothing: proposals are tried before they are made. */
export function tryReading(
  source: TableSheet, asked: readonly AskedColumn[], isFilled: boolean, isName?: FoundTable['isName'],
): Trial {
  const table = findTable(source, asked, isName)
  if (!table) return { rows: 0, mappings: 0 }
  const rows = readTable(table, {
    document: '', report: () => undefined, techniques: createTechniqueColumns(undefined, {}), fillDown: isFilled, formulasEscaped: false,
  })
  const counts = rows.map(({ mappings }) => mappings.filter(({ kind }) => kind === 'mapped').length).filter((count) => count > 0)
  return { rows: counts.length, mappings: counts.reduce((sum, count) => sum + count, 0), header: table.header }
}

/** Tries options on the first rows: the new column is read, every other stays what it is, and there are no fewer mappings. */
function createTrials({ source, header, isName }: FoundTable, asked: readonly AskedColumn[]): TryOption {
  const sample = { ...source, rows: source.rows.slice(0, Math.max(header.row, 0) + 1 + SAMPLED_ROWS) }
  let before: Trial | undefined
  return (added, column) => {
    before ??= tryReading(sample, asked, false, isName)
    const all = [...asked, ...added.filter(({ role, title }) => !asked.some((one) => one.role === role && one.title === title))]
    const after = tryReading(sample, all, false, isName)
    const isRead = after.header?.row === header.row && after.header.columns.taken.has(column)
    const keeps = Array.from(header.columns.taken).every(([one, { role }]) => after.header?.columns.taken.get(one)?.role === role)
    const isTechnique = added.some(({ role }) => role === 'technique')
    const gains = isTechnique ? after.mappings > before.mappings : after.mappings >= before.mappings
    return isRead && keeps && gains ? all : undefined
  }
}

/** Reports a column of crosses that the user names as the capability: the table is a matrix, and its crosses name nothing. */
function reportCrosses({ source, header }: FoundTable, asked: readonly AskedColumn[], document: string, report: Report): void {
  const column = asked.some(({ role }) => role === 'capability') ? header.columns.byRole.get('capability') : undefined
  if (column === undefined) return
  const cells = filledCells(source.rows.slice(header.row + 1), column)
  if (cells.length === 0 || !cells.every(isCross)) return
  const title = trimmedCell(source.rows[header.row], column) || columnLetters(column)
  const isMatrix = tryReading(source, [], false).mappings > 0
  report('parse/unknown-value', {
    message: `The column "${title.slice(0, 80)}", which --columns names as the capability, has crosses and names none`,
    origin: { document, place: source.place(Math.max(header.row, 0), column) },
    found: [...new Set(cells)].slice(0, 4).map((cell) => `"${cell}"`).join(', '),
    expected: 'names or ids of capabilities',
    ...(isMatrix && { hint: 'Without --columns the table is read as a matrix, whose titles are the capabilities.' }),
  })
}

/** The ways to read a row whose cells have text, so that each cell of a capability or technique is read; at least one. */
function chooseViews({ views, byRole }: Columns, cells: readonly string[]): readonly View[] {
  if (views.length < 2) return [byRole]
  const has = (column: number | undefined): boolean => hasText(cells, column)
  const techniqueOf = (view: View): number | undefined => (
    [view.get('subtechnique'), view.get('technique')].find((column) => has(column))
  )
  const chosen = views.filter((view) => has(capabilityOf(view)) && techniqueOf(view) !== undefined)
  for (const view of views) {
    const columns = [capabilityOf(view), techniqueOf(view)].filter((column) => has(column))
    const read = new Set(chosen.flatMap((other) => [capabilityOf(other), techniqueOf(other)]))
    if (columns.length > 0 && !columns.every((column) => read.has(column))) chosen.push(view)
  }
  return chosen.length > 0 ? chosen : views.slice(0, 1)
}

function capabilityOf(view: View): number | undefined {
  return view.get('capability') ?? view.get('name')
}

function hasText(cells: readonly string[], column: number | undefined): boolean {
  return !isNothing(rawCell(cells, column))
}

/** Whether cells that begin like formulas have apostrophes, and none is without: Crosswalk writes both kinds into no file. */
function isEscaped({ rows }: FoundTable['sheet']): boolean {
  return rows.some((row) => row.some((cell) => /^'+[=+\-@\t\r]/.test(cell))) && !rows.some((row) => row.some((cell) => /^[=+\-@\t\r]/.test(cell)))
}

/** The sheet without the apostrophes that Crosswalk puts before cells that a spreadsheet would run as formulas. */
function withoutEscapes(sheet: FoundTable['sheet']): FoundTable['sheet'] {
  return { ...sheet, rows: sheet.rows.map((row) => row.map((cell) => (/^'+[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell))) }
}

/**
 * Which column of a table is read as which field, and why, in the order of the columns; and how the cells of techniques, if they
 * were read, were understood.
 */
export function explainColumns(
  { sheet, source, header: { row, columns } }: FoundTable, counts: TechniqueColumns['counts'],
): readonly ColumnReading[] {
  const titles = sheet.rows[row] ?? []
  const all = new Set([...titles.keys(), ...columns.taken.keys()])
  return Array.from(all).toSorted((a, b) => a - b).flatMap((column) => {
    const title = trimmedCell(titles, column)
    const taken = columns.taken.get(column)
    if (!taken && title === '') return []
    const field = taken && (taken.role === 'derived' ? 'looked up again' : fieldOfRole(taken.role))
    return [{
      sheet: source.name,
      column: sheet === source ? columnLetters(column) : '',
      title,
      field: field ?? 'not read',
      why: taken?.why ?? 'its title is not known or maps nothing, or another column is this field',
      ...stated({ cells: counts.get(column) }),
    }]
  })
}
