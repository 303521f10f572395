import type { Report } from '../../diagnostics/diagnostic.js'
import { sanitiseCell } from '../../emitters/table/cell-text.js'
import { reportSheets } from '../../emitters/xlsx/report-sheets.js'
import { earliestDate, longestTitle, type PageLine, type PageSheet, type Workbook } from '../../emitters/xlsx/workbook.js'
import type { ReportTable } from '../../model/report-table.js'
import { readDate } from '../../model/stated.js'
import { tool } from '../../model/tool.js'
import { cutText } from '../../model/text.js'
import type { AnalysisReport, ReportFact } from './analysis-report.js'

/** A report as a workbook: a sheet that explains it, then a sheet for each table, even without rows. */
export function buildReportWorkbook(analysis: AnalysisReport, report: Report): Workbook {
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
