import type { Report } from '../diagnostics/diagnostic.js'
import type { DocumentFile, TextDocument } from './decoded.js'
import { findExcess, type Limits, reportExcess, usualLimits } from './limits.js'

/** The encodings that are detected by their bytes. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be'

/** UTF-16 by its byte order mark; UTF-8 otherwise. */
export function detectEncoding([first, second]: Uint8Array): Encoding {
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  return 'utf-8'
}

/** How bytes are read that are not UTF-8: with U+FFFD for the invalid ones, as Windows-1252, or as a page's `<meta charset>` states. */
export type Fallback = 'replacement' | 'windows-1252' | 'stated'

/** The characters of a file. `utf8`: their bytes in UTF-8, if those of the file are just that. */
export interface DecodedCharacters {
  readonly text: string
  readonly utf8?: Uint8Array
}

/**
 * The characters of a file, without a byte order mark. Bytes that are valid UTF-8 are read as such, whatever a page states: editors
 * change the one and forget the other. Invalid bytes are reported once, at the first of them (`read/encoding`); not so if a
 * page states its encoding.
 */
export function decodeCharacters(file: DocumentFile, encoding: Encoding, fallback: Fallback, report: Report): DecodedCharacters {
  const { bytes } = file
  const valid = decodeWith(new TextDecoder(encoding, { fatal: true }), bytes)
  if (valid !== undefined) return { text: valid, ...(encoding === 'utf-8' && { utf8: bytes.subarray(markLength(bytes)) }) }
  const stated = encoding === 'utf-8' && fallback === 'stated' ? decodeAsStated(bytes) : undefined
  if (stated !== undefined) return { text: stated }
  const text = new TextDecoder(encoding).decode(bytes)
  const isLegacy = encoding === 'utf-8' && fallback !== 'replacement'
  reportInvalidBytes(file, text, encoding, isLegacy, report)
  return { text: isLegacy ? decodeWindows1252(bytes) : text }
}

/** The text of bytes in UTF-8, which may be a part of a document's; undefined if they are ill-formed. A byte order mark is a character. */
export function decodeStrictly(bytes: Uint8Array): string | undefined {
  return decodeWith(strictDecoder, bytes)
}

/** Bytes of the byte order mark that a text in UTF-8 begins with, if it does. */
export function markLength(bytes: Uint8Array): 0 | 3 {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
}

const strictDecoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function decodeWith(decoder: typeof strictDecoder, bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes)
  } catch {
    return undefined
  }
}

function reportInvalidBytes(file: DocumentFile, text: string, encoding: Encoding, isLegacy: boolean, report: Report): void {
  const at = encoding === 'utf-8' ? firstInvalidByte(file.bytes, text) : text.indexOf('\uFFFD') * 2 + 2
  const before = new TextDecoder(encoding).decode(file.bytes.subarray(0, at))
  const lines = before.split(/\r\n|[\n\r\u2028\u2029]/)
  report('read/encoding', {
    ...(isLegacy && {
      message: 'The text is not UTF-8; it was read as Windows-1252',
      hint: 'Check accented letters, and save the document as UTF-8 (in a spreadsheet: "CSV UTF-8").',
    }),
    origin: {
      document: file.name,
      place: { kind: 'text', line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 },
    },
    found: describeBytes(file.bytes.subarray(at, at + 4)),
    expected: encoding === 'utf-8' ? 'UTF-8' : 'UTF-16',
  })
}

/** Offset at which the bytes first differ from their text when it is encoded again: the document may contain U+FFFD itself. */
function firstInvalidByte(bytes: Uint8Array, text: string): number {
  const mark = markLength(bytes)
  const encoded = new TextEncoder().encode(text)
  let index = 0
  while (index < encoded.length && encoded[index] === bytes[index + mark]) index += 1
  return index + mark
}

function describeBytes(bytes: Uint8Array): string {
  return `bytes ${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ')}`
}

/** Bytes that are searched for a page's encoding. The HTML standard says 1024; saved pages have it further down. */
const PRESCAN = 4096

