import type { Report } from '../diagnostics/diagnostic.js'
import { decodeCharacters, decodeText, detectEncoding, type Encoding, type Fallback, joinBytes } from './decode-characters.js'
import type { ContainerId, DecodedDocument, DocumentFile, TableDocument, TreeDocument } from './decoded.js'
import { decodeHead, detectContainer, type DetectedContainer } from './detect-container.js'
import type { LargeReading } from './json/large-json.js'
import { findExcess, type Limits, reportExcess, usualLimits } from './limits.js'
import type { ReadForeignWorkbook } from './workbook/foreign-workbook.js'

/**
 * Decodes a file: its beginning is decoded once to detect the container, then all of it once, and decoders get the text. Undefined
 * if it cannot be read, which is reported (`read/…`). Gzip files are unpacked first. Decoders are loaded when first needed. With
 * `as`, anything that may be text is read as text, or as a table: of delimited cells, or a tree if it begins like one. A document
 * that exceeds a limit is reported, and not read.
 */
export async function decodeDocument(
  file: DocumentFile, report: Report, as?: 'text' | 'table', { readForeign, limits = usualLimits }: DecodingMeans = {},
): Promise<DecodedDocument | undefined> {
  // One layer of gzip is unpacked: gzip within gzip is a binary file.
  const unpacked = isGzip(file.bytes) ? await inflateFile(file, report, limits) : file
  if (!unpacked) return undefined
  const head = decodeHead(unpacked.bytes)
  const detected = detectContainer(unpacked, head, as)
  if (detected.container === 'none') {
    reportUnread(detected, unpacked, report)
    return undefined
  }
  if (detected.container === 'workbook') {
    return (await import('./workbook/decode-workbook.js')).decodeWorkbook(unpacked, report, { readForeign, limits })
  }
  // Counted in the bytes: the text of a file takes as much memory again.
  const most = detected.container === 'yaml' || detected.container === 'toml' ? 'yaml-characters' : 'characters'
  const excess = findExcess({ [most]: countMost(unpacked.bytes, head.encoding, limits[most]) }, limits)
  if (excess) {
    reportExcess(excess, file, limits, report)
    return undefined
  }
  const { text, utf8 } = decodeCharacters(unpacked, head.encoding, fallbacks[detected.container], report)
  switch (detected.container) {
    case 'html': return (await import('./html/decode-html.js')).decodeHtml(unpacked, text, report, limits)
    case 'json': return (await import('./json/decode-json.js')).decodeJson(unpacked, text, report, limits, utf8)
    case 'yaml': return (await import('./yaml/decode-yaml.js')).decodeYaml(unpacked, text, report, limits)
    case 'toml': return (await import('./toml/decode-toml.js')).decodeToml(unpacked, text, report, limits)
    case 'csv': {
      // A delimiter measured on the head is that of the file only if the head is all of it.
      const delimiter = text === head.text ? detected.delimiter : undefined
      return (await import('./csv/decode-csv.js')).decodeCsv(unpacked, text, report, delimiter, limits)
    }
    case 'text': return decodeText(unpacked, text, report, limits)
  }
}

/** Documents from this size on, in bytes, are read step by step if they can be: smaller ones take less time as a whole. */
const largeDocument = 8_000_000

/** How large documents are read: JSON item by item (`TreeDocument.longList`), tables without their text. */
export interface LargeDocumentReading extends LargeReading {
  readonly as?: 'text' | 'table' | undefined
  /** The size of a large document, if not the usual one. */
  readonly from?: number | undefined
}

/**
 * Opens a large document step by step. Undefined, and nothing is reported, if it is not large, or of another container, or unusual in any way: it
 * is then decoded as a whole, which reports what is wrong with it.
 */
export async function openLargeDocument(
  file: DocumentFile, { as, from = largeDocument, ...reading }: LargeDocumentReading, report: Report,
): Promise<TreeDocument | TableDocument | undefined> {
  if (file.bytes.length < from || hasTooManyCharacters(file, reading.limits)) return undefined
  const head = decodeHead(file.bytes)
  if (head.encoding !== 'utf-8') return undefined
  switch (detectContainer(file, head, as).container) {
    case 'json': return (await import('./json/large-json.js')).openLargeJson(file, reading, report)
    case 'csv': return (await import('./csv/large-csv.js')).openLargeCsv(file, { ...reading, step: reading.sizes?.part })
    default: return undefined
  }
}

