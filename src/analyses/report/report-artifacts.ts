import type { Report } from '../../diagnostics/diagnostic.js'
import { neutraliseJson, plainPalette } from '../../diagnostics/reporters/terminal-text.js'
import type { Artifact } from '../../emitters/emitter.js'
import { renderRecords } from '../../emitters/table/render-records.js'
import { mendHalves } from '../../model/mend-text.js'
import type { AnalysisReport, ReportTable } from './analysis-report.js'
import { buildReportWorkbook, cleanTables } from './build-report-workbook.js'
import { renderReportText } from './render-report-text.js'

/** What a report can be made into; layers are of the analysis. */
export const reportFormats = ['text', 'json', 'csv', 'xlsx'] as const
export type ReportFormat = (typeof reportFormats)[number]

/** Files are as wide as a page, whatever the terminal. */
const fileWidth = 120

/**
 * A report's files in a format: one, or with CSV one per table. Hand them to `writeArtifact`, which judges each by its schema
 * first.
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
    return cleanTables(analysis, 'CSV', report).map((table) => ({
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

/** A table as CSV (RFC 4180): the columns' keys, then a record a row; blanks are empty, numbers whole. Of a cleaned table. */
async function renderReportCsv({ columns, rows }: ReportTable): Promise<Uint8Array> {
  const records = rows.map((row) => row.map((cell) => (cell === null ? '' : String(cell))))
  return renderRecords([columns.map(({ key }) => key), ...records], { bom: false, escapeFormulas: false })
}

/** A report as JSON: its value, indented, with nothing in it that a terminal acts on. */
function renderReportJson({ value }: Pick<AnalysisReport, 'value'>): string {
  return neutraliseJson(`${JSON.stringify(mendHalves(value).value, null, 2)}\n`)
}
