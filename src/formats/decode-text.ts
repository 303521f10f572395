import type { Report } from '../diagnostics/diagnostic.js'
import { decodeCharacters, tidyCharacters } from './decode-characters.js'
import type { DocumentFile, TextDocument } from './decoded.js'

/** Line ends as Unicode has them (UAX #14, class BK, CR, LF, NL), without the form feed, which stands inside lines. */
const LINE_END = /\r\n|[\n\r\u0085\u2028\u2029]/

/** How large a share of control and replacement characters makes a file binary. */
const BINARY_SHARE = 0.1

/**
 * A plain text: lines without their ends, in Unicode NFC, every kind of space as a space. Columns in what follows count
 * the characters of these lines. Undefined, with a diagnostic, where there is no text (`read/empty`, `read/binary`).
 */
export function decodeText(file: DocumentFile, report: Report): TextDocument | undefined {
  const origin = { document: file.name, place: { kind: 'file' } } as const
  const text = decodeCharacters(file, report)
  if (text.trim() === '') {
    report('read/empty', { origin })
    return undefined
  }
  if (isBinary(text)) {
    report('read/binary', { origin, found: 'mostly bytes that are no characters' })
    return undefined
  }
  const lines = tidyCharacters(text).split(LINE_END)
  if (lines.at(-1) === '') lines.pop()
  return { container: 'text', file, lines }
}

function isBinary(text: string): boolean {
  const window = text.slice(0, 8192)
  let odd = 0
  for (let index = 0; index < window.length; index += 1) {
    const code = window.charCodeAt(index)
    if (code === 0xfffd || code < 0x09 || (code > 0x0d && code < 0x20)) odd += 1
  }
  return odd > window.length * BINARY_SHARE
}
