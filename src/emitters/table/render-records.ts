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
  records: Iterable<readonly string[]>, { bom, escapeFormulas }: RecordOptions,
): Promise<Uint8Array> {
  // The browser build needs no Buffer, so it runs everywhere; it is a single file and loads faster.
  const { stringify } = await import('csv-stringify/browser/esm/sync')
  const pieces = createPieces()
  let text = bom ? '\uFEFF' : ''
  for (const record of records) {
    let separator = ''
    for (const cell of record) {
      const written = escapeFormulas ? escapeFormula(cell) : cell
      text += separator
      text += plain.test(written) ? written : separated.test(written) ? `"${written}"` : stringify([[written]], cornerCase)
      separator = ','
    }
    text += '\r\n'
    if (text.length > pieceLength) {
      pieces.add(text)
      text = ''
    }
  }
  pieces.add(text)
  return pieces.join()
}

// A cell with neither quotes, separators nor line ends is written as it is, which csv-stringify takes fifteen times as long to find out.
const plain = /^[^",\r\n]*$/
/** A cell that is between quotes, as it is. */
const separated = /^[^"]*$/

/** Cells with quotes are rendered by csv-stringify, one at a time. */
const cornerCase = { eof: false, quoted_match: /[\r\n]/ }

/** About as much as is encoded at a time, in UTF-16 units. */
const pieceLength = 1 << 16

/** Encodes texts piece by piece: the text of a long table is longer than the longest string. */
function createPieces(): { readonly add: (text: string) => void; readonly join: () => Uint8Array } {
  const encoder = new TextEncoder()
  const pieces: Uint8Array[] = []
  let length = 0
  return {
    add(text) {
      const bytes = encoder.encode(text)
      pieces.push(bytes)
      length += bytes.length
    },
    join() {
      const joined = new Uint8Array(length)
      let at = 0
      for (const bytes of pieces) {
        joined.set(bytes, at)
        at += bytes.length
      }
      return joined
    },
  }
}

/** As OWASP recommends ("CSV Injection"). */
function escapeFormula(cell: string): string {
  return formulaStart.test(cell) ? `'${cell}` : cell
}
