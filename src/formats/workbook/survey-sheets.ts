import { detectEncoding } from '../decode-characters.js'
import { type Excess, findExcess, type Limits } from '../limits.js'
import { inflateMember, type ZipEntry } from './survey-zip.js'

/** What the sheets of a workbook will become: counted in its XML, before a reader repeats, merges or copies anything. */
interface SheetCounts {
  rows: number
  cells: number
  characters: number
  'cell-characters': number
  'merged-cells': number
  'repeated-cells': number
}

/**
 * The limit that a workbook exceeds, if any. Only tags and lengths are looked at, whether or not the XML is well-formed: shared strings at each
 * use, repetitions with content, merged cells within the sheet, and the rectangle of cells that a reader makes of the last row and column.
 */
export async function surveySheets(
  bytes: Uint8Array, entries: readonly ZipEntry[], kind: 'xlsx' | 'ods', limits: Limits,
): Promise<Excess | undefined> {
  const isPart = ({ name }: ZipEntry): boolean => (kind === 'ods' ? name === 'content.xml' : /^xl\/.*\.xml$/i.test(name) && !otherParts.test(name))
  const parts = entries.filter(isPart).toSorted((a, b) => Number(isShared(b)) - Number(isShared(a)))
  const counts: SheetCounts = { 'rows': 0, 'cells': 0, 'characters': 0, 'cell-characters': 0, 'merged-cells': 0, 'repeated-cells': 0 }
  let strings: readonly number[] = []
  for (const entry of parts) {
    // A damaged part is reported when the workbook is read.
    const content = await inflateMember(bytes, entries, entry.name).catch(() => undefined)
    if (!content) continue
    const text = new TextDecoder(content[0] === 0xff && content[1] === 0xfe ? 'utf-16le' : 'utf-8').decode(content)
    if (isShared(entry)) strings = lengthsOfStrings(text)
    else (kind === 'ods' ? countOds : countXlsx)(text, strings, counts, limits)
    const excess = findExcess(counts, limits)
    if (excess) return { ...excess, part: entry.name }
  }
  return undefined
}

/** The same of a workbook that is one XML text. */
export function surveyText(bytes: Uint8Array, form: 'fods' | 'spreadsheetml', limits: Limits): Excess | undefined {
  const counts: SheetCounts = { 'rows': 0, 'cells': 0, 'characters': 0, 'cell-characters': 0, 'merged-cells': 0, 'repeated-cells': 0 };
  (form === 'fods' ? countOds : countSpreadsheetMl)(new TextDecoder(detectEncoding(bytes)).decode(bytes), [], counts, limits)
  return findExcess(counts, limits)
}

function isShared({ name }: ZipEntry): boolean {
  return /^xl\/sharedstrings\.xml$/i.test(name)
}

/** Parts without cells. */
const otherParts = /^xl\/(?:theme|drawings|charts|media|styles\.xml|workbook\.xml|tables)/i

/** A tag with its attributes, or the end of an element. Names are without their prefix. */
interface Tag {
  readonly name: string
  readonly isEnd: boolean
  readonly attributes: string
  /** Length of the text up to the next tag. */
  readonly length: number
  /** Offset of that text. */
  readonly at: number
}

function* tagsOf(text: string): Generator<Tag> {
  for (let at = text.indexOf('<'); at >= 0;) {
    const end = text.indexOf('>', at)
    if (end < 0) return
    const next = text.indexOf('<', end)
    const isEnd = text.charCodeAt(at + 1) === 0x2f
    let nameEnd = at + (isEnd ? 2 : 1)
    let nameStart = nameEnd
    for (; nameEnd < end; nameEnd += 1) {
      const code = text.charCodeAt(nameEnd)
      if (code === 0x3a) nameStart = nameEnd + 1
      else if (code <= 0x20 || code === 0x2f) break
    }
    yield { name: text.slice(nameStart, nameEnd), isEnd, attributes: text.slice(nameEnd, end), at: end + 1, length: (next < 0 ? text.length : next) - end - 1 }
    at = next
  }
}

/** The length of each shared string. */
function lengthsOfStrings(text: string): readonly number[] {
  const lengths: number[] = []
  for (const { name, isEnd, length } of tagsOf(text)) {
    if (isEnd) continue
    if (name === 'si') lengths.push(0)
    else if (name === 't' && lengths.length > 0) lengths[lengths.length - 1] = (lengths.at(-1) ?? 0) + length
  }
  return lengths
}

