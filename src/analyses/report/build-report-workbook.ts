import type { Report } from '../../diagnostics/diagnostic.js'
import { createCellTexts, sanitiseCell } from '../../emitters/table/cell-text.js'
import { reportUnlinked } from '../../emitters/xlsx/excel-cells.js'
import type { ColumnFormat, PageLine, PageSheet, TableSheet, Workbook, WorkbookColumn } from '../../emitters/xlsx/workbook.js'
import { readDate } from '../../model/stated.js'
import { tool } from '../../model/tool.js'
import { type AnalysisReport, type ColumnKind, pickColumns, type ReportColumn, type ReportFact, type ReportTable } from './analysis-report.js'

/** Where no date is stated: the first that a zip archive can hold. */
const epoch = '1980-01-01'
const longestTitle = 200
const mostLines = 12

/** A report as a workbook: a page with what must be known of it, then a sheet per table, also of those without rows. */
export function buildReportWorkbook(analysis: AnalysisReport, report: Report): Workbook {
  const tables = reportSheets(analysis, report)
  const date = (analysis.date === undefined ? undefined : readDate(analysis.date)) ?? epoch
  return {
    title: cleanText(analysis.title).slice(0, longestTitle).replace(/[\uD800-\uDBFF]$/, ''),
    creator: `${tool.name} ${tool.version}`,
    created: date,
    modified: date,
    sheets: [pageSheet(analysis), ...tables],
    tones: analysis.legend.map(({ word, tone }) => ({ word, tone })),
  }
}

/** A report's tables as sheets, with texts that Excel can hold; what had to be changed is reported. */
export function reportSheets(analysis: AnalysisReport, report: Report): readonly TableSheet[] {
  const tables = cleanTables(analysis, 'Excel', report).map(tableSheet)
  for (const table of tables) reportUnlinked(table, report)
  return tables
}

function pageSheet({ title, about, counts, facts, legend, tables }: AnalysisReport): PageSheet {
  const lines: readonly PageLine[] = [
    line('title', title),
    ...about.map((sentence) => line('text', sentence)),
    ...factBlock('Counts', counts),
    ...factBlock('Facts', facts),
    line('blank'),
    line('heading', 'Sheets'),
    ...tables.map((table) => line('line', table.title, table.rows.length, table.about)),
    ...(legend.length === 0 ? [] : [line('blank'), line('heading', 'Legend')]),
    ...legend.map(({ word, meaning }) => line('swatch', word, meaning)),
    ...tables.flatMap(columnBlock),
  ]
  return { layout: 'page', name: 'Read me', widths: [42, 60, 60], lines }
}

function factBlock(heading: string, facts: readonly ReportFact[]): readonly PageLine[] {
  if (facts.length === 0) return []
  return [line('blank'), line('heading', heading), ...facts.map(({ label, value }) => line('line', label, value))]
}

function columnBlock({ title, columns }: ReportTable): readonly PageLine[] {
  const described = columns.filter(({ holds, only }) => holds !== undefined && only !== 'text')
  if (described.length === 0) return []
  const lines = described.map((column) => line('line', column.title, column.holds))
  return [line('blank'), line('heading', `Columns of the sheet ${title}`), ...lines]
}

function line(kind: PageLine['kind'], ...cells: readonly (string | number | undefined)[]): PageLine {
  return { kind, cells: cells.map((cell) => (typeof cell === 'string' ? cleanText(cell) : (cell ?? null))) }
}

/** Titles and facts are short: what is changed in them is not worth a message. */
function cleanText(text: string): string {
  return sanitiseCell(text).text || '\uFFFD'
}

function tableSheet(table: ReportTable): TableSheet {
  const ids = table.columns.findIndex(({ kind }) => kind !== 'id' && kind !== 'change')
  return {
    layout: 'table',
    name: table.title,
    table: table.name.replaceAll(/(?:^|-)([a-z])/g, (_match, letter: string) => letter.toUpperCase()),
    columns: table.columns.map((column, index) => workbookColumn(column, table, index)),
    // The columns that say which row it is stay in sight.
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
  // The filter's button takes room of the title.
  const width = kind === 'share' ? widest.share : Math.min(widest[kind], Math.max(longest + 2, title.length + 4))
  return { title, width, format: formats[kind], ...(digits !== undefined && { digits }) }
}

/**
 * A report's tables as files have them, with texts that cells of CSV and Excel can hold. What had to be changed is reported as
 * `emit/text-adjusted`.
 */
export function cleanTables({ tables }: AnalysisReport, artifact: string, report: Report): readonly ReportTable[] {
  const texts = createCellTexts(artifact)
  const clean = tables.map((table) => pickColumns(table, 'files')).map((table): ReportTable => ({
    ...table,
    ...(table.about !== undefined && { about: texts.clean(table.about, table.title) }),
    columns: table.columns.map((column) => ({ ...column, title: texts.clean(column.title, table.title) })),
    rows: table.rows.map((row) => row.map((cell, index) =>
      (typeof cell === 'string' ? texts.clean(cell, `${table.title}, ${table.columns[index]?.title ?? ''}`) : cell))),
  }))
  texts.report(report)
  return clean
}
