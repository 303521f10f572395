import type { Report } from '../diagnostics/diagnostic.js'
import type { DocumentFile } from './decoded.js'
import { decodeWindows1252 } from './decode-windows-1252.js'

/**
 * A file's bytes as characters: UTF-8, or UTF-16 where a byte order mark says so; the mark itself is removed.
 * Bytes that are no characters become U+FFFD and are reported once, at the first (`read/encoding`). With `otherwise`, a file
 * that is not UTF-8 is read in that encoding instead, which is reported in the same way.
 */
export function decodeCharacters(file: DocumentFile, report: Report, otherwise?: 'windows-1252'): string {
  const encoding = tellEncoding(file.bytes)
  const text = new TextDecoder(encoding).decode(file.bytes)
  if (!text.includes('\uFFFD')) return text
  const fallback = encoding === 'utf-8' ? otherwise : undefined
  const invalid = reportInvalidBytes(file, text, encoding, fallback, report)
  return invalid && fallback ? decodeWindows1252(file.bytes) : text
}

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be'

function tellEncoding(bytes: Uint8Array): Encoding {
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
