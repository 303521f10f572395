import { renderRecords } from '../emitters/table/render-records.js'
import type { ReportTable } from './analysis-report.js'

/** A table as CSV (RFC 4180): the columns' keys, then a record a row; blanks are empty, numbers whole. Of a cleaned table. */
export async function renderReportCsv({ columns, rows }: ReportTable): Promise<Uint8Array> {
  const records = rows.map((row) => row.map((cell) => (cell === null ? '' : String(cell))))
  return renderRecords([columns.map(({ key }) => key), ...records], { bom: false, escapeFormulas: false })
}
