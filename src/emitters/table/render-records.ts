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

/** Also after apostrophes of the document's own, so that one can be removed without doubt when the table is read back (OWASP: "CSV Injection"). */
const formulaStart = /^'*[=+\-@\t\r]/

/** Writes CSV (RFC 4180): CRLF after each record, quotes where needed, UTF-8. */
export interface RecordWriter {
  /** Adds a record; the first is the header. The array may be used again. */
  add(record: readonly string[]): void
  /** The bytes of the records since the last call, which are not written to again. */
  take(): Uint8Array
}

/** Renders all records together. */
export async function renderRecords(records: Iterable<readonly string[]>, options: RecordOptions): Promise<Uint8Array> {
  const writer = (await loadRecordWriter(options))()
  for (const record of records) writer.add(record)
  return writer.take()
}

/** Loads what creates writers of records. */
export async function loadRecordWriter(options: RecordOptions): Promise<() => RecordWriter> {
  // The browser build needs no Buffer, so it runs everywhere; it is a single file and loads faster.
  const { stringify } = await import('csv-stringify/browser/esm/sync')
  // Cells with quotes are rendered by csv-stringify, one at a time.
  return () => createRecordWriter(options, (cell) => stringify([[cell]], { eof: false, quoted_match: /[\r\n]/ }))
}

/**
 * Writes cells as bytes, one by one: cells that equal those of the record before, as most do, are copied with the commas between them, which
 * takes half the time of putting records together as texts.
 */
function createRecordWriter({ bom, escapeFormulas }: RecordOptions, renderQuotes: (cell: string) => string): RecordWriter {
  const encoder = new TextEncoder()
  let bytes = new Uint8Array(usualSize)
  let used = 0
  let taken = 0
  // The record before: its cells, and where they are in `bytes`.
  let before: string[] = []
  const starts: number[] = []
  const ends: number[] = []
  if (bom) writeText('\uFEFF')

  return {
    add(record) {
      makeRoom(record)
      for (let column = 0; column < record.length;) {
        if (column > 0) bytes[used++] = comma
        const first = column
        while (column < record.length && record[column] === before[column]) column++
        if (column > first) copyCells(first, column)
        else {
          const cell = record[column] ?? ''
          before[column] = cell
          starts[column] = used
          writeCell(cell)
          ends[column] = used
          column++
        }
      }
      before.length = record.length
      bytes[used++] = carriageReturn
      bytes[used++] = lineFeed
    },
    take() {
      const rest = bytes.subarray(taken, used)
      taken = used
      return rest
    },
  }

  function makeRoom(record: readonly string[]): void {
    let most = aroundCell
    for (const cell of record) most += widest * cell.length + aroundCell
    if (used + most <= bytes.length) return
    const rest = bytes.subarray(taken, used)
    bytes = new Uint8Array(Math.max(usualSize, 2 * rest.length + most))
    bytes.set(rest)
    used = rest.length
    taken = 0
    before = []
  }

  function copyCells(first: number, end: number): void {
    const from = starts[first] ?? 0
    const to = ends[end - 1] ?? 0
    const moved = used - from
    // A call takes as long as some forty bytes.
    if (to - from > 40) bytes.copyWithin(used, from, to)
    else for (let at = from; at < to; at++) bytes[at + moved] = bytes[at] ?? 0
    used = to + moved
    for (let column = first; column < end; column++) {
      starts[column] = (starts[column] ?? 0) + moved
      ends[column] = (ends[column] ?? 0) + moved
    }
  }

  function writeCell(cell: string): void {
    const text = escapeFormulas && formulaStart.test(cell) ? `'${cell}` : cell
    if (plain.test(text)) writeText(text)
    else writeText(separated.test(text) ? `"${text}"` : renderQuotes(text))
  }

  function writeText(text: string): void {
    used += encoder.encodeInto(text, bytes.subarray(used)).written
  }
}

/** As many bytes as are written before there is a new array for more. */
const usualSize = 1 << 19
/** Most bytes of a UTF-16 unit, two quotes for one among them. */
const widest = 3
/** Most bytes around a cell: a comma or line end, two quotes, an apostrophe. */
const aroundCell = 4

const [comma, carriageReturn, lineFeed] = [0x2c, 0x0d, 0x0a] as const
// A cell with neither quotes, separators nor line ends is written as it is, which csv-stringify takes fifteen times as long to find out.
const plain = /^[^",\r\n]*$/
/** A cell that is between quotes, as it is. */
const separated = /^[^"]*$/
