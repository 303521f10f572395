import type { Report } from '../diagnostics/diagnostic.js'
import type { DocumentFile } from './decoded.js'

/**
 * A file's bytes as characters: UTF-8, or UTF-16 where a byte order mark says so; the mark itself is removed.
 * Bytes that are no characters become U+FFFD and are reported once, at the first (`read/encoding`). With `otherwise`, a file
 * that is not UTF-8 is read in that encoding instead, which is reported in the same way.
 */
export function decodeCharacters(file: DocumentFile, report: Report, otherwise?: 'windows-1252'): string {
  const encoding = detectEncoding(file.bytes)
  const text = new TextDecoder(encoding).decode(file.bytes)
  if (!text.includes('\uFFFD')) return text
  const fallback = encoding === 'utf-8' ? otherwise : undefined
  const invalid = reportInvalidBytes(file, text, encoding, fallback, report)
  return invalid && fallback ? decodeWindows1252(file.bytes) : text
}

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be'

function detectEncoding(bytes: Uint8Array): Encoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  return 'utf-8'
}

/** A document may well hold a replacement character of its own: only bytes that differ when encoded again are invalid. */
function reportInvalidBytes(
  file: DocumentFile, text: string, encoding: Encoding, fallback: string | undefined, report: Report,
): boolean {
  const at = encoding === 'utf-8' ? firstInvalidByte(file.bytes, text) : text.indexOf('\uFFFD') * 2 + 2
  if (at === undefined) return false
  const before = new TextDecoder(encoding).decode(file.bytes.subarray(0, at))
  const lines = before.split(/\r\n|[\n\r\u2028\u2029]/)
  report('read/encoding', {
    ...(fallback !== undefined && {
      message: 'The text is not UTF-8; it was read as Windows-1252',
      hint: 'check the letters with accents; save the document as UTF-8 (in a spreadsheet, "CSV UTF-8")',
    }),
    origin: {
      document: file.name,
      place: { kind: 'text', line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 },
    },
    found: describeBytes(file.bytes.subarray(at, at + 4)),
    expected: encoding === 'utf-8' ? 'UTF-8' : 'UTF-16',
  })
  return true
}

/** Where the bytes first differ from the text when it is encoded again. */
function firstInvalidByte(bytes: Uint8Array, text: string): number | undefined {
  const mark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
  const encoded = new TextEncoder().encode(text)
  const length = Math.max(encoded.length, bytes.length - mark)
  for (let index = 0; index < length; index += 1) {
    if (encoded[index] !== bytes[index + mark]) return index + mark
  }
  return undefined
}

function describeBytes(bytes: Uint8Array): string {
  return `bytes ${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ')}`
}

/** How many bytes are searched for the page's encoding. The HTML standard says 1024; saved pages push it down. */
const WINDOW = 4096

/** `<meta charset="…">` and `<meta http-equiv=… content="text/html; charset=…">` (HTML, "prescan a byte stream"). */
const CHARSET = /<meta\b[^>]*?\bcharset\s*=\s*["']?\s*([\w-]{1,40})/i

/** Labels of Windows-1252, and of encodings that the Encoding Standard reads as it. */
const WINDOWS_1252 = /^(?:windows-1252|cp-?1252|iso-?8859-1|latin-?1|us-ascii|ascii)$/

/**
 * A page's bytes as characters: by its byte order mark; as UTF-8 where they are UTF-8, whatever the page says, since editors
 * change the one and not the other; else as its `<meta charset>` says; else as `decodeCharacters` does.
 */
export function decodeHtmlCharacters(file: DocumentFile, report: Report): string {
  const charset = CHARSET.exec(decodeWindows1252(file.bytes.subarray(0, WINDOW)))?.[1]?.toLowerCase()
  if (charset === undefined || /^utf-?(?:8|16)/.test(charset) || hasMark(file.bytes) || isUtf8(file.bytes)) {
    return decodeCharacters(file, report, 'windows-1252')
  }
  if (WINDOWS_1252.test(charset)) return decodeWindows1252(file.bytes)
  return decodeAs(charset, file.bytes) ?? decodeCharacters(file, report, 'windows-1252')
}

/** Undefined where the encoding is none that is known. */
function decodeAs(charset: string, bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(charset).decode(bytes)
  } catch {
    return undefined
  }
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}

function hasMark([first, second]: Uint8Array): boolean {
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)
}

/** What the bytes 80 to 9F stand for (WHATWG Encoding Standard, index windows-1252); undefined ones stand for themselves. */
const HIGH = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ'

/**
 * Decodes Windows-1252, and with it Latin-1. Not by TextDecoder: versions of Node take the bytes 80 to 9F for control characters
 * (nodejs/node#56542).
 */
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

/** The first bytes of a text as characters, by its byte order mark or as UTF-8. Bytes that are none become U+FFFD. */
export function decodeHead(bytes: Uint8Array): string {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  return new TextDecoder().decode(bytes)
}

/** Spaces that look like one and mean the same: no-break, figure, narrow no-break, ideographic, and the tab. */
const ODD_SPACE = /[\t\f\v\u00A0\u2000-\u200A\u202F\u205F\u3000]/g

/** Characters that print nothing, join nothing, and only get in the way of comparing ids. */
const INVISIBLE = /[\u200B\u2060\uFEFF]/g

/** What most texts are made of, and what stays as it is. */
const PLAIN = /^[\n\r -~]*$/

/** A text in Unicode NFC, every kind of space as a space, without characters that print nothing. Line ends stay. */
export function tidyCharacters(text: string): string {
  return PLAIN.test(text) ? text : text.normalize('NFC').replace(ODD_SPACE, ' ').replace(INVISIBLE, '')
}
