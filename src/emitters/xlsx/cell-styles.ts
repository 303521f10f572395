import type { ReportTone } from '../../model/report-table.js'
import type { CellValue, ColumnFormat, LineKind } from './workbook.js'

/** A line of a border; colours are written as "BCCCDC". */
interface BorderLine {
  readonly style: 'thin' | 'medium'
  readonly colour: string
}

/** The format of a cell (ECMA-376 part 1, section 18.8); what is absent is that of the standard font, or none. */
export interface CellStyle {
  readonly font?: {
    readonly name: string
    /** In points. */
    readonly size: number
    readonly bold?: boolean
    readonly underline?: boolean
    readonly colour?: string
  }
  /** The colour of a solid background. */
  readonly fill?: string
  readonly border?: { readonly [Side in 'left' | 'right' | 'top' | 'bottom']?: BorderLine }
  readonly alignment?: {
    readonly horizontal?: 'left' | 'right' | 'center'
    readonly vertical?: 'top' | 'center'
    readonly wrapText?: boolean
    readonly indent?: number
  }
  /** A number format: "0%". */
  readonly numFmt?: string
}

const top = { vertical: 'top' } as const

const centred: CellStyle = { alignment: { ...top, horizontal: 'center' } }
const wrapped: CellStyle = { alignment: { ...top, wrapText: true } }

/** The default font. */
export const standardFont = { name: 'Calibri', size: 10 } as const

/** The styles of cells, by the format of their column. */
export const columnStyles: Readonly<Record<ColumnFormat, CellStyle>> = {
  text: { alignment: top },
  wrapped,
  url: wrapped,
  score: centred,
  status: centred,
  tone: centred,
  count: { ...centred, numFmt: '0' },
  decimal: centred,
  input: wrapped,
  share: { alignment: { ...top, horizontal: 'right' }, numFmt: '0%' },
}

/** The colour of the bar behind a share, light enough for black digits. */
export const shareBarColour = 'FF9ECAE1'

const gridLine = { style: 'thin', colour: 'D9E2EC' } as const

/** The lines between the cells of a table. */
export const gridStyle: CellStyle = { border: { top: gridLine, right: gridLine, bottom: gridLine, left: gridLine } }

/** Cells to be filled in look like a form: a light background. A conditional format, which blank cells have without being written. */
export const inputStyle: CellStyle = { ...gridStyle, fill: 'FFFBE0' }

/** The style of numbers with this number of decimal places. */
export function decimalStyle(digits: number): CellStyle {
  return { ...centred, numFmt: digits === 0 ? '0' : `0.${'0'.repeat(digits)}` }
}

/** The style of a total: the first row of totals is bold, with a line above it; further ones look like other rows. */
export function totalStyle(style: CellStyle, isFirst: boolean): CellStyle {
  if (!isFirst) return style
  return { ...style, font: { ...standardFont, bold: true }, border: { top: { style: 'medium', colour: '243B53' } } }
}

/** A linked cell. */
export const linkStyle: CellStyle = { ...wrapped, font: { ...standardFont, colour: '0B5CAD', underline: true } }

/** The header of a table. */
export const headerStyle: CellStyle = {
  font: { ...standardFont, bold: true, colour: 'FFFFFF' },
  fill: '243B53',
  alignment: { vertical: 'center', wrapText: true },
  border: { right: { style: 'thin', colour: '829AB1' } },
}

// One hue from light to dark: distinguishable with any kind of colour blindness, and in grey.
const scoreFills = new Map([['minimal', 'DEEBF7'], ['partial', '9ECAE1'], ['significant', '2171B5']])
const attention = 'FCE5B6'

/** The style of a score value, or of the status of a technique that is not active in ATT&CK; undefined for other values. */
export function toneStyle(value: CellValue): CellStyle | undefined {
  if (typeof value !== 'string') return undefined
  const fill = scoreFills.get(value) ?? (['deprecated', 'revoked', 'unknown', 'not-in-index'].includes(value) ? attention : undefined)
  if (fill === undefined) return undefined
  return {
    ...centred,
    ...(value === 'significant' && { font: { ...standardFont, bold: true, colour: 'FFFFFF' } }),
    fill,
  }
}

// Blue, vermilion and yellow of Okabe and Ito, lightened; `weak` to `strong` have the colours of scores.
const toneFills: Readonly<Record<ReportTone, string>> = {
  added: 'CFE8F7',
  removed: 'F6CDB8',
  changed: 'FBF3B5',
  attention,
  same: 'F0F4F8',
  weak: 'DEEBF7',
  middling: '9ECAE1',
  strong: '2171B5',
}

/** The style of a tone. */
export function fillStyle(tone: ReportTone): CellStyle {
  return {
    ...centred,
    ...(tone === 'strong' && { font: { ...standardFont, bold: true, colour: 'FFFFFF' } }),
    fill: toneFills[tone],
  }
}

const ruled = { bottom: { style: 'thin', colour: '829AB1' } } as const

const pageText: CellStyle = { alignment: { ...top, wrapText: true, horizontal: 'left' } }

/** The styles of the first and the other cells of a page's line, by its kind. */
export const lineStyles: Readonly<Record<LineKind, { readonly first: CellStyle; readonly others: CellStyle }>> = {
  title: { first: { font: { ...standardFont, size: 16, bold: true, colour: '102A43' } }, others: pageText },
  heading: { first: { font: { ...standardFont, size: 12, bold: true, colour: '0B5CAD' } }, others: pageText },
  text: { first: { alignment: top }, others: pageText },
  header: { first: headerStyle, others: headerStyle },
  line: { first: { ...pageText, font: { ...standardFont, bold: true } }, others: pageText },
  swatch: { first: pageText, others: pageText },
  form: { first: { ...pageText, font: { ...standardFont, bold: true } }, others: { ...pageText, border: ruled } },
  blank: { first: pageText, others: pageText },
}
