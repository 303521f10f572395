import { detectDelimiter } from './csv/detect-delimiter.js'
import { scanRecords } from './csv/scan-records.js'
import { detectEncoding, type Encoding } from './decode-characters.js'
import type { ContainerId, DocumentFile } from './decoded.js'
import { detectForeign } from './workbook/foreign-workbook.js'

/** The beginning of a file, decoded and counted once. Apart from a file's name and signature, detection reads nothing else. */
export interface DocumentHead {
  readonly encoding: Encoding
  /** The first 16 KiB as characters: some dozens of rows. Invalid bytes are U+FFFD. */
  readonly text: string
  /** Whether the file ends within `text`. */
  readonly isWhole: boolean
  /** Offset of the first NUL byte in the first 8 KiB; -1 without one, and in UTF-16, where half of a character may be NUL. */
  readonly firstNul: number
  /** Whether the first 8 KiB contain more control characters than any table does; never in UTF-16. */
  readonly hasControls: boolean
}

/** Bytes of `DocumentHead.text`. */
const HEAD_SIZE = 16_384

/** Bytes that are counted, and characters that are searched for preambles: enough for the comments above a page or a first key. */
const WINDOW = 8192

/** Share of control characters above which a table is a binary file. */
const CONTROL_SHARE = 0.02

/** Reads the beginning of a file. */
export function decodeHead(bytes: Uint8Array): DocumentHead {
  const encoding = detectEncoding(bytes)
  const text = new TextDecoder(encoding).decode(bytes.subarray(0, HEAD_SIZE))
  const counts = encoding === 'utf-8' ? countControls(bytes.subarray(0, WINDOW)) : { firstNul: -1, hasControls: false }
  return { encoding, text, isWhole: bytes.length <= HEAD_SIZE, ...counts }
}

/** Counts bytes, not characters: Windows-1252, which tables fall back to, makes characters of any bytes. */
function countControls(window: Uint8Array): Pick<DocumentHead, 'firstNul' | 'hasControls'> {
  let firstNul = -1
  let controls = 0
  for (let offset = 0; offset < window.length; offset += 1) {
    const byte = window[offset] ?? 0
    if (byte > 0x1f ? byte !== 0x7f : byte >= 0x09 && byte <= 0x0d) continue
    if (byte === 0 && firstNul < 0) firstNul = offset
    controls += 1
  }
  return { firstNul, hasControls: controls > window.length * CONTROL_SHARE }
}

/** The container of a file, or why it has none that can be read. */
export type DetectedContainer =
  | { readonly container: Exclude<ContainerId, 'csv'> }
  /** `delimiter` is that of the head, if detection had to measure it. */
  | { readonly container: 'csv'; readonly delimiter?: string }
  | { readonly container: 'none'; readonly because: 'empty' | 'web-archive' }
  | { readonly container: 'none'; readonly because: 'binary'; readonly found: string }

/**
 * Detects the container of a file by its content; the extension decides only between texts. With `as`, anything that may be
 * text is text, or a table.
 */
export function detectContainer({ name, bytes }: DocumentFile, head: DocumentHead, as?: 'text' | 'table'): DetectedContainer {
  const binary = detectBinary(bytes, head)
  if (binary) return binary
  if (as === 'text') return { container: as }
  const start = head.text.slice(0, WINDOW)
  if (isHtml(as === 'table' ? '' : name, start)) return { container: 'html' }
  if (as === 'table') return detectNamedTable(name, start, head)
  const tree = detectTree(name, start)
  return tree ? { container: tree } : detectTable(name, head)
}

/** Signatures of files that people select by mistake; other binary files are recognised by their NUL bytes. */
const SIGNATURES: readonly { readonly bytes: readonly number[]; readonly found: string }[] = [
  { bytes: [0x1f, 0x8b], found: 'a gzip file' },
  { bytes: [0x25, 0x50, 0x44, 0x46, 0x2d], found: 'a PDF document' },
  { bytes: [0x89, 0x50, 0x4e, 0x47], found: 'a PNG image' },
  { bytes: [0xff, 0xd8, 0xff], found: 'a JPEG image' },
]

