import { againstLegend, againstTables } from '../../coverage/against-table.js'
import { coverAgainst } from '../../coverage/cover-against.js'
import { labelSets } from '../../coverage/cover-set.js'
import type { CoverageScopes } from '../../coverage/unite-coverage.js'
import type { Report } from '../../diagnostics/diagnostic.js'
import type { ResolvedSet } from '../../model/mapping-set.js'
import type { ColumnKind, LegendEntry, ReportColumn, ReportTable } from '../../model/report-table.js'
import type { EmitContext } from '../emitter.js'
import { cleanTables } from '../table/cell-text.js'
import { reportUnlinked } from './excel-cells.js'
import type { CellValue, ColumnFormat, ListedTable, WorkbookColumn } from './workbook.js'

const mostLines = 12

/** Report tables as sheets, including those without rows. Texts that Excel cannot contain are adjusted and reported. */
export function reportSheets(tables: readonly ReportTable[], report: Report): readonly ListedTable[] {
  const sheets = cleanTables(tables, 'Excel', report).map(tableSheet)
  for (const sheet of sheets) reportUnlinked(sheet, report)
  return sheets
}

function tableSheet(table: ReportTable): ListedTable {
  const ids = table.columns.findIndex(({ kind }) => kind !== 'id' && kind !== 'change')
  return {
    layout: 'table',
    name: table.title,
    table: table.name.replaceAll(/(?:^|-)([a-z])/g, (_match, letter: string) => letter.toUpperCase()),
    columns: table.columns.map((column, index) => workbookColumn(column, table, index)),
    // The columns that identify a row are frozen.
    frozenColumns: Math.min(2, Math.max(0, ids)),
    paper: 'a4',
    mostLines,
    rows: table.rows,
  }
}

const formats: Readonly<Record<ColumnKind, ColumnFormat>> = {
  text: 'wrapped', number: 'decimal', share: 'share', id: 'wrapped', url: 'url', change: 'tone',
}
const widest: Readonly<Record<ColumnKind, number>> = { text: 60, number: 14, share: 24, id: 34, url: 46, change: 16 }

function workbookColumn({ title, kind, digits }: ReportColumn, { rows }: ReportTable, index: number): WorkbookColumn {
  const longest = rows.reduce((most, row) =>
    String(row[index] ?? '').split('\n').reduce((longestLine, text) => Math.max(longestLine, text.length), most), 0)
  // The filter button takes some of the title's width.
  const width = kind === 'share' ? widest.share : Math.min(widest[kind], Math.max(longest + 2, title.length + 4))
  return { title, width, format: formats[kind], ...(digits !== undefined && { digits }) }
}

/** The sheets of extra tables, each with a description, and the legend of their colours. */
export interface ExtraSheets {
  readonly sheets: readonly { readonly sheet: ListedTable; readonly about: string }[]
  readonly legend: readonly LegendEntry[]
}

/**
 * The extra tables of sets as sheets. In a combined workbook the tables of one title share a sheet, whose first column names the set
 * of each row.
 */
export function extraSheets(
  sets: readonly ResolvedSet[], { extraTables, combined, report }: Pick<EmitContext, 'extraTables' | 'combined' | 'report'>,
): ExtraSheets {
  const all = labelSets(sets.map((set) => ({ folder: '', set }))).flatMap(({ label, set }) => {
    const extra = extraTables?.get(set)
    return extra ? [{ label, extra, sheets: reportSheets(extra.tables, report) }] : []
  })
  const abouts = new Map(all.flatMap(({ extra }) => extra.tables).map(({ title, about }) => [title, about ?? title]))
  const words = new Map(all.flatMap(({ extra }) => extra.legend).map((entry) => [entry.word, entry]))
  const sheets = sets.length === 1 && combined !== true ? all.flatMap((one) => one.sheets) : joinAll(all)
  return { sheets: sheets.map((sheet) => ({ sheet, about: abouts.get(sheet.name) ?? sheet.name })), legend: [...words.values()] }
}

/** A sheet for each adversary of the run: its techniques, and what covers them. */
export function againstSheets(scopes: CoverageScopes, { against, report }: Pick<EmitContext, 'against' | 'report'>): ExtraSheets {
  const covered = against ? coverAgainst(scopes, against) : []
  const tables = againstTables(covered)
  const sheets = reportSheets(tables, report).map((sheet, index) => ({ sheet, about: tables[index]?.about ?? sheet.name }))
  return { sheets, legend: againstLegend(covered) }
}

/** Both together. */
export function joinExtra(one: ExtraSheets, other: ExtraSheets): ExtraSheets {
  return { sheets: [...one.sheets, ...other.sheets], legend: [...one.legend, ...other.legend] }
}

/** The sheets of a set, and the set's name among the others. */
interface LabelledSheets {
  readonly label: string
  readonly sheets: readonly ListedTable[]
}

function joinAll(all: readonly LabelledSheets[]): readonly ListedTable[] {
  const names = new Set(all.flatMap(({ sheets }) => sheets).map(({ name }) => name))
  return Array.from(names).flatMap((name) => joinSheets(name, all) ?? [])
}

function joinSheets(name: string, all: readonly LabelledSheets[]): ListedTable | undefined {
  const found = all.flatMap(({ label, sheets }) => sheets.filter((sheet) => sheet.name === name).map((sheet) => ({ label, sheet })))
  const [first] = found
  if (!first) return undefined
  const columns = joinColumns(found.map(({ sheet }) => sheet))
  return {
    ...first.sheet,
    columns: [setColumn(found.map(({ label }) => label)), ...columns],
    frozenColumns: first.sheet.frozenColumns + 1,
    rows: found.flatMap(({ label, sheet }) => alignRows(sheet, columns).map((row) => [label, ...row])),
  }
}

function setColumn(labels: readonly string[]): WorkbookColumn {
  const longest = labels.reduce((most, { length }) => Math.max(most, length), 0)
  return { title: 'Set', width: Math.min(30, Math.max(10, longest + 2)), format: 'wrapped' }
}

/** The columns of all sheets, by title, each with its greatest width. */
function joinColumns(sheets: readonly ListedTable[]): readonly WorkbookColumn[] {
  const columns = new Map<string, WorkbookColumn>()
  for (const column of sheets.flatMap((sheet) => sheet.columns)) {
    const known = columns.get(column.title)
    columns.set(column.title, known && known.width >= column.width ? known : column)
  }
  return [...columns.values()]
}

function alignRows({ columns, rows }: ListedTable, wanted: readonly WorkbookColumn[]): readonly (readonly CellValue[])[] {
  const indexes = wanted.map(({ title }) => columns.findIndex((column) => column.title === title))
  return rows.map((row) => indexes.map((index) => row[index] ?? null))
}
