import { neutraliseJson } from '../diagnostics/reporters/neutralise.js'
import { mendHalves } from '../emitters/ctid-document/mend-halves.js'
import type { AnalysisReport } from './analysis-report.js'

/** A report as JSON: its value, indented, with nothing in it that a terminal acts on. */
export function renderReportJson({ value }: Pick<AnalysisReport, 'value'>): string {
  return neutraliseJson(`${JSON.stringify(mendHalves(value).value, null, 2)}\n`)
}