/** `<meta charset="…">` and `<meta http-equiv=… content="text/html; charset=…">` (HTML, "prescan a byte stream"). */
const CHARSET = /<meta\b[^>]*?\bcharset\s*=\s*["']?\s*([\w-]{1,40})/i

/** Labels of Windows-1252, and of encodings that the Encoding Standard reads as it. */
const WINDOWS_1252 = /^(?:windows-1252|cp-?1252|iso-?8859-1|latin-?1|us-ascii|ascii)$/

/** The text of a page in the encoding that it states. Undefined if it states none, an unknown one, or UTF-8 or UTF-16, which it is not. */
function decodeAsStated(bytes: Uint8Array): string | undefined {
  const charset = CHARSET.exec(decodeWindows1252(bytes.subarray(0, PRESCAN)))?.[1]?.toLowerCase()
  if (charset === undefined || /^utf-?(?:8|16)/.test(charset)) return undefined
  if (WINDOWS_1252.test(charset)) return decodeWindows1252(bytes)
  try {
    return new TextDecoder(charset).decode(bytes)
  } catch {
    return undefined
  }
}

/** Characters of the bytes 80 to 9F (WHATWG Encoding Standard, index windows-1252); undefined bytes are control characters. */
const HIGH = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ'

/** Decodes Windows-1252, and so Latin-1. Not by TextDecoder: some versions of Node read 80 to 9F as control characters (nodejs/node#56542). */
function decodeWindows1252(bytes: Uint8Array): string {
  const parts: string[] = []
  const chunk = 8192
  for (let at = 0; at < bytes.length; at += chunk) {
    parts.push(String.fromCharCode(...Array.from(bytes.subarray(at, at + chunk), characterCode)))
  }
  return parts.join('')
}

function characterCode(byte: number): number {
  return byte >= 0x80 && byte <= 0x9f ? HIGH.charCodeAt(byte - 0x80) : byte
}

/** Kinds of space that mean the same as a space: no-break, figure, narrow no-break, ideographic, and the tab. */
const ODD_SPACE = /[\t\f\v\u00A0\u2000-\u200A\u202F\u205F\u3000]/g

/** Characters that print nothing and join nothing; with them, equal ids compare as different. */
const INVISIBLE = /[\u200B\u2060\uFEFF]/g

/** Most texts are of these characters, which stay as they are. */
const PLAIN = /^[\n\r -~]*$/

/** A text in Unicode NFC, with every kind of space as a space and without invisible characters. Line ends stay. */
export function tidyCharacters(text: string): string {
  return PLAIN.test(text) ? text : text.normalize('NFC').replace(ODD_SPACE, ' ').replace(INVISIBLE, '')
}

/** Concatenates bytes. */
export function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** Line ends of Unicode (UAX #14, classes BK, CR, LF, NL) except the form feed, which occurs within lines. */
const LINE_END = /\r\n|[\n\r\u0085\u2028\u2029]/

/** Share of control and replacement characters above which a file is binary. */
const BINARY_SHARE = 0.1

/**
 * A plain text as lines without their ends, in Unicode NFC, with every kind of space as a space. Columns of what is read from it count the
 * characters of these lines. Undefined and reported if there is no text (`read/empty`, `read/binary`), or more than
 * the limits of lines and their length allow (`read/too-large`).
 */
export function decodeText(file: DocumentFile, text: string, report: Report, limits: Limits = usualLimits): TextDocument | undefined {
  const origin = { document: file.name, place: { kind: 'file' } } as const
  if (text.trim() === '') {
    report('read/empty', { origin })
    return undefined
  }
  if (isBinary(text)) {
    report('read/binary', { origin, found: 'mostly bytes that are not text' })
    return undefined
  }
  const excess = findExcess(countLines(text, limits.lines), limits)
  if (excess) {
    reportExcess(excess, file, limits, report)
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

/** The number of lines and the length of the longest, before the lines are made. Counting ends above `most`. */
function countLines(text: string, most: number): Pick<Limits, 'lines' | 'cell-characters'> {
  let [lines, longest, start] = [0, 0, 0]
  for (let at = 0; at <= text.length && lines <= most; at += 1) {
    const code = text.charCodeAt(at)
    const isEnd = code === 10 || code === 13 || code === 0x85 || code === 0x2028 || code === 0x2029 || at === text.length
    if (!isEnd) continue
    longest = Math.max(longest, at - start)
    if (code === 13 && text.charCodeAt(at + 1) === 10) at += 1
    // The end of the text is no line if a line ends there.
    if (at < text.length || start < at) lines += 1
    start = at + 1
  }
  return { lines, 'cell-characters': longest }
}
