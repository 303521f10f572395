import type { Report } from '../../diagnostics/diagnostic.js'
import { neutraliseJson, plainPalette } from '../../diagnostics/reporters/terminal-text.js'
import type { Artifact } from '../../emitters/emitter.js'
import { cleanTables } from '../../emitters/table/cell-text.js'
import { renderRecords } from '../../emitters/table/render-records.js'
import type { ReportTable } from '../../model/report-table.js'
import type { AnalysisReport } from './analysis-report.js'
import { buildReportWorkbook } from './build-report-workbook.js'
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
  return renderRecords([columns.map(({ key }) => key), ...records], { bom: false, escapeFormulas: false })
}

/** A report's JSON form, indented, with terminal control characters escaped. */
function renderReportJson({ value }: Pick<AnalysisReport, 'value'>): string {
  return neutraliseJson(`${JSON.stringify(value, null, 2)}\n`)
}