/** ZIP archives and compound files: `identifyWorkbook` separates workbooks from other files of these formats. */
const PACKAGES: readonly (readonly number[])[] = [[0x50, 0x4b, 0x03, 0x04], [0x50, 0x4b, 0x05, 0x06], [0xd0, 0xcf, 0x11, 0xe0]]

/** Binary property lists, which Safari saves pages as. */
const PROPERTY_LIST: readonly number[] = [0x62, 0x70, 0x6c, 0x69, 0x73, 0x74, 0x30, 0x30]

/** Header of a page saved as one MIME file (MHTML, RFC 2557). */
const MIME_HEAD = /^(?:From|Snapshot-Content-Location|Subject|Date|MIME-Version|Content-Type|X-[A-Za-z-]{1,40}):/i
const MULTIPART = /^Content-Type:\s{0,4}multipart\/related/im

/** A container that is not text, or why a file cannot be read. Undefined for texts. */
function detectBinary(bytes: Uint8Array, { text, firstNul }: DocumentHead): DetectedContainer | undefined {
  if (bytes.length === 0) return { container: 'none', because: 'empty' }
  const signature = SIGNATURES.find((candidate) => startsWith(bytes, candidate.bytes))
  if (signature) return { container: 'none', because: 'binary', found: signature.found }
  if (PACKAGES.some((candidate) => startsWith(bytes, candidate)) || detectForeign(bytes, text)) return { container: 'workbook' }
  const isMime = MIME_HEAD.test(text) && MULTIPART.test(text.slice(0, WINDOW))
  if (isMime || startsWith(bytes, PROPERTY_LIST)) return { container: 'none', because: 'web-archive' }
  return firstNul < 0 ? undefined : { container: 'none', because: 'binary', found: `a NUL byte at offset ${firstNul}` }
}

function startsWith(bytes: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, index) => bytes[index] === byte)
}

/** Tags that pages, or pieces of pages, begin with. */
const FIRST_TAGS: ReadonlySet<string> = new Set([
  'html', 'head', 'body', 'meta', 'title', 'link', 'base', 'style', 'script', 'main', 'header', 'nav', 'article', 'section', 'div', 'table',
  'thead', 'tbody', 'tr', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'p', 'a', 'ul', 'ol', 'span', 'form', 'center',
])

/** Whether a text is an HTML page: its first tag is one of a page's, or it is named .html and contains any tag. */
function isHtml(name: string, start: string): boolean {
  const head = start.trimStart()
  return beginsWithTag(skipPreamble(head)) || (/\.x?html?$/i.test(name) && /<[a-z!/]/i.test(head))
}

function beginsWithTag(text: string): boolean {
  if (/^<!doctype\s+html/i.test(text)) return true
  const [, name] = /^<([a-z][a-z0-9]{0,9})(?=[\s/>])/i.exec(text) ?? []
  return name !== undefined && FIRST_TAGS.has(name.toLowerCase())
}

/** The text after white space, XML declarations and comments; '' if a comment does not end. */
function skipPreamble(text: string): string {
  let at = 0
  for (;;) {
    while (/\s/.test(text.charAt(at))) at += 1
    const end = text.startsWith('<!--', at) ? '-->' : text.startsWith('<?', at) ? '>' : undefined
    if (end === undefined) return text.slice(at, at + 80)
    const found = text.indexOf(end, at + 2)
    if (found < 0) return ''
    at = found + end.length
  }
}

/** The start of a JSON document: an object's first name, or a list of objects or strings. Markdown's `[link]` is neither. */
const JSON_HEAD = /^\s*(?:\{\s*["}]|\[\s*(?:[{"\]]|$)|\{\s*$)/

/** First keys that only mapping documents in YAML have: CTID's shapes, DeTT&CT's, and detection rules. */
const YAML_NAMES: ReadonlySet<string> = new Set([
  'metadata', 'mapping_objects', 'mapping_framework', 'attack_version', 'technology_domain', 'ATT&CK version', 'creation date',
  'techniques', 'file_type', 'logsource', 'attack_technique', 'atomic_tests', 'relevantTechniques',
])

/**
 * JSON, YAML or TOML: by the extensions .json, .yaml, .yml and .toml; JSON and YAML with any other by content, cautiously, so that
 * prose stays text.
 */
