import { tableColumns, type TableRow } from '../table/table-columns.js'
import type { CsvOptions } from './csv-options.js'

const formulaStart = /^[=+\-@\t\r]/

/** RFC 4180: a header, CRLF after each record, quotes where needed; UTF-8. */
export async function renderCsv(rows: readonly TableRow[], options: CsvOptions): Promise<Uint8Array> {
  // The browser build needs no Buffer, so that it runs everywhere; it is one file, and loads faster too.
  const { stringify } = await import('csv-stringify/browser/esm/sync')
  const names = tableColumns.map(({ name }) => name)
  const records = rows.map((row) => names.map((name) => escapeFormula(row[name] ?? '', options['csv-escape-formulas'])))
  const text = stringify([names, ...records], {
    record_delimiter: '\r\n',
    // Records end in CRLF, but a bare LF or CR inside a cell would break the record as well.
    quoted_match: /[\r\n]/,
  })
  return new TextEncoder().encode(options['csv-bom'] ? `\uFEFF${text}` : text)
}

/** The way that OWASP's page "CSV Injection" recommends. */
function escapeFormula(cell: string, escape: boolean): string {
  return escape && formulaStart.test(cell) ? `'${cell}` : cell
}