function countXlsx(text: string, strings: readonly number[], counts: SheetCounts, limits: Limits): void {
  const { cells: before } = counts
  const merges: string[] = []
  let [row, column, width, height] = [0, 0, 0, 0]
  let [isFilled, isNumber] = [false, false]
  for (const { name, isEnd, attributes, at, length } of tagsOf(text)) {
    if (isEnd) continue
    if (name === 'row') {
      if (findExcess(counts, limits)) return
      row = Number(/\sr\s*=\s*["'](\d{1,7})["']/.exec(attributes)?.[1] ?? row + 1)
      column = 0
      isFilled = false
    } else if (name === 'c') {
      const [, letters, digits] = /\sr\s*=\s*["']([A-Za-z]{1,3})(\d{1,7})["']/.exec(attributes) ?? []
      if (digits !== undefined) row = Number(digits)
      column = letters === undefined ? column + 1 : columnOf(letters)
      isNumber = /\st\s*=\s*["']s["']/.test(attributes)
      if (!isFilled) counts.rows += 1
      isFilled = true
      width = Math.max(width, column)
      height = Math.max(height, row)
      counts.cells = before + width * height
    } else if (name === 'v' || name === 't') {
      const size = isNumber && name === 'v' ? (strings[Number(text.slice(at, at + Math.min(length, 10)))] ?? 0) : length
      counts.characters += size
      counts['cell-characters'] = Math.max(counts['cell-characters'], size)
    } else if (name === 'mergeCell') merges.push(attributes)
  }
  for (const merge of merges) {
    const [, left, top, right, bottom] = /\sref\s*=\s*["']([A-Za-z]{1,3})(\d{1,7}):([A-Za-z]{1,3})(\d{1,7})["']/.exec(merge) ?? []
    if (left === undefined || right === undefined) continue
    const columns = Math.min(columnOf(right), width) - columnOf(left) + 1
    counts['merged-cells'] += Math.max(0, Math.min(Number(bottom), height) - Number(top) + 1) * Math.max(0, columns)
  }
}

function indexOf(attributes: string): number | undefined {
  const [, digits] = /[\s:]Index\s*=\s*["'](\d{1,15})["']/.exec(attributes) ?? []
  return digits === undefined ? undefined : Number(digits)
}

/** SpreadsheetML 2003: rows and cells have an index where they do not follow the one before. */
function countSpreadsheetMl(text: string, _strings: readonly number[], counts: SheetCounts, limits: Limits): void {
  let [before, row, column, width] = [0, 0, 0, 0]
  for (const { name, isEnd, attributes, length } of tagsOf(text)) {
    if (isEnd) continue
    if (name === 'Worksheet') [before, row, width] = [counts.cells, 0, 0]
    else if (name === 'Row') {
      if (findExcess(counts, limits)) return
      row = indexOf(attributes) ?? row + 1
      column = 0
    } else if (name === 'Cell') {
      if (column === 0) counts.rows += 1
      column = indexOf(attributes) ?? column + 1
      width = Math.max(width, column)
      counts.cells = before + width * row
    } else if (name === 'Data') {
      counts.characters += length
      counts['cell-characters'] = Math.max(counts['cell-characters'], length)
    }
  }
}

function columnOf(letters: string): number {
  let column = 0
  for (let at = 0; at < letters.length; at += 1) column = column * 26 + (letters.charCodeAt(at) & 0x1f)
  return column
}

/** Repetitions of rows and columns: OpenDocument 1.3, part 3, sections 19.677 and 19.675. */
function countOds(text: string, _strings: readonly number[], counts: SheetCounts, limits: Limits): void {
  let [rows, columns, width, column, elements, filled, characters, size, spanned] = [1, 1, 0, 0, 0, 0, 0, 0, 0]
  let isInText = false
  const endCell = (): void => {
    if (size > 0) [width, elements, filled, characters] = [column, elements + 1, filled + columns, characters + size * columns]
    counts['cell-characters'] = Math.max(counts['cell-characters'], size)
    size = 0
  }
  for (const { name, isEnd, attributes, length } of tagsOf(text)) {
    const isCell = name === 'table-cell' || name === 'covered-table-cell'
    if (name === 'table-row' && !isEnd) {
      if (findExcess(counts, limits)) return
      rows = repeats(attributes, 'rows-repeated');
      [width, column, elements, filled, characters, size, spanned] = [0, 0, 0, 0, 0, 0, 0]
    } else if (isCell && !isEnd) {
      endCell()
      columns = repeats(attributes, 'columns-repeated')
      column += columns
      const [across, down] = [repeats(attributes, 'columns-spanned'), repeats(attributes, 'rows-spanned')]
      if (across * down > 1) spanned += across * down * columns
      if (/office:(?:\w+-)?value\s*=/.test(attributes)) size = 1
    } else if (name === 'table-row' && filled + size > 0) {
      endCell()
      counts.rows += rows
      counts.cells += rows * width
      counts.characters += rows * characters
      counts['merged-cells'] += rows * spanned
      counts['repeated-cells'] += rows * filled - elements
    }
    if (name === 'p') isInText = !isEnd && !attributes.endsWith('/')
    if (isInText) size += length
  }
}

function repeats(attributes: string, what: string): number {
  const at = attributes.indexOf(`number-${what}`)
  return at < 0 ? 1 : Number(/^[^"']{1,40}["'](\d{1,10})["']/.exec(attributes.slice(at, at + 60))?.[1] ?? 1)
}

/** The limit that sheets as read exceed, if any: for workbooks whose format is not surveyed. */
export function measureRows(sheets: readonly { readonly rows: readonly (readonly unknown[] | undefined)[] }[], limits: Limits): Excess | undefined {
  const counts = { 'rows': 0, 'cells': 0, 'characters': 0, 'cell-characters': 0 }
  for (const { rows } of sheets) {
    for (const row of rows) {
      if (!row) continue
      let isFilled = false
      for (const value of row) {
        if (value === null || value === undefined || value === '') continue
        isFilled = true
        const size = typeof value === 'string' ? value.length : 1
        counts.characters += size
        counts['cell-characters'] = Math.max(counts['cell-characters'], size)
      }
      if (isFilled) counts.rows += 1
      counts.cells += row.length
    }
    const excess = findExcess(counts, limits)
    if (excess) return excess
  }
  return undefined
}