function detectTree(name: string, start: string): 'json' | 'yaml' | 'toml' | undefined {
  const extension = /\.(json|ya?ml|toml)(?:\.gz)?$/i.exec(name)?.[1]?.toLowerCase()
  if (extension === 'json' || extension === 'toml') return extension
  if (extension !== undefined) return 'yaml'
  if (JSON_HEAD.test(start)) return 'json'
  return looksLikeYaml(start) ? 'yaml' : undefined
}

/** Whether the first key, after comments and `---`, is one of a mapping document. */
function looksLikeYaml(start: string): boolean {
  const lines = start.split(/\r?\n/).filter((line) => line.trim() !== '' && !/^(?:#|%|---\s*$)/.test(line))
  const first = lines[0]
  if (first === undefined) return false
  if (hasKnownName(first)) return true
  // Security Stack files and rules begin with a word that prose may begin with; then a second known name must follow.
  return /^(?:version|name|title|id|action|author):\s/.test(first) && lines.slice(1, 60).some(hasKnownName)
}

function hasKnownName(line: string): boolean {
  const name = /^(?:- )?["']?([\w& ]+)["']?:(?:\s|$)/.exec(line)?.[1]
  return name !== undefined && YAML_NAMES.has(name)
}

/** Whether a text is a delimited table: by the extensions .csv, .tsv and .tab; by content with any other. Text otherwise. */
function detectTable(name: string, head: DocumentHead): DetectedContainer {
  const isNamed = !/^\s*</.test(head.text) && /\.(?:csv|tsv|tab)(?:\.gz)?$/i.test(name)
  const delimiter = isNamed ? undefined : measureTable(head)
  if (!isNamed && delimiter === undefined) return { container: 'text' }
  if (head.hasControls) return { container: 'none', because: 'binary', found: 'control characters that no text contains' }
  return { container: 'csv', ...(delimiter !== undefined && { delimiter }) }
}

/** First line of a YAML list of records or of a mapping: a key, perhaps quoted, or a bracket. */
const YAML_LINE = /^(?:-\s*$|(?:- )?\s{0,8}(?:["'][^"']{1,80}["']|[^\s"'{}[\],:|;][^{}[\],:|;\t]{0,80}):(?:\s|$)|(?:- )?[{[])/

/** What the user calls a table: JSON or YAML if it begins like a tree, otherwise delimited cells, whatever the name of the file. */
function detectNamedTable(name: string, start: string, head: DocumentHead): DetectedContainer {
  if (JSON_HEAD.test(start)) return { container: 'json' }
  const first = start.split(/\r?\n/).find((line) => line.trim() !== '' && !/^(?:#|%|---\s*$)/.test(line)) ?? ''
  const isList = first.startsWith('- ') || /^-\s*$/.test(first)
  if (YAML_LINE.test(first) && (isList || /\.ya?ml(?:\.gz)?$/i.test(name))) return { container: 'yaml' }
  if (head.hasControls) return { container: 'none', because: 'binary', found: 'control characters that no text contains' }
  return { container: 'csv' }
}

/** Length limit of a column's title; sentences are longer. */
const LONGEST_TITLE = 60

/**
 * The delimiter of a text that is a table: records of equal width, the first of which looks like titles of columns. Undefined
 * for anything else, such as prose with commas.
 */
function measureTable({ text, isWhole }: DocumentHead): string | undefined {
  if (/^\s*<|^\|/.test(text)) return undefined
  const { delimiter, columns, share } = detectDelimiter(text)
  if (columns < (delimiter === ',' ? 3 : 2) || share < 0.9) return undefined
  const [header, ...records] = scanRecords(text, delimiter, 20).rows
  // The last record of a head may be cut off.
  const whole = isWhole ? records : records.slice(0, -1)
  return header?.length === columns && whole.length >= 2 && looksLikeTitles(header) ? delimiter : undefined
}

function looksLikeTitles(cells: readonly string[]): boolean {
  const titles = cells.map((cell) => cell.trim()).filter((cell) => cell !== '')
  return titles.length >= cells.length - 1
    && new Set(titles).size === titles.length
    && titles.every((title) => title.length <= LONGEST_TITLE && !/[.:!?]$|\.\s/.test(title))
}
