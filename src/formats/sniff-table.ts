import { detectDelimiter } from './csv/detect-delimiter.js'
import { scanRecords } from './csv/scan-records.js'
import type { DocumentFile } from './decoded.js'
import { decodeHead } from './decode-head.js'

/** How many bytes are looked at: some dozens of rows. */
const WINDOW = 16_384

/** How long a column's name may be; sentences are longer. */
const LONGEST_NAME = 60

/**
 * Whether a text is a table with delimiters. The name decides where it ends in .csv, .tsv or .tab; elsewhere the content
 * does, cautiously: the records must be equally wide, and the first must look like the names of columns, so that prose
 * with commas stays prose.
 */
export function sniffTable(file: DocumentFile): boolean {
  const head = decodeHead(file.bytes.subarray(0, WINDOW))
  if (/^\s*</.test(head)) return false
  if (/\.(?:csv|tsv|tab)(?:\.gz)?$/i.test(file.name)) return true
  if (head.startsWith('|')) return false
  const { delimiter, columns, share } = detectDelimiter(head)
  if (columns < (delimiter === ',' ? 3 : 2) || share < 0.9) return false
  const [header, ...records] = scanRecords(head, delimiter, 20).rows
  // What the window cuts off is no record.
  const whole = file.bytes.length > WINDOW ? records.slice(0, -1) : records
  return header?.length === columns && whole.length >= 2 && looksLikeNames(header)
}

function looksLikeNames(cells: readonly string[]): boolean {
  const names = cells.map((cell) => cell.trim()).filter((cell) => cell !== '')
  return names.length >= cells.length - 1
    && new Set(names).size === names.length
    && names.every((name) => name.length <= LONGEST_NAME && !/[.:!?]$|\.\s/.test(name))
}
