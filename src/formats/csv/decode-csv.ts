import type { Report } from '../../diagnostics/diagnostic.js'
import { decodeCharacters } from '../decode-characters.js'
import { type DocumentFile, type TableDocument, withoutBlankEnd } from '../decoded.js'
import { positionFinder } from '../places.js'
import { detectDelimiter, endOfField, scanRecords } from './scan-records.js'

/** How large a share of control characters makes a file binary. */
const BINARY_SHARE = 0.02

/**
 * Decodes a text with delimiters: RFC 4180 and what spreadsheets make of it. The delimiter is told by the content. A
 * text that is not UTF-8 is taken for Windows-1252 (`read/encoding`). Quotes that do not fit are reported and count as
 * text (`read/stray-quote`). Undefined, with a diagnostic, where there is no text.
 */
export function decodeCsv(file: DocumentFile, report: Report): TableDocument | undefined {
  const origin = { document: file.name, place: { kind: 'file' } } as const
  if (isBinary(file.bytes)) {
    report('read/binary', { origin, found: 'control characters that no text has' })
    return undefined
  }
  const text = decodeCharacters(file, report, 'windows-1252')
  if (text.trim() === '') {
    report('read/empty', { origin })
    return undefined
  }
  const { delimiter } = detectDelimiter(text)
  const code = delimiter.charCodeAt(0)
  const { rows, starts, unclosed, strays } = scanRecords(text, delimiter)
  const positionOf = positionFinder(text)
  const placeOf = (offset: number) => ({ kind: 'text', ...positionOf(offset) }) as const

  if (unclosed !== undefined) {
    report('read/stray-quote', {
      message: 'A cell begins with a quote that is closed nowhere',
      origin: { document: file.name, place: placeOf(unclosed) },
      hint: 'the quote was read as text; close it, or double it if it is meant',
    })
  }
  if (strays) report('read/stray-quote', { origin: { document: file.name, place: placeOf(strays.first) }, count: strays.count })
  return {
    container: 'csv',
    file,
    sheets: [{
      name: '',
      rows: rows.map((row, index) => (index === 0 && /^sep=.$/i.test(row.join(delimiter)) ? [] : withoutBlankEnd(row))),
      link: () => undefined,
      place: (row, column) => placeOf(findCell(text, starts[row] ?? text.length, code, column)),
    }],
  }
}

/** Where a cell of a record begins; where its record begins when there is no such cell. */
function findCell(text: string, start: number, delimiter: number, column: number): number {
  let at = start
  for (let passed = 0; passed < column; passed += 1) {
    const { end } = endOfField(text, at, delimiter)
    if (text.charCodeAt(end) !== delimiter) return start
    at = end + 1
  }
  return at
}

/** Bytes are counted, before any encoding is chosen: Windows-1252 would make text of anything. UTF-16 has NULs of its own. */
function isBinary(bytes: Uint8Array): boolean {
  const utf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)
  const window = bytes.subarray(0, 8192)
  if (utf16) return false
  let odd = 0
  for (const byte of window) if (byte < 0x09 || (byte > 0x0d && byte < 0x20) || byte === 0x7f) odd += 1
  return odd > window.length * BINARY_SHARE
}
