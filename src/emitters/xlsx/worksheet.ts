import { columnLetters } from '../../formats/places.js'
import { linkTarget, mostLinks, type SharedTexts } from './excel-cells.js'
import type { StyleSheet } from './style-sheet.js'
import type { CellValue } from './workbook.js'
import { asciiBytes, bytesTogether, putAscii, putBytes, putDigits, putNumber, reserve, takeBytes, type XmlBytes } from './xml-bytes.js'
import { xmlAttribute } from './xml-text.js'

/** Everything that the sheets of a workbook share. */
export interface SheetContext {
  readonly styles: StyleSheet
  readonly texts: SharedTexts
  /** Where XML is made that is not put together as text. */
  readonly xml: XmlBytes
}

/** A relationship of a part to another part, or to an address. Its id is "rId" and its number among those of the part, from 1. */
export interface Relationship {
  /** The last step of its type's address: "hyperlink". */
  readonly type: string
  readonly target: string
  readonly external?: true
}

/** The links and relationships of a worksheet, collected while its rows are written. */
export interface SheetLinks {
  /** Links a cell if Excel's limits allow it: of a column from 0, and a row from 1. `value` is the URL; the result says whether the cell is linked. */
  readonly link: (column: number, row: number, value: CellValue) => boolean
  /** Adds a relationship to another part, and returns its id. */
  readonly relate: (type: string, target: string) => string
  readonly relationships: () => readonly Relationship[]
  /** The element `hyperlinks`, in pieces. */
  readonly xml: () => Iterable<SheetPiece>
}

const [linkStart, linkId, linkEnd] = [asciiBytes('<hyperlink ref="'), asciiBytes('" r:id="rId'), asciiBytes('"/>')] as const

/** Creates the links of a worksheet. Cells with one address share one relationship. */
export function createLinks({ xml }: Pick<SheetContext, 'xml'>): SheetLinks {
  /** Of each linked cell its column, its row, and the number of its relationship. */
  const [columns, rows, targets]: [number[], number[], number[]] = [[], [], []]
  const relationships: Relationship[] = []
  const numbers = new Map<string, number>()
  return {
    link(column, row, value) {
      if (typeof value !== 'string' || columns.length >= mostLinks) return false
      let number = numbers.get(value)
      if (number === undefined) {
        const target = linkTarget(value)
        number = target === undefined ? 0 : relationships.push({ type: 'hyperlink', target, external: true })
        numbers.set(value, number)
      }
      if (number === 0) return false
      columns.push(column)
      rows.push(row)
      targets.push(number)
      return true
    },
    relate: (type, target) => `rId${relationships.push({ type, target })}`,
    relationships: () => relationships,
    * xml() {
      if (columns.length === 0) return
      yield '<hyperlinks>'
      for (let at = 0; at < columns.length; at++) {
        putLink(xml, columns[at] ?? 0, rows[at] ?? 0, targets[at] ?? 0)
        if (xml.length >= bytesTogether) yield takeBytes(xml)
      }
      yield takeBytes(xml)
      yield '</hyperlinks>'
    },
  }
}

function putLink(xml: XmlBytes, column: number, row: number, target: number): void {
  const letters = lettersOf(column)
  reserve(xml, 0)
  putBytes(xml, linkStart)
  putBytes(xml, letters)
  putDigits(xml, row)
  putBytes(xml, linkId)
  putDigits(xml, target)
  putBytes(xml, linkEnd)
}

