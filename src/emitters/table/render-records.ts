import { joinPieces, takeTogether } from '../artifact-parts.js'

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

/** Writes CSV (RFC 4180): CRLF after each record, quotes where needed. */
export interface RecordWriter {
  /** Adds a record; the first is the header. A cell that is undefined is blank. */
  add(record: readonly (string | undefined)[]): void
  /** The text of the records since the last call. */
  take(): string
}

/** Renders all records together, as UTF-8. */
export async function renderRecords(records: Iterable<readonly string[]>, options: RecordOptions): Promise<Uint8Array> {
  const open = await loadRecordWriter(options)
  return joinPieces({
    * pieces() {
      const writer = open()
      for (const together of takeTogether(records, recordsPerPiece)) {
        for (const record of together) writer.add(record)
        yield { items: [], text: writer.take() }
      }
      // Without records, the mark alone.
      yield { items: [], text: writer.take() }
    },
  })
}

/** Records whose text is encoded at a time. */
const recordsPerPiece = 200

/** Loads what creates writers of records. */
export async function loadRecordWriter(options: RecordOptions): Promise<() => RecordWriter> {
  // The browser build needs no Buffer, so it runs everywhere; it is a single file and loads faster.
  const { stringify } = await import('csv-stringify/browser/esm/sync')
  // Cells with quotes are rendered by csv-stringify, one at a time.
  return () => createRecordWriter(options, (cell) => stringify([[cell]], { eof: false, quoted_match: /[\r\n]/ }))
}

function createRecordWriter({ bom, escapeFormulas }: RecordOptions, renderQuotes: (cell: string) => string): RecordWriter {
  let text = bom ? '\uFEFF' : ''
  // Most columns repeat the cell of the row before.
  const cells: string[] = []
  const written: string[] = []
  return {
    add(record) {
      for (let column = 0; column < record.length; column++) {
        const cell = record[column] ?? ''
        if (cell === cells[column]) continue
        cells[column] = cell
        written[column] = writeCell(escapeFormulas ? escapeFormula(cell) : cell)
      }
      if (written.length > record.length) cells.length = written.length = record.length
      text += `${written.join(',')}\r\n`
    },
    take() {
      const taken = text
      text = ''
      return taken
    },
  }

  function writeCell(cell: string): string {
    if (plain.test(cell)) return cell
    return separated.test(cell) ? `"${cell}"` : renderQuotes(cell)
  }
}

// A cell with neither quotes, separators nor line ends is written as it is, which csv-stringify takes fifteen times as long to find out.
const plain = /^[^",\r\n]*$/
/** A cell that is between quotes, as it is. */
const separated = /^[^"]*$/

/** As OWASP recommends ("CSV Injection"). */
function escapeFormula(cell: string): string {
  return formulaStart.test(cell) ? `'${cell}` : cell
}
