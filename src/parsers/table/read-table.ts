import type { Report } from '../../diagnostics/diagnostic.js'
import type { ColumnReading } from '../parser.js'
import { columnLetters } from '../../formats/places.js'
import { stated } from '../../model/stated.js'
import { createCapabilityColumns } from './capability-cells.js'
import { fieldOfRole } from './column-roles.js'
import type { View } from './column-views.js'
import { type BlankHints, createSheetReader, fillDown, type FilledSheet } from './sheet-reader.js'
import type { FoundTable } from './find-table.js'
import type { Columns } from './match-columns.js'
import { frameworkNamed } from './described-sets.js'
import { isOwnTable } from './own-table.js'
import { readRow, type TableRow } from './read-row.js'
import { reportUnknownColumns } from './report-columns.js'
import { checkIds } from './spoilt-ids.js'
import type { TechniqueColumns } from './technique-columns.js'

/** How the rows of a table are read. */
export interface TableReading {
  readonly document: string
  readonly report: Report
  /** Blank cells mean "as above". */
  readonly fillDown: boolean
  /** What separates several capabilities in a cell, as the user states it. */
  readonly separator?: string
  readonly techniques: TechniqueColumns
  /** Cells have apostrophes before formulas, by the table's metadata. Without it, a table of Crosswalk's shows it itself. */
  readonly formulasEscaped?: boolean
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
  const blankHints = isLaidOut ? { capability: noMark, technique: noMark } : adviseFilling(reading.fillDown ? undefined : filled)
  const ids = isOwn ? { sheet: completed, left: new Set<number>() } : checkIds(completed, header, document, report)
  const reader = createSheetReader(document, ids.sheet, columns, report, blankHints)
  reportUnknownColumns(reader, header.row, report)
  const capabilities = createCapabilityColumns(ids.sheet, header.row, reading.separator, document, report)
  const named = frameworkNamed(source.rows[header.row]?.[columns.byRole.get('capability') ?? columns.byRole.get('name') ?? -1] ?? '', source.name)
  const titles = sheet.rows[header.row]?.join('\n')
  const rows: TableRow[] = []
  for (let row = header.row + 1; row < ids.sheet.rows.length; row += 1) {
    const cells = ids.sheet.rows[row] ?? []
    if (cells.every((cell) => cell.trim() === '') || ids.left.has(row)) continue
    // Printed or concatenated tables repeat their titles.
    if (titles !== undefined && cells.join('\n') === titles) continue
    for (const view of chooseViews(columns, cells)) {
      const read = readRow(row, columns.views.length > 1 ? reader.view(view) : reader, {
        isOwn, capabilities, techniques: reading.techniques, ...stated({ named }),
      })
      if (read) rows.push(read)
    }
  }
  reader.reportCounts()
  capabilities.report()
  return rows
}

const noMark = 'No cell of the row is a cross, a count or a score.'

function adviseFilling(filled: FilledSheet | undefined): BlankHints {
  if (!filled || filled.count === 0) return {}
  const rows = filled.count === 1 ? '1 row' : `${filled.count} rows`
  return { [filled.lacked]: `If a blank cell means "as above", add --fill-down: it completes ${rows}.` }
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
  return column !== undefined && !nothing.test((cells[column] ?? '').trim())
}

/** Blank cells, and placeholders for them. */
const nothing = /^(?:|n\/?a|none|null|nan|nil|-+|–|—|\[\])$/i

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
    const title = (titles[column] ?? '').trim()
    const taken = columns.taken.get(column)
    if (!taken && title === '') return []
    const field = taken && (taken.role === 'derived' ? 'looked up again' : fieldOfRole(taken.role))
    return [{
      sheet: source.name,
      column: sheet === source ? columnLetters(column) : '',
      title,
      field: field ?? 'not read',
      why: taken?.why ?? 'its title is not known, or another column is this field',
      ...stated({ cells: counts.get(column) }),
    }]
  })
}