/** Relationships as a part (ECMA-376 part 2, section 9.3), in pieces, each good until the next one. */
export function* relationshipsXml(relationships: readonly Relationship[], to: XmlBytes): Iterable<string | Uint8Array> {
  yield `${xmlStart}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
  for (const [index, relationship] of relationships.entries()) {
    putRelationship(to, relationship, index + 1)
    if (to.length >= bytesTogether) yield takeBytes(to)
  }
  yield takeBytes(to)
  yield '</Relationships>'
}

function putRelationship(to: XmlBytes, { type, target, external }: Relationship, number: number): void {
  reserve(to, 0)
  putBytes(to, relationshipId)
  putDigits(to, number)
  // Almost all are hyperlinks.
  if (type === 'hyperlink') putBytes(to, hyperlinkType)
  else {
    putBytes(to, relationshipType)
    putAscii(to, type.includes('/') ? type : `${officeRelationship}${type}`)
    reserve(to, 0)
  }
  putBytes(to, relationshipTarget)
  // Addresses are normalised: they are ASCII.
  putAscii(to, xmlAttribute(target))
  reserve(to, 0)
  putBytes(to, external ? externalEnd : linkEnd)
}

const officeRelationship = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
const [relationshipId, relationshipType] = [asciiBytes('<Relationship Id="rId'), asciiBytes('" Type="')] as const
const hyperlinkType = asciiBytes(`" Type="${officeRelationship}hyperlink`)
const [relationshipTarget, externalEnd] = [asciiBytes('" Target="'), asciiBytes('" TargetMode="External"/>')] as const

/** The declaration at the start of a part. */
export const xmlStart = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

/** A worksheet around its rows. */
export interface WorksheetFrame {
  readonly columns: number
  readonly rows: number
  /** The elements `col`. */
  readonly cols: string
  /** Frozen rows and columns. */
  readonly frozen?: { readonly rows: number; readonly columns: number }
  /** Columns are in groups that fold. */
  readonly outlined?: boolean
  /** The elements from `conditionalFormatting` to `dataValidations`. */
  readonly rules?: string
  /** The elements from `pageMargins` to `headerFooter`. */
  readonly print: string
  /** The elements from `drawing` to `extLst`; made when the rows are written, as ids of relationships follow those of links. */
  readonly rest?: () => string
}

/** A piece of a worksheet: text, bytes that are good until the next piece, or rows whose bytes follow, to be validated before. */
export type SheetPiece = string | Uint8Array | readonly (readonly CellValue[])[]

/** A worksheet, in pieces (ECMA-376 part 1, section 18.3.1.99: the order of the elements). */
export function* worksheetXml(frame: WorksheetFrame, rows: Iterable<SheetPiece>, links: SheetLinks, isFirst: boolean): Iterable<SheetPiece> {
  const { columns, rows: height, cols, frozen, outlined = false, rules = '', print, rest } = frame
  yield xmlStart
  yield '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
  yield ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
  yield `<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><dimension ref="A1:${columnLetters(Math.max(columns, 1) - 1)}${Math.max(height, 1)}"/>`
  yield `<sheetViews><sheetView${isFirst ? ' tabSelected="1"' : ''} workbookViewId="0" showGridLines="0">${frozen ? paneXml(frozen) : ''}</sheetView></sheetViews>`
  yield `<sheetFormatPr defaultRowHeight="15"${outlined ? ' outlineLevelCol="1"' : ''}/><cols>${cols}</cols><sheetData>`
  yield* rows
  yield `</sheetData>${rules}`
  yield* links.xml()
  yield `${print}${rest?.() ?? ''}</worksheet>`
}

function paneXml({ rows, columns }: NonNullable<WorksheetFrame['frozen']>): string {
  const split = columns > 0 ? ` xSplit="${columns}"` : ''
  const pane = columns > 0 ? 'bottomRight' : 'bottomLeft'
  return `<pane${split} ySplit="${rows}" topLeftCell="${columnLetters(columns)}${rows + 1}" state="frozen" activePane="${pane}"/>`
}

/** A column's element; `facts` are further attributes. */
export function columnXml(index: number, width: number, facts = ''): string {
  return `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"${facts}/>`
}

/** Adds a cell; `column` counts from 0, `number` of the row from 1. Text is shared; it is never a formula, a number or an error value, whatever it looks like. */
export function putCell({ xml, texts }: SheetContext, column: number, number: number, value: CellValue, style: number): void {
  reserve(xml, 0)
  putBytes(xml, cellStart)
  const letters = lettersOf(column)
  putBytes(xml, letters)
  putDigits(xml, number)
  putBytes(xml, styleStart)
  putDigits(xml, style)
  if (value === null) putBytes(xml, blankEnd)
  else {
    const start = typeof value === 'number' ? numberStart : sharedStart
    putBytes(xml, start)
    putNumber(xml, typeof value === 'number' ? value : texts.index(value))
    putBytes(xml, valueEnd)
  }
}

const [cellStart, styleStart, blankEnd] = [asciiBytes('<c r="'), asciiBytes('" s="'), asciiBytes('"/>')] as const
const [numberStart, sharedStart, valueEnd] = [asciiBytes('"><v>'), asciiBytes('" t="s"><v>'), asciiBytes('</v></c>')] as const

const letterBytes: XmlBytes[] = []

/** The letters of a column, which are made once. */
function lettersOf(column: number): XmlBytes {
  while (letterBytes.length <= column) letterBytes.push(asciiBytes(columnLetters(letterBytes.length)))
  return letterBytes[column] ?? cellStart
}
