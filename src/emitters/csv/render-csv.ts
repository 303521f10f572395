import { renderRecords } from '../table/render-records.js'
import { tableColumns, type TableRow } from '../table/table-columns.js'
import type { CsvOptions } from './csv-options.js'

/** The mapping table as CSV: a header, then a record a row. */
export async function renderCsv(rows: readonly TableRow[], options: CsvOptions): Promise<Uint8Array> {
  const names = tableColumns.map(({ name }) => name)
  const records = rows.map((row) => names.map((name) => row[name] ?? ''))
  return renderRecords([names, ...records], { bom: options['csv-bom'], escapeFormulas: options['csv-escape-formulas'] })
}
