import type { Report } from '../diagnostics/diagnostic.js'
import { createCellTexts } from '../emitters/table/cell-text.js'
import type { AnalysisReport, ReportTable } from './analysis-report.js'
import { pickColumns } from './pick-columns.js'

/**
 * A report's tables as files have them, with texts that cells of CSV and Excel can hold. What had to be changed is reported as
 * `emit/text-adjusted`.
 */
export function cleanTables({ tables }: AnalysisReport, artefact: string, report: Report): readonly ReportTable[] {
  const texts = createCellTexts(artefact)
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