/** What decoding needs beside a file: `readForeign` reads the workbooks that the core cannot read. */
export interface DecodingMeans {
  readonly readForeign?: ReadForeignWorkbook | undefined
  readonly limits?: Limits | undefined
}

/** Whether a file is a text of more characters than the limit, by its bytes: `decodeDocument` refuses it before it decodes anything. */
export function hasTooManyCharacters({ bytes }: DocumentFile, { characters }: Limits): boolean {
  return !isPacked(bytes) && countMost(bytes, detectEncoding(bytes), characters) > characters
}

/** The number of bytes if it is no more than `most`, for no text has more characters; else the number of characters. */
function countMost(bytes: Uint8Array, encoding: Encoding, most: number): number {
  return bytes.length <= most ? bytes.length : countCharacters(bytes, encoding, most)
}

/**
 * The number of characters (UTF-16 code units) of bytes in an encoding, without decoding them: the text of large files takes as much memory
 * again. Counting ends above `most`.
 */
export function countCharacters(bytes: Uint8Array, encoding: Encoding, most = Number.POSITIVE_INFINITY): number {
  if (encoding !== 'utf-8') return bytes.length / 2
  let count = 0
  let at = 0
  // Four characters of ASCII at a time, where the memory is aligned.
  const words = bytes.byteOffset % 4 === 0 ? new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length >>> 2) : new Uint32Array()
  while (at < bytes.length && count <= most) {
    if (at % 4 === 0 && ((words[at >>> 2] ?? 0x80) & 0x80808080) === 0) {
      count += 4
      at += 4
    } else {
      const byte = bytes[at] ?? 0
      if (byte < 0x80 || byte >= 0xc0) count += byte >= 0xf0 ? 2 : 1
      at += 1
    }
  }
  return count
}

/** Spreadsheets save CSV in the system's encoding, and pages state theirs; other texts are UTF-8. */
const fallbacks: Readonly<Record<Exclude<ContainerId, 'workbook'>, Fallback>> = {
  html: 'stated', csv: 'windows-1252', json: 'replacement', yaml: 'replacement', toml: 'replacement', text: 'replacement',
}

function reportUnread(detected: Extract<DetectedContainer, { container: 'none' }>, file: DocumentFile, report: Report): void {
  const origin = { document: file.name, place: { kind: 'file' } } as const
  switch (detected.because) {
    case 'empty': return report('read/empty', { origin })
    case 'web-archive': return report('read/web-archive', { origin })
    case 'binary': return report('read/binary', { origin, found: detected.found })
  }
}

/** Whether a file has the signature of gzip (RFC 1952, section 2.3.1) and its only compression method, deflate. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 8
}

/** Whether a file has the signature of gzip, ZIP or a compound file (OLE): it may contain more than its size. */
export function isPacked(bytes: Uint8Array): boolean {
  return isGzip(bytes) || (bytes[0] === 0x50 && bytes[1] === 0x4b) || (bytes[0] === 0xd0 && bytes[1] === 0xcf)
}

/** Unpacked files below this size, in bytes, may have been packed to any ratio. */
const smallFile = 5_000_000

/**
 * The document in a gzip file. It keeps the name and the digest of the gzip file, which is what the user gave. Undefined and
 * reported if the gzip file is damaged or cut off (`read/malformed`), or contains more than the limits of size and ratio allow
 * (`read/inflates-too-much`): a few kilobytes of gzip may contain gigabytes.
 */
export async function inflateFile(file: DocumentFile, report: Report, limits: Limits = usualLimits): Promise<DocumentFile | undefined> {
  const origin = { document: file.name, place: { kind: 'file' } } as const
  const reader = new Blob([new Uint8Array(file.bytes)]).stream().pipeThrough(new DecompressionStream('gzip')).getReader()
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      const chunk: Uint8Array = next.value
      size += chunk.length
      const ratio = size > smallFile ? Math.ceil(size / file.bytes.length) : 0
      const excess = findExcess({ inflated: size, ratio }, limits)
      if (excess) {
        await reader.cancel()
        reportExcess(excess, file, limits, report)
        return undefined
      }
      chunks.push(chunk)
    }
  } catch {
    report('read/malformed', { message: 'The gzip file is damaged or cut off', origin })
    return undefined
  }
  return { ...file, bytes: joinBytes(chunks) }
}
