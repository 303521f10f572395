import { columnLetters } from '../../formats/places.js'
import { type CellStyle, columnStyles, decimalStyle, linkStyle, toneStyle } from './cell-styles.js'
import { countLines, heightAttributes, heightOfLines, visibleLines } from './row-heights.js'
import { columnWidth } from './sheet-layout.js'
import type { SharedTexts } from './excel-cells.js'
import type { CellValue, TableSheet, WorkbookColumn } from './workbook.js'
import type { SheetContext, SheetLinks } from './worksheet.js'
import { asciiBytes, createXmlBytes, putBytes, putDigits, putNumber, putTextElement, reserve, type XmlBytes } from './xml-bytes.js'

/** The style of a coloured word; undefined for other values. */
export type StyleOf = (value: CellValue) => CellStyle | undefined

/** How the cells of a column are written, and the last text: many columns repeat it row after row, and it is looked up once. */
interface ColumnWriter {
  /** The part of a cell before the number of its row. */
  readonly start: XmlBytes
  readonly format: WorkbookColumn['format']
  readonly style: number
  readonly inline: boolean
  /** The width in which text is wrapped; 0 if it is not. */
  readonly width: number
  text: string
  /** The style of the cell with `text`, and the lines that it takes. */
  shown: number
  lines: number
  /** The part of that cell after its reference; of those that contain their texts, what is before these. */
  readonly rest: XmlBytes
}

/** No cell has this text, since XML forbids it. */
const noText = '\0'
/** Longer than the rest of a cell with a shared text. */
const longestRest = 80

const [rowStart, rowEnd] = [asciiBytes('<row r="'), asciiBytes('</row>')] as const
const [styleStart, numberStart, numberEnd] = [asciiBytes('" s="'), asciiBytes('"><v>'), asciiBytes('</v></c>')] as const
const [sharedStart, inlineStart, inlineEnd] = [asciiBytes('" t="s"><v>'), asciiBytes('" t="inlineStr"><is>'), asciiBytes('</is></c>')] as const

/** Writes the rows of a table. The functions below take it, since V8 drops the optimised code of those that are made for each sheet. */
export interface RowWriter {
  readonly columns: readonly ColumnWriter[]
  readonly links: SheetLinks
  readonly texts: SharedTexts
  readonly tones: ToneOf
  /** The style of linked cells. */
  readonly linked: number
  readonly mostLines: number
  /** As many of them as a row can show. */
  readonly visible: number
  /** The digits of the row's number. */
  readonly digits: XmlBytes
  /** The rest of a row's start, by its lines. */
  readonly openings: Map<number, XmlBytes>
}

/** Creates the writer of a table's rows. */
export function createRowWriter(
  { columns, mostLines = Number.POSITIVE_INFINITY }: TableSheet, { styles, texts }: SheetContext, links: SheetLinks, styleOf: StyleOf,
): RowWriter {
  // A loop, not `map`, which makes lists of two kinds: V8 compiles the rest for one.
  const writers: ColumnWriter[] = []
  for (const [index, column] of columns.entries()) {
    const style = styles.cellStyle(columnStyle(column))
    const rest = createXmlBytes(longestRest)
    const inline = column.unique === true
    if (inline) describe(rest, style, inlineStart)
    const start = asciiBytes(`<c r="${columnLetters(index)}`)
    writers.push({ start, format: column.format, style, inline, width: wrappedWidth(column), text: noText, shown: style, lines: 1, rest })
  }
  return {
    columns: writers, links, texts, tones: createToneStyles(styles.cellStyle, styleOf), linked: styles.cellStyle(linkStyle), mostLines,
    visible: visibleLines(mostLines), digits: createXmlBytes(longestRest), openings: new Map(),
  }
}

/**
 * Adds a row with a number from 1. Blank cells are not written. Most of a row is that above with another number, so that cells are copied from bytes
 * that are kept by column.
 */
