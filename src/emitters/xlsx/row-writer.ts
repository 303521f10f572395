import { columnLetters } from '../../formats/places.js'
import { type CellStyle, columnStyles, decimalStyle, linkStyle, toneStyle } from './cell-styles.js'
import { countLines, heightAttributes, heightOfLines, visibleLines } from './row-heights.js'
import { columnWidth } from './sheet-layout.js'
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

/**
 * Creates the function that adds a row of a table. Blank cells are not written. Most of a row is that above with another number, so that cells
 * are copied from bytes that are kept by column.
 */
export function createRowWriter(
  { columns, mostLines = Number.POSITIVE_INFINITY }: TableSheet, { styles, texts }: SheetContext, links: SheetLinks, styleOf: StyleOf,
): (to: XmlBytes, row: readonly CellValue[], number: number) => void {
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
  const linked = styles.cellStyle(linkStyle)
  const tones = createToneStyles(styles.cellStyle, styleOf)
  const digits = createXmlBytes(longestRest)
  const most = visibleLines(mostLines)
  /** The rest of a row's start, by its lines. */
  const openings = new Map<number, XmlBytes>()
  return (to, row, number) => {
    const lines = prepare(row, number)
    const opening = openings.get(lines) ?? asciiBytes(heightAttributes(heightOfLines(lines, mostLines)))
    openings.set(lines, opening)
    digits.length = 0
    putDigits(digits, number)
    reserve(to, 0)
    putBytes(to, rowStart)
    putBytes(to, digits)
    putBytes(to, opening)
    for (let column = 0; column < writers.length; column++) {
      const writer = writers[column]
      const value = row[column]
      if (writer === undefined || value === null || value === undefined) continue
      reserve(to, 0)
      putBytes(to, writer.start)
      putBytes(to, digits)
      if (typeof value === 'number') {
        describe(to, writer.style, numberStart)
        putNumber(to, value)
        putBytes(to, numberEnd)
        continue
      }
      putBytes(to, writer.rest)
      if (!writer.inline) continue
      putTextElement(to, value)
      putBytes(to, inlineEnd)
    }
    putBytes(to, rowEnd)
  }

  /** Makes the rests of columns those of the texts of a row, and gives the number of its lines. */
  function prepare(row: readonly CellValue[], number: number): number {
    let lines = 1
    for (let column = 0; column < writers.length; column++) {
      const writer = writers[column]
      const value = row[column]
      if (writer === undefined || typeof value !== 'string') continue
      const isLinked = writer.format === 'url' && links.link(column, number, value)
      if (value !== writer.text || (writer.shown === linked) !== isLinked) {
        writer.text = value
        if (writer.width > 0) writer.lines = countLines(value, writer.width, most)
        if (!writer.inline) share(writer, value, isLinked)
      }
      if (writer.lines > lines) lines = writer.lines
    }
    return lines
  }

  function share(writer: ColumnWriter, text: string, isLinked: boolean): void {
    writer.shown = isLinked ? linked : tones(writer.format, text) ?? writer.style
    writer.rest.length = 0
    describe(writer.rest, writer.shown, sharedStart)
    putDigits(writer.rest, texts.index(text))
    putBytes(writer.rest, numberEnd)
  }
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
