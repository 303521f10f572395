import { detectDelimiter, scanRecords } from './csv/scan-records.js'
import { decodeHead } from './decode-characters.js'
import type { DocumentFile } from './decoded.js'

/** What a file's first bytes say that it is: a container that is decoded, or a reason why it is none. */
type ContainerGuess =
  | { readonly container: 'text' | 'workbook' }
  | { readonly container: 'none'; readonly because: 'empty' | 'web-archive' }
  | { readonly container: 'none'; readonly because: 'binary'; readonly found: string }

/** How many bytes are looked at; enough for every signature, cheap for any file. */
const WINDOW = 8192

/** Signatures of files that people hand over by mistake; the rest of binary files is told by its NUL bytes. */
const SIGNATURES: readonly { readonly bytes: readonly number[]; readonly found: string }[] = [
  { bytes: [0x1f, 0x8b], found: 'a gzip file' },
  { bytes: [0x25, 0x50, 0x44, 0x46, 0x2d], found: 'a PDF document' },
  { bytes: [0x89, 0x50, 0x4e, 0x47], found: 'a PNG image' },
  { bytes: [0xff, 0xd8, 0xff], found: 'a JPEG image' },
]

/** ZIP archives and compound files: workbooks, or what their decoder tells from them. */
const PACKAGES: readonly (readonly number[])[] = [[0x50, 0x4b, 0x03, 0x04], [0x50, 0x4b, 0x05, 0x06], [0xd0, 0xcf, 0x11, 0xe0]]

/** The binary property lists that Safari saves pages as. */
const PROPERTY_LIST: readonly number[] = [0x62, 0x70, 0x6c, 0x69, 0x73, 0x74, 0x30, 0x30]

/** The head lines of a page saved as one file in MIME's format (MHTML, RFC 2557). */
const MIME_HEAD = /^(?:From|Snapshot-Content-Location|Subject|Date|MIME-Version|Content-Type|X-[A-Za-z-]{1,40}):/i
const MULTIPART = /^Content-Type:\s{0,4}multipart\/related/im

/** Tells a file's container by its content. Looks at the first 8 KiB only. */
export function sniffContainer(bytes: Uint8Array): ContainerGuess {
  if (bytes.length === 0) return { container: 'none', because: 'empty' }
  const signature = SIGNATURES.find((candidate) => startsWith(bytes, candidate.bytes))
  if (signature) return { container: 'none', because: 'binary', found: signature.found }
  if (PACKAGES.some((candidate) => startsWith(bytes, candidate))) return { container: 'workbook' }
  if (isWebArchive(bytes)) return { container: 'none', because: 'web-archive' }
  if (hasUtf16Mark(bytes)) return { container: 'text' }
  const nul = bytes.subarray(0, WINDOW).indexOf(0)
  if (nul >= 0) return { container: 'none', because: 'binary', found: `a NUL byte at offset ${nul}` }
  return { container: 'text' }
}

function isWebArchive(bytes: Uint8Array): boolean {
  if (startsWith(bytes, PROPERTY_LIST)) return true
  const head = decodeHead(bytes.subarray(0, WINDOW))
  return MIME_HEAD.test(head) && MULTIPART.test(head)
}

/** Whether the bytes begin with the byte order mark of UTF-16, either way round. */
function hasUtf16Mark(bytes: Uint8Array): boolean {
  return startsWith(bytes, [0xff, 0xfe]) || startsWith(bytes, [0xfe, 0xff])
}

function startsWith(bytes: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, index) => bytes[index] === byte)
}

/** How many bytes are looked at: enough for the comments that browsers and tools put before the page. */

/** Tags that pages, or pieces of pages, begin with. */
const FIRST_TAGS: ReadonlySet<string> = new Set([
  'html', 'head', 'body', 'meta', 'title', 'link', 'base', 'style', 'script', 'main', 'header', 'nav', 'article', 'section', 'div', 'table',
  'thead', 'tbody', 'tr', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'p', 'a', 'ul', 'ol', 'span', 'form', 'center',
])

/**
 * Whether a text is an HTML page. The content decides: the first thing behind a byte order mark, white space, an XML
 * declaration and comments. A file named .html that holds tags is a page as well.
 */
