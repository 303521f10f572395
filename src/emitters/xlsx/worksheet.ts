import { columnLetters } from '../../formats/places.js'
import { linkTarget, mostLinks, type SharedTexts, textXml, xmlAttribute } from './excel-cells.js'
import type { StyleSheet } from './style-sheet.js'
import type { CellValue } from './workbook.js'

/** Everything that the sheets of a workbook share. */
export interface SheetContext {
  readonly styles: StyleSheet
  readonly texts: SharedTexts
}

/** A relationship of a worksheet to another part, or to an address. */
export interface Relationship {
  readonly id: string
  /** The last step of its type's address: "hyperlink". */
  readonly type: string
  readonly target: string
  readonly external?: true
}

/** The links and relationships of a worksheet, collected while its rows are written. */
export interface SheetLinks {
  /** Links a cell if Excel's limits allow it. `value` is the URL; the result says whether the cell is linked. */
  readonly link: (reference: string, value: CellValue) => boolean
  /** Adds a relationship to another part, and returns its id. */
  readonly relate: (type: string, target: string) => string
  readonly relationships: () => readonly Relationship[]
  /** The element `hyperlinks`, in pieces. */
  readonly xml: () => Iterable<string>
}

/** Creates the links of a worksheet. Cells with one address share one relationship. */
export function createLinks(): SheetLinks {
  const linked: string[] = []
  const relationships: Relationship[] = []
  const ids = new Map<string, string | undefined>()
  const add = (type: string, target: string, external?: true): string => {
    const id = `rId${relationships.length + 1}`
    relationships.push({ id, type, target, ...(external && { external }) })
    return id
  }
  return {
    link(reference, value) {
      if (typeof value !== 'string' || linked.length >= mostLinks) return false
      let id = ids.get(value)
      if (id === undefined) {
        if (ids.has(value)) return false
        const target = linkTarget(value)
        id = target === undefined ? undefined : add('hyperlink', target, true)
        ids.set(value, id)
        if (id === undefined) return false
      }
      linked.push(`<hyperlink ref="${reference}" r:id="${id}"/>`)
      return true
    },
    relate: (type, target) => add(type, target),
    relationships: () => relationships,
    * xml() {
      if (linked.length === 0) return
      yield `<hyperlinks>${linked.join('')}</hyperlinks>`
    },
  }
}

/** Relationships as a part (ECMA-376 part 2, section 9.3). */
export function relationshipsXml(relationships: readonly Relationship[]): string {
  const entries = relationships.map(({ id, type, target, external }) => {
    const kind = `${type.includes('/') ? '' : officeRelationship}${type}`
    return `<Relationship Id="${id}" Type="${kind}" Target="${xmlAttribute(target)}"${external ? ' TargetMode="External"' : ''}/>`
  })
  return [
    xmlStart, '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">', ...entries, '</Relationships>',
  ].join('')
}

const officeRelationship = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/'

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

/** A piece of a worksheet: text, or rows whose texts follow, to be validated before. */
export type SheetPiece = string | readonly (readonly CellValue[])[]

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

/** The start of a row; `height` in points, the standard height if absent. `number` counts from 1. */
export function rowStart(number: number, height: number | undefined): string {
  return height === undefined ? `<row r="${number}">` : `<row r="${number}" ht="${Math.round(height * 100) / 100}" customHeight="1">`
}

/** A cell with a value. Text is shared; it is never a formula, a number or an error value, whatever it looks like. */
export function cellXml(reference: string, value: string | number, style: number, texts: SharedTexts): string {
  return typeof value === 'number'
    ? `<c r="${reference}" s="${style}"><v>${value}</v></c>`
    : `<c r="${reference}${sharedCellRest(value, style, texts)}`
}

/** A cell with a text, without its start and its reference. */
export function sharedCellRest(text: string, style: number, texts: SharedTexts): string {
  return `" s="${style}" t="s"><v>${texts.index(text)}</v></c>`
}

/** A cell that contains its text itself, without its start and its reference: for texts that no other cell has. */
export function inlineCellRest(text: string, style: number): string {
  return `" s="${style}" t="inlineStr"><is>${textXml(text)}</is></c>`
}

const pointsPerLine = 12.9
const tallestRow = 409

/**
 * Creates the function that gives the height of a row whose wrapped text takes more than one line, in points; undefined if none does.
 * `widths` are those of columns that wrap their text. Excel would fit rows itself; other programs do not. Lines are estimated from the
 * lengths of words; a row shows at most `mostLines`, and at most 409 points, Excel's limit.
 */
export function createRowHeights(
  widths: readonly (number | undefined)[], mostLines = Number.POSITIVE_INFINITY,
): (row: readonly (CellValue | undefined)[]) => number | undefined {
  const most = Math.min(mostLines, Math.ceil(tallestRow / pointsPerLine))
  // Many columns repeat a text row after row, whose lines are counted once.
  const wrapping = widths.flatMap((width, column) => (width === undefined ? [] : [{ column, width, text: '', lines: 1 }]))
  return (row) => {
    let lines = 1
    for (const known of wrapping) {
      const cell = row[known.column]
      if (typeof cell !== 'string') continue
      if (cell !== known.text) {
        known.text = cell
        known.lines = cell.length > known.width || cell.includes('\n') ? countLines(cell, known.width, most) : 1
      }
      if (known.lines > lines) lines = known.lines
    }
    return lines > 1 ? Math.min(tallestRow, Math.min(lines, mostLines) * pointsPerLine) : undefined
  }
}

// Widths are in digits; letters are narrower on average.
const charactersPerWidth = 1.08
const lineFeed = 10
const space = 32

/** The number of lines that a text takes in a column, wrapped between words; words wider than the column are broken. Stops after `most`. */
function countLines(text: string, width: number, most: number): number {
  const room = width * charactersPerWidth
  let [lines, used, length] = [1, 0, 0]
  for (let at = 0; at <= text.length && lines < most; at++) {
    const code = at === text.length ? space : text.charCodeAt(at)
    if (code !== space && code !== lineFeed) {
      length += isWide(code) ? 2 : 1
      continue
    }
    if (used > 0 && used + length > room) {
      lines += 1
      used = 0
    }
    if (length >= room) lines += Math.floor(length / room)
    used += (length % room) + 1
    length = 0
    if (code === lineFeed) {
      lines += 1
      used = 0
    }
  }
  return lines
}

/** Scripts whose characters are twice as wide as Latin letters. */
function isWide(code: number): boolean {
  return code >= 0x1100 && wideRanges.some(([first, last]) => code >= first && code <= last)
}

const wideRanges = [
  [0x1100, 0x115F], [0x2E80, 0xA4CF], [0xAC00, 0xD7A3], [0xF900, 0xFAFF], [0xFE30, 0xFE4F], [0xFF00, 0xFF60],
] as const
