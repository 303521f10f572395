/** How CSV is to be written. */
export interface RecordOptions {
  /** A byte order mark first, by which Excel tells UTF-8. */
  readonly bom: boolean
  /** An apostrophe before what a spreadsheet would take for a formula. It changes the data. */
  readonly escapeFormulas: boolean
}

/** Also after apostrophes of the document's own, so that one can be removed without doubt when the table is read back. */
const formulaStart = /^'*[=+\-@\t\r]/

/** RFC 4180: CRLF after each record, the first of which is the header; quotes where needed; UTF-8. */
export async function renderRecords(
  records: readonly (readonly string[])[], { bom, escapeFormulas }: RecordOptions,
): Promise<Uint8Array> {
  // The browser build needs no Buffer, so that it runs everywhere; it is one file, and loads faster too.
  const { stringify } = await import('csv-stringify/browser/esm/sync')
  const text = stringify(records.map((record) => record.map((cell) => (escapeFormulas ? escapeFormula(cell) : cell))), {
    record_delimiter: '\r\n',
    // Records end in CRLF, but a bare LF or CR inside a cell would break the record as well.
    quoted_match: /[\r\n]/,
  })
  return new TextEncoder().encode(bom ? `\uFEFF${text}` : text)
}

/** The way that OWASP's page "CSV Injection" recommends. */
function escapeFormula(cell: string): string {
  return formulaStart.test(cell) ? `'${cell}` : cell
}