export function sniffHtml(file: DocumentFile): boolean {
  const head = decodeHead(file.bytes.subarray(0, WINDOW)).trimStart()
  if (beginsWithTag(skipPreamble(head))) return true
  return /\.x?html?$/i.test(file.name) && /<[a-z!/]/i.test(head)
}

function beginsWithTag(text: string): boolean {
  if (/^<!doctype\s+html/i.test(text)) return true
  const [, name] = /^<([a-z][a-z0-9]{0,9})(?=[\s/>])/i.exec(text) ?? []
  return name !== undefined && FIRST_TAGS.has(name.toLowerCase())
}

/** What follows white space, XML declarations and comments; '' where a comment does not end. */
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

/** How many bytes are looked at: enough for the comments that may stand above the first key. */

/** What JSON documents begin with: an object's first name, or a list of objects or texts; Markdown's `[link]` with neither. */
const JSON_HEAD = /^\s*(?:\{\s*["}]|\[\s*(?:[{"\]]|$)|\{\s*$)/

/** Names at the start of lines that only mapping documents in YAML have: CTID's unified shape and its Security Stack one. */
const YAML_NAMES: ReadonlySet<string> = new Set([
  'metadata', 'mapping_objects', 'mapping_framework', 'attack_version', 'technology_domain', 'ATT&CK version', 'creation date', 'techniques',
])

/**
 * Whether a text is a JSON or YAML document. The name decides where it ends in .json, .yaml or .yml; elsewhere the content does,
 * cautiously: prose stays text.
 */
export function sniffTree(file: DocumentFile): 'json' | 'yaml' | undefined {
  const head = decodeHead(file.bytes.subarray(0, WINDOW))
  const extension = /\.(json|ya?ml)(?:\.gz)?$/i.exec(file.name)?.[1]?.toLowerCase()
  if (extension === 'json') return 'json'
  if (extension !== undefined) return 'yaml'
  if (JSON_HEAD.test(head)) return 'json'
  return looksLikeYaml(head) ? 'yaml' : undefined
}

/** The first key of the document, after its comments and its `---`, must be one that is known. */
function looksLikeYaml(head: string): boolean {
  const lines = head.split(/\r?\n/).filter((line) => line.trim() !== '' && !/^(?:#|%|---\s*$)/.test(line))
  const first = lines[0]
  if (first === undefined) return false
  if (hasKnownName(first)) return true
  // Security Stack files begin with "version:" or "name:", as prose may; then a second known name must follow soon.
  return /^(?:version|name):\s/.test(first) && lines.slice(1, 6).some(hasKnownName)
}

function hasKnownName(line: string): boolean {
  const name = /^(?:- )?["']?([\w& ]+)["']?:(?:\s|$)/.exec(line)?.[1]
  return name !== undefined && YAML_NAMES.has(name)
}

/** How many bytes are looked at: some dozens of rows. */
const TABLE_WINDOW = 16_384

/** How long a column's name may be; sentences are longer. */
const LONGEST_NAME = 60

/**
 * Whether a text is a table with delimiters. The name decides where it ends in .csv, .tsv or .tab; elsewhere the content
 * does, cautiously: the records must be equally wide, and the first must look like the names of columns, so that prose
 * with commas stays prose.
 */
export function sniffTable(file: DocumentFile): boolean {
  const head = decodeHead(file.bytes.subarray(0, TABLE_WINDOW))
  if (/^\s*</.test(head)) return false
  if (/\.(?:csv|tsv|tab)(?:\.gz)?$/i.test(file.name)) return true
  if (head.startsWith('|')) return false
  const { delimiter, columns, share } = detectDelimiter(head)
  if (columns < (delimiter === ',' ? 3 : 2) || share < 0.9) return false
  const [header, ...records] = scanRecords(head, delimiter, 20).rows
  // What the window cuts off is no record.
  const whole = file.bytes.length > TABLE_WINDOW ? records.slice(0, -1) : records
  return header?.length === columns && whole.length >= 2 && looksLikeNames(header)
}

function looksLikeNames(cells: readonly string[]): boolean {
  const names = cells.map((cell) => cell.trim()).filter((cell) => cell !== '')
  return names.length >= cells.length - 1
    && new Set(names).size === names.length
    && names.every((name) => name.length <= LONGEST_NAME && !/[.:!?]$|\.\s/.test(name))
}
