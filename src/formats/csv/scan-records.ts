import { endOfField, fieldText } from './scan-field.js'

/** The records of a CSV text. */
export interface ScannedRecords {
  /** A blank line is a record of one blank cell. */
  readonly rows: readonly (readonly string[])[]
  /** Where each record begins in the text. */
  readonly starts: readonly number[]
  /** Where a cell begins whose opening quote is closed nowhere; the quote counts as text. */
  readonly unclosed?: number
  /** Where the first cell begins that goes on after its closing quote, and how many do; what follows counts as text. */
  readonly strays?: { readonly first: number; readonly count: number }
}

/**
 * Splits a CSV text (RFC 4180, with any one-character delimiter and any line ends) into records, at most `most`. Nothing
 * is lost on the way: quotes that do not fit are text, and are told. Linear: at most one quote can be unclosed, since
 * all after it come in pairs.
 */
export function scanRecords(text: string, delimiter: string, most = Number.POSITIVE_INFINITY): ScannedRecords {
  const code = delimiter.charCodeAt(0)
  const rows: string[][] = []
  const starts: number[] = []
  let unclosed: number | undefined
  let strays: { first: number; count: number } | undefined
  let at = 0
  while (at < text.length && rows.length < most) {
    starts.push(at)
    const row: string[] = []
    for (;;) {
      const { end, flaw } = endOfField(text, at, code)
      if (flaw === 'unclosed') unclosed ??= at
      if (flaw === 'stray') strays = { first: strays?.first ?? at, count: (strays?.count ?? 0) + 1 }
      row.push(fieldText(text, at, end, flaw))
      at = end + 1
      if (text.charCodeAt(end) !== code) break
    }
    if (text.charCodeAt(at - 1) === 13 && text.charCodeAt(at) === 10) at += 1
    rows.push(row)
  }
  return { rows, starts, ...(unclosed !== undefined && { unclosed }), ...(strays && { strays }) }
}
