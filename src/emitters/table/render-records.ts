/** How records are rendered. */
interface RecordOptions {
  /** Begin with a byte order mark, by which Excel recognises UTF-8. */
  readonly bom: boolean
  /** Put an apostrophe before cells that a spreadsheet would take for formulas. Changes the data. */
  readonly escapeFormulas: boolean
}

/** For people, who open the file in Excel. Readers of mapping tables undo both. */
export const forSpreadsheets: RecordOptions = { bom: true, escapeFormulas: true }
/** For programs: every cell as it is. */
export const forPrograms: RecordOptions = { bom: false, escapeFormulas: false }

/** Whether a spreadsheet would take a cell for a formula ("CSV Injection", OWASP). */
export function looksLikeFormula(cell: string): boolean {
  return /^[=+\-@\t\r]/.test(cell)
}

/** Also after apostrophes of the document's own, so that one can be removed without doubt when the table is read back. */
const formulaStart = /^'*[=+\-@\t\r]/

/** Renders CSV (RFC 4180): the first record is the header, CRLF after each record, quotes where needed, UTF-8. */
export async function renderRecords(
  records: readonly (readonly string[])[], { bom, escapeFormulas }: RecordOptions,
): Promise<Uint8Array> {
  // The browser build needs no Buffer, so it runs everywhere; it is a single file and loads faster.
  const { stringify } = await import('csv-stringify/browser/esm/sync')
  const text = stringify(records.map((record) => record.map((cell) => (escapeFormulas ? escapeFormula(cell) : cell))), {
    record_delimiter: '\r\n',
    // Only CRLF is quoted by default, but readers take a bare LF or CR for the end of a record, too.
    quoted_match: /[\r\n]/,
  })
  return new TextEncoder().encode(bom ? `\uFEFF${text}` : text)
}

/** As OWASP recommends ("CSV Injection"). */
function escapeFormula(cell: string): string {
  return formulaStart.test(cell) ? `'${cell}` : cell
}