export function putRow(to: XmlBytes, writer: RowWriter, row: readonly CellValue[], number: number): void {
  const { columns, digits } = writer
  const opening = openingOf(writer, prepare(writer, row, number))
  digits.length = 0
  putDigits(digits, number)
  reserve(to, 0)
  putBytes(to, rowStart)
  putBytes(to, digits)
  putBytes(to, opening)
  for (let index = 0; index < columns.length; index++) {
    const column = columns[index]
    const value = row[index]
    if (column === undefined || value === null || value === undefined) continue
    reserve(to, 0)
    putBytes(to, column.start)
    putBytes(to, digits)
    if (typeof value === 'number') {
      describe(to, column.style, numberStart)
      putNumber(to, value)
      putBytes(to, numberEnd)
      continue
    }
    putBytes(to, column.rest)
    if (!column.inline) continue
    putTextElement(to, value)
    putBytes(to, inlineEnd)
  }
  putBytes(to, rowEnd)
}

function openingOf({ openings, mostLines }: RowWriter, lines: number): XmlBytes {
  const known = openings.get(lines)
  if (known) return known
  const opening = asciiBytes(heightAttributes(heightOfLines(lines, mostLines)))
  openings.set(lines, opening)
  return opening
}

/** Makes the rests of columns those of the texts of a row, and gives the number of its lines. */
function prepare(writer: RowWriter, row: readonly CellValue[], number: number): number {
  const { columns, links, linked, visible } = writer
  let lines = 1
  for (let index = 0; index < columns.length; index++) {
    const column = columns[index]
    const value = row[index]
    if (column === undefined || typeof value !== 'string') continue
    const isLinked = column.format === 'url' && links.link(index, number, value)
    if (value !== column.text || (column.shown === linked) !== isLinked) {
      column.text = value
      if (column.width > 0) column.lines = countLines(value, column.width, visible)
      if (!column.inline) share(writer, column, value, isLinked)
    }
    if (column.lines > lines) lines = column.lines
  }
  return lines
}

function share({ texts, tones, linked }: RowWriter, column: ColumnWriter, text: string, isLinked: boolean): void {
  column.shown = isLinked ? linked : tones(column.format, text) ?? column.style
  column.rest.length = 0
  describe(column.rest, column.shown, sharedStart)
  putDigits(column.rest, texts.index(text))
  putBytes(column.rest, numberEnd)
}

/** Adds the style of a cell, and what is before its content. */
function describe(to: XmlBytes, style: number, start: XmlBytes): void {
  putBytes(to, styleStart)
  putDigits(to, style)
  putBytes(to, start)
}

type ToneOf = (format: WorkbookColumn['format'], value: CellValue) => number | undefined

/** The styles of coloured words, each looked up once. */
function createToneStyles(cellStyle: (style: CellStyle) => number, styleOf: StyleOf): ToneOf {
  const known = { tone: new Map<CellValue, number | undefined>(), other: new Map<CellValue, number | undefined>() }
  return (format, value) => {
    if (format !== 'score' && format !== 'status' && format !== 'tone') return undefined
    const found = known[format === 'tone' ? 'tone' : 'other']
    if (!found.has(value)) {
      const style = format === 'tone' ? styleOf(value) : toneStyle(value)
      found.set(value, style && cellStyle(style))
    }
    return found.get(value)
  }
}

/** The width in which a column wraps its texts; 0 if it does not. */
export function wrappedWidth(column: WorkbookColumn): number {
  const wraps = column.format === 'wrapped' || column.format === 'url' || column.format === 'input'
  return wraps ? columnWidth(column) : 0
}

/** The style of a column's cells. */
export function columnStyle({ format, digits = 0 }: Pick<WorkbookColumn, 'format' | 'digits'> = { format: 'text' }): CellStyle {
  return format === 'decimal' ? decimalStyle(digits) : columnStyles[format]
}
