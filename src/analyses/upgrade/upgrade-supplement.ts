import type { Report } from '../../diagnostics/diagnostic.js'
import type { WorkbookSupplement } from '../../emitters/xlsx/workbook.js'
import type { AnalysisReport } from '../../reports/analysis-report.js'
import { reportSheets } from '../../reports/build-report-workbook.js'

/** The change report as sheets of the upgraded set's workbook, so that an auditor has one workbook. */
export function upgradeSupplement(analysis: AnalysisReport, report: Report): WorkbookSupplement {
  const abouts = new Map(analysis.tables.map(({ title, about }) => [title, about]))
  return {
    sheets: reportSheets(analysis, report).map((sheet) => ({ sheet, about: abouts.get(sheet.name) ?? analysis.title })),
    words: analysis.legend,
  }
}
