import type { Report } from '../../diagnostics/diagnostic.js'
import { neutraliseJson, plainPalette } from '../../diagnostics/reporters/terminal-text.js'
import type { Artifact } from '../../emitters/emitter.js'
import { cleanTables, sanitiseCell } from '../../emitters/table/cell-text.js'
import { forSpreadsheets, renderRecords } from '../../emitters/table/render-records.js'
import { reportSheets } from '../../emitters/xlsx/report-sheets.js'
import { earliestDate, longestTitle, type PageLine, type PageSheet, type Workbook } from '../../emitters/xlsx/workbook.js'
import type { ReportTable } from '../../model/report-table.js'
import { readDate } from '../../model/stated.js'
import { cutText } from '../../model/text.js'
import { tool } from '../../model/tool.js'
import type { AnalysisReport, ReportFact } from './analysis-report.js'
import { renderReportText } from './render-report-text.js'

/** The formats that every report has; layers depend on the analysis. */
export const reportFormats = ['text', 'json', 'csv', 'xlsx'] as const
export type ReportFormat = (typeof reportFormats)[number]

/** The width of text files, independent of the terminal. */
const fileWidth = 120

/**
 * The artifacts of a report in a format: one, or one per table for CSV. `writeArtifacts` validates each by its schema before it
 * writes it.
 */
export function reportArtifacts(analysis: AnalysisReport, format: ReportFormat, report: Report): readonly Artifact[] {
  const base = `${analysis.baseName}.${analysis.kind}`
  const counts = Object.fromEntries(analysis.tables.map(({ name, rows }) => [name, rows.length]))
  const whole = { emitter: analysis.kind, schema: analysis.schema, value: analysis.value, counts }
  if (format === 'text') {
    const look = { width: fileWidth, palette: plainPalette }
    return [{ ...whole, name: `${base}.txt`, render: () => encode(renderReportText(analysis, look)) }]
  }
  if (format === 'json') return [{ ...whole, name: `${base}.json`, render: () => encode(renderReportJson(analysis)) }]
  if (format === 'csv') {
    return cleanTables(analysis.tables, 'CSV', report).map((table) => ({
      name: `${base}.${table.name}.csv`,
      emitter: analysis.kind,
      schema: 'report-table',
      value: table,
      counts: { rows: table.rows.length },
      render: () => renderReportCsv(table),
    }))
  }
  const workbook = buildReportWorkbook(analysis, report)
  return [{
    name: `${base}.xlsx`,
    emitter: analysis.kind,
    schema: 'report-workbook',
    value: workbook,
    counts,
    render: async () => (await import('../../emitters/xlsx/render-workbook.js')).renderWorkbook(workbook),
  }]
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

/** A cleaned table as CSV (RFC 4180): a header of column keys, then a record for each row; blanks are empty, numbers unrounded. */
async function renderReportCsv({ columns, rows }: ReportTable): Promise<Uint8Array> {
  const records = rows.map((row) => row.map((cell) => (cell === null ? '' : String(cell))))
  return renderRecords([columns.map(({ key }) => key), ...records], forSpreadsheets)
}

/** A report's JSON form, indented, with terminal control characters escaped. */
function renderReportJson({ value }: Pick<AnalysisReport, 'value'>): string {
  return neutraliseJson(`${JSON.stringify(value, null, 2)}\n`)
}

/** A report as a workbook: a sheet that explains it, then a sheet for each table, even without rows. */
function buildReportWorkbook(analysis: AnalysisReport, report: Report): Workbook {
  const tables = reportSheets(analysis.tables, report)
  const date = (analysis.date === undefined ? undefined : readDate(analysis.date)) ?? earliestDate
  return {
    title: cutText(cleanText(analysis.title), longestTitle),
    creator: `${tool.name} ${tool.version}`,
    created: date,
    modified: date,
    sheets: [pageSheet(analysis), ...tables],
    tones: analysis.legend.map(({ word, tone }) => ({ word, tone })),
  }
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
  const described = columns.filter(({ content, only }) => content !== undefined && only !== 'text')
  if (described.length === 0) return []
  const lines = described.map((column) => line('line', column.title, column.content))
  return [line('blank'), line('heading', `Columns of the sheet ${title}`), ...lines]
}

function line(kind: PageLine['kind'], ...cells: readonly (string | number | undefined)[]): PageLine {
  return { kind, cells: cells.map((cell) => (typeof cell === 'string' ? cleanText(cell) : (cell ?? null))) }
}

/** Titles and facts are short texts: changes to them are not reported. */
function cleanText(text: string): string {
  return sanitiseCell(text).text || '\uFFFD'
}
