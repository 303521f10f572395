import { decodeStrictly, markLength } from '../decode-characters.js'
import { type DocumentFile, type TableDocument, type TableSheet, withoutBlankEnd } from '../decoded.js'
import { findExcess, type Limits } from '../limits.js'
import { type Position, positionFinder, shiftPosition } from '../places.js'
import { detectDelimiter } from './detect-delimiter.js'
import { findCell } from './decode-csv.js'
import { scanRecords } from './scan-records.js'

/** How large tables are read. */
export interface LargeTableReading {
  readonly limits: Limits
  /** Called before each step, of which none takes long; throws to end the reading. */
  readonly check?: (() => void) | undefined
  /** Bytes that are scanned at once, if not the usual ones. */
  readonly step?: number | undefined
}

const usualStep = 1 << 20
/** Bytes of a step at most: it grows until a record ends in it, and those of tables are much shorter. */
const mostBytes = 1 << 23
/** Cells of a record: rows of tables have dozens. What reads tables compares columns with each other. */
const mostCells = 100
/** Characters in which the delimiter is detected, and bytes that have at least as many. */
const headBytes = 8_000_000

/**
 * Opens a large delimited text in UTF-8 step by step, so that its text is never in memory: only its cells, of which equal ones are one text,
 * and where its records begin. Undefined if anything is unusual about it, or it exceeds a limit: misplaced quotes, very wide records, a rule
 * of Markdown. Whoever reads it as a whole then says what is wrong.
 */
export function openLargeCsv(file: DocumentFile, { limits, check, step = usualStep }: LargeTableReading): TableDocument | undefined {
  const { bytes } = file
  const { delimiter } = detectDelimiter(new TextDecoder().decode(bytes.subarray(0, headBytes), { stream: true }))
  if (delimiter === '|') return undefined
  const rows: (readonly string[])[] = []
  const starts: number[] = []
  const lines: number[] = []
  const share = shareCells()
  let [cells, isBlank] = [0, true]
  // Where the next part begins, at the end the place behind the text.
  let end: Position = { line: 1, column: 1 }
  let at: number = markLength(bytes)
  while (at < bytes.length) {
    check?.()
    const part = scanPart(bytes, at, delimiter, limits, step)
    if (!part) return undefined
    const positionOf = positionFinder(part.text)
    let offset = 0
    for (const { start, row } of part.records) {
      if (row.length > mostCells || (starts.length === 0 && /^sep=.$/i.test(row.join(delimiter)))) return undefined
      at += countBytes(part.text, offset, start)
      offset = start
      starts.push(at)
      lines.push(end.line + positionOf(start).line - 1)
      cells += row.length
      isBlank &&= row.every((cell) => cell.trim() === '')
      rows.push(share(withoutBlankEnd(row)))
    }
    at += countBytes(part.text, offset, part.end)
    end = shiftPosition(positionOf(part.end), end)
    if (findExcess({ rows: rows.length, cells }, limits)) return undefined
  }
  if (isBlank) return undefined
  return { container: 'csv', file, sheets: [{ name: '', rows, link: () => undefined, place: placeCells(bytes, delimiter, { starts, lines, end }) }] }
}

/** Records at a place of the bytes: their text, and where the next record begins in it. */
interface Part {
  readonly text: string
  readonly records: readonly { readonly start: number; readonly row: readonly string[] }[]
  readonly end: number
}

/** Scans the whole records of one step, or of more if the first is longer. Undefined if anything is unusual. */
function scanPart(bytes: Uint8Array, at: number, delimiter: string, limits: Limits, step: number): Part | undefined {
  for (let size = step; size <= mostBytes; size *= 2) {
    const isLast = at + size >= bytes.length
    // A record ends with a line, but where its line end is quoted.
    const cut = isLast ? bytes.length : bytes.lastIndexOf(0x0a, at + size - 1) + 1
    if (cut <= at) continue
    const text = decodeStrictly(bytes.subarray(at, cut))
    if (text === undefined) return undefined
    const { rows, starts, unclosed = text.length, strays, excess } = scanRecords(text, delimiter, undefined, limits)
    if (unclosed < text.length && isLast) return undefined
    // A quote that is not closed here is closed further on: its record is the first of the next part.
    const records = rows.flatMap((row, index) => {
      const start = starts[index] ?? 0
      return (starts[index + 1] ?? text.length) <= unclosed ? [{ start, row }] : []
    })
    const end = starts[records.length] ?? text.length
    if ((strays && strays.first < end) || (excess && excess.at < end)) return undefined
    if (records.length > 0) return { text, records, end }
  }
  return undefined
}

/** Finds the places of cells: their records are decoded again. The last is kept, as several of its places are asked for. */
function placeCells(
  bytes: Uint8Array, delimiter: string, { starts, lines, end }: { readonly starts: readonly number[]; readonly lines: readonly number[]; readonly end: Position },
): TableSheet['place'] {
  const [offsets, numbers] = [Uint32Array.from(starts), Uint32Array.from(lines)]
  let last = { row: -1, text: '' }
  return (row, column) => {
    const line = numbers[row]
    if (line === undefined) return { kind: 'text', ...end }
    // Beyond the last cell is the place of the record.
    if (column >= mostCells) return { kind: 'text', line, column: 1 }
    if (last.row !== row) last = { row, text: decodeStrictly(bytes.subarray(offsets[row] ?? bytes.length, offsets[row + 1])) ?? '' }
    const cell = findCell(last.text, 0, delimiter.charCodeAt(0), column)
    if (!/[\n\r]/.test(last.text.slice(0, cell))) return { kind: 'text', line, column: cell + 1 }
    const inRecord = positionFinder(last.text)(cell)
    return { kind: 'text', line: line + inRecord.line - 1, column: inRecord.column }
  }
}

/** The bytes of characters in UTF-8. */
function countBytes(text: string, from: number, to: number): number {
  let count = to - from
  for (let at = from; at < to; at += 1) {
    const code = text.charCodeAt(at)
    // A surrogate is half of a character of four bytes.
    if (code >= 0x80) count += code < 0x800 || (code >= 0xd800 && code < 0xe000) ? 1 : 2
  }
  return count
}

/** Different texts of cells that are remembered at most. */
const mostKnown = 50_000
/** Slices of fewer characters are copies; V8 makes longer ones views, which keep the whole text in memory. */
const copied = 13

/** Gives rows whose cells are the first of equal texts, and copies of what they were cut from. */
function shareCells(): (row: readonly string[]) => readonly string[] {
  const known = new Map<string, string>()
  return (row) => row.map((cell) => {
    const first = known.get(cell)
    if (first !== undefined) return first
    const own = cell.length < copied ? cell : String(JSON.parse(JSON.stringify(cell)))
    if (known.size < mostKnown) known.set(own, own)
    return own
  })
}
