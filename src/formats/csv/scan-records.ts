import { type Excess, findExcess, type Limits } from '../limits.js'

/** The records of a CSV text. */
interface ScannedRecords {
  /** A blank line is a record of one blank cell. */
  readonly rows: readonly (readonly string[])[]
  /** Offset of each record. */
  readonly starts: readonly number[]
  /** Offset of a cell whose opening quote is never closed; the quote is text. */
  readonly unclosed?: number
  /** Offset of the first cell that continues after its closing quote, and the number of such cells; the rest of them is text. */
  readonly strays?: { readonly first: number; readonly count: number }
  /** The limit at which reading ended, and the offset of the record. */
  readonly excess?: Excess & { readonly at: number }
}

/**
 * Splits a CSV text (RFC 4180, with any one-character delimiter and any line ends) into records, at most `most`. Ends at a
 * record that exceeds `limits`. No character is lost: misplaced quotes are text, and are returned. Linear: at most one quote can be unclosed, since
 * all after it come in pairs.
 */
export function scanRecords(text: string, delimiter: string, most = Number.POSITIVE_INFINITY, limits?: Limits): ScannedRecords {
  const code = delimiter.charCodeAt(0)
  const rows: string[][] = []
  const starts: number[] = []
  let unclosed: number | undefined
  let strays: { first: number; count: number } | undefined
  let excess: ScannedRecords['excess']
  let [filled, cells] = [0, 0]
  let at = 0
  while (!excess && at < text.length && rows.length < most) {
    const start = at
    starts.push(start)
    const row: string[] = []
    let longest = 0
    for (;;) {
      const { end, flaw } = endOfField(text, at, code)
      if (flaw === 'unclosed') unclosed ??= at
      if (flaw === 'stray') strays = { first: strays?.first ?? at, count: (strays?.count ?? 0) + 1 }
      row.push(fieldText(text, at, end, flaw))
      longest = Math.max(longest, end - at)
      at = end + 1
      if (text.charCodeAt(end) !== code || (limits && cells + row.length > limits.cells)) break
    }
    if (text.charCodeAt(at - 1) === 13 && text.charCodeAt(at) === 10) at += 1
    rows.push(row)
    cells += row.length
    if (longest > 0) filled += 1
    const found = limits && findExcess({ rows: filled, cells, 'cell-characters': longest }, limits)
    if (found) excess = { ...found, at: start }
  }
  return { rows, starts, ...(excess && { excess }), ...(unclosed !== undefined && { unclosed }), ...(strays && { strays }) }
}

/** A cell's quote that is never closed, or text after its closing quote. */
type QuoteFlaw = 'unclosed' | 'stray'

const quote = 34

/** The end of the cell that begins at `at`: its delimiter, its line end, or the end of the text. */
export function endOfField(text: string, at: number, delimiter: number): { readonly end: number; readonly flaw?: QuoteFlaw } {
  if (text.charCodeAt(at) !== quote) return { end: endOfPlain(text, at, delimiter) }
  const closed = endOfQuoted(text, at)
  if (closed === undefined) return { end: endOfPlain(text, at, delimiter), flaw: 'unclosed' }
  const end = endOfPlain(text, closed, delimiter)
  return end === closed ? { end } : { end, flaw: 'stray' }
}

/** The text of a cell between two offsets, unquoted. */
function fieldText(text: string, start: number, end: number, flaw: QuoteFlaw | undefined): string {
  if (text.charCodeAt(start) !== quote || flaw === 'unclosed') return text.slice(start, end)
  const closed = flaw === 'stray' ? (endOfQuoted(text, start) ?? end) : end
  const inner = text.slice(start + 1, closed - 1)
  return (inner.includes('"') ? inner.replaceAll('""', '"') : inner) + text.slice(closed, end)
}

/** The offset after the closing quote of a cell that opens at `at`; undefined if it is never closed. */
function endOfQuoted(text: string, at: number): number | undefined {
  for (let found = text.indexOf('"', at + 1); found >= 0; found = text.indexOf('"', found + 2)) {
    if (text.charCodeAt(found + 1) !== quote) return found + 1
  }
  return undefined
}

function endOfPlain(text: string, at: number, delimiter: number): number {
  let end = at
  for (; end < text.length; end += 1) {
    const code = text.charCodeAt(end)
    if (code === delimiter || code === 10 || code === 13) break
  }
  return end
}
