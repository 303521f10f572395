import { joinPieces } from '../artifact-parts.js'
import type { ArtifactPiece } from '../emitter.js'

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
  return joinPieces({ pieces: renderPieces })

  function* renderPieces(): Generator<ArtifactPiece> {
    let text = bom ? '\uFEFF' : ''
    // Most columns repeat the cell of the row before.
    const before: { cell: string; written: string }[] = []
    for (const record of records) {
      for (let column = 0; column < record.length; column++) {
        const cell = record[column] ?? ''
        const known = before[column] ??= { cell: '', written: '' }
        if (cell !== known.cell) {
          known.cell = cell
          known.written = writeCell(escapeFormulas ? escapeFormula(cell) : cell)
        }
        text += column === 0 ? known.written : `,${known.written}`
      }
      text += '\r\n'
      if (text.length > pieceLength) {
        yield { items: [], text }
        text = ''
      }
    }
    yield { items: [], text }
  }

  function writeCell(cell: string): string {
    if (plain.test(cell)) return cell
    return separated.test(cell) ? `"${cell}"` : stringify([[cell]], cornerCase)
  }
}

// A cell with neither quotes, separators nor line ends is written as it is, which csv-stringify takes fifteen times as long to find out.
const plain = /^[^",\r\n]*$/
/** A cell that is between quotes, as it is. */
const separated = /^[^"]*$/

/** Cells with quotes are rendered by csv-stringify, one at a time. */
const cornerCase = { eof: false, quoted_match: /[\r\n]/ }

/** About as much as is encoded at a time, in UTF-16 units. */
const pieceLength = 1 << 16

/** As OWASP recommends ("CSV Injection"). */
function escapeFormula(cell: string): string {
  return formulaStart.test(cell) ? `'${cell}` : cell
}
