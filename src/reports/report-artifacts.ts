import { plainPalette } from '../diagnostics/reporters/palette.js'
import type { Report } from '../diagnostics/diagnostic.js'
import type { Artifact } from '../emitters/artifact.js'
import type { AnalysisReport } from './analysis-report.js'
import { buildReportWorkbook } from './build-report-workbook.js'
import { cleanTables } from './clean-tables.js'
import { renderReportCsv } from './render-report-csv.js'
import { renderReportJson } from './render-report-json.js'
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
    render: async () => (await import('../emitters/xlsx/render-workbook.js')).renderWorkbook(workbook),
  }]
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}
