import type { Report } from '../diagnostics/diagnostic.js'
import { tidyCharacters } from './decode-characters.js'
import type { DocumentFile, TextDocument } from './decoded.js'

/** Line ends of Unicode (UAX #14, classes BK, CR, LF, NL) except the form feed, which occurs within lines. */
const LINE_END = /\r\n|[\n\r\u0085\u2028\u2029]/

/** Share of control and replacement characters above which a file is binary. */
const BINARY_SHARE = 0.1

/**
 * A plain text as lines without their ends, in Unicode NFC, with every kind of space as a space. Columns of what is read from it count the
 * characters of these lines. Undefined and reported if there is no text (`read/empty`, `read/binary`).
 */
export function decodeText(file: DocumentFile, text: string, report: Report): TextDocument | undefined {
  const origin = { document: file.name, place: { kind: 'file' } } as const
  if (text.trim() === '') {
    report('read/empty', { origin })
    return undefined
  }
  if (isBinary(text)) {
    report('read/binary', { origin, found: 'mostly bytes that are not text' })
    return undefined
  }
  const lines = tidyCharacters(text).split(LINE_END)
  if (lines.at(-1) === '') lines.pop()
  return { container: 'text', file, lines }
}

/** Counts characters, not bytes: it is the share of invalid ones that shows a binary file here. */
function isBinary(text: string): boolean {
  const window = text.slice(0, 8192)
  let odd = 0
  for (let index = 0; index < window.length; index += 1) {
    const code = window.charCodeAt(index)
    if (code === 0xfffd || code < 0x09 || (code > 0x0d && code < 0x20)) odd += 1
  }
  return odd > window.length * BINARY_SHARE
}
