import type { ReportTone } from '../../model/report-table.js'

/** What a cell holds: text, a count, or nothing. Text is never a formula. */
export type CellValue = string | number | null

/**
 * How a column looks: `text` on one line, `wrapped` over several, `url` linked where the cell holds one http(s) address,
 * `score` and `status` coloured by their value, `tone` by the workbook's `tones`, `count` a whole number, `decimal` one with
 * digits after the point, `share` a part of a whole from 0 to 1 as a percentage with a bar, `input` to be filled in by hand.
 */
export type ColumnFormat = 'text' | 'wrapped' | 'url' | 'score' | 'status' | 'tone' | 'count' | 'decimal' | 'share' | 'input'

export interface WorkbookColumn {
  readonly title: string
  /** In characters of the standard font, as Excel counts them. */
  readonly width: number
  readonly format: ColumnFormat
  /** Digits after the point of a `decimal`. */
  readonly digits?: number
  /** What may be filled into the cells of an `input`. */
  readonly entry?: EntryRule
}

/** What a program shows beside a cell that is filled in by hand, and what it minds. */
export interface EntryRule {
  /** At most 32 characters: Excel shows no more. */
  readonly title: string
  /** At most 255 characters. */
  readonly message: string
  /** The words of the cell's list; others are taken after a question. None holds a comma. */
  readonly choices?: readonly string[]
  /** The longest text that is taken. */
  readonly longest: number
}

/** A sheet that is one table: a header, then rows as long as it. */
export interface TableSheet {
  readonly layout: 'table'
  readonly name: string
  /** The table's name in formulas; unique in the workbook. */
  readonly table: string
  readonly columns: readonly WorkbookColumn[]
  readonly frozenColumns: number
  /**
   * The columns, first and last, that pages beside one another repeat where the table is too wide for one: what a row is about. The
   * frozen ones when absent.
   */
  readonly keyColumns?: readonly [first: number, last: number]
  readonly paper: 'a4' | 'a3'
  /**
   * Rows never show more lines than this; the cell still holds everything. Rows are as tall as their text (and Excel) allow when
   * absent.
   */
  readonly mostLines?: number
  readonly rows: readonly (readonly CellValue[])[]
  /** Rows below the table, such as totals: filters and sorting leave them where they are. */
  readonly totals?: readonly (readonly CellValue[])[]
  /** A chart of the rows, below them and the totals; the sheet is printed on one page. */
  readonly chart?: TableChart
}

/** Stacked bars of a table's rows: a bar a row, a part a column. */
interface TableChart {
  readonly title: string
  /** The index of the column that names the bars. */
  readonly names: number
  /** Indexes of columns of counts, and the colours of their parts ("#2171b5"). */
  readonly parts: readonly { readonly column: number; readonly colour: string }[]
}

/**
 * What a cell of a grid is: a `title` and a `note` run on over the cells beside them, a `key` explains a colour, a `heading`
 * stands over a column, an `inner` entry is indented under the `entry` above it, a `count` belongs to the cell at its left.
 */
export type GridCellKind = 'title' | 'note' | 'key' | 'heading' | 'entry' | 'inner' | 'count'

export interface GridCell {
  readonly kind: GridCellKind
  readonly value: string | number
  /** "#2171b5"; the text is black or white, whichever can be read on it. */
  readonly fill?: string
  /**
   * An http(s) address. Only numbers are linked: LibreOffice shows linked text on one line and in a colour of its own, which
   * cannot be read on dark fills.
   */
  readonly link?: string
}

/** A sheet that is a picture made of cells, such as the ATT&CK matrix. */
export interface GridSheet {
  readonly layout: 'grid'
  readonly name: string
  readonly widths: readonly number[]
  /** How many rows stay in sight and are repeated on each printed page. */
  readonly frozenRows: number
  readonly rows: readonly (readonly (GridCell | null)[])[]
}

/** Any sheet. */
export type Sheet = TableSheet | PageSheet | GridSheet

/**
 * What a line of a page is: `text` runs on over the columns beside it, a `header` stands over the lines of a small table, a
 * `swatch` shows the colour of its first cell, a `form` has cells to be filled in by hand.
 */
export type LineKind = 'title' | 'heading' | 'text' | 'header' | 'line' | 'swatch' | 'form' | 'blank'

export interface PageLine {
  readonly kind: LineKind
  readonly cells: readonly CellValue[]
}

/** A sheet to be read from top to bottom. */
export interface PageSheet {
  readonly layout: 'page'
  readonly name: string
  readonly widths: readonly number[]
  readonly lines: readonly PageLine[]
}

/** The workbook before it is rendered: what schemas/workbook.schema.json judges. */
export interface Workbook {
  readonly title: string
  readonly creator: string
  /** ISO dates, of the mapping sets and never of the clock. */
  readonly created: string
  readonly modified: string
  readonly sheets: readonly Sheet[]
  /** The words that `tone` columns and swatches colour. */
  readonly tones?: readonly ToneWord[]
}

/** The date of workbooks whose sets state none: the earliest that a zip archive can store. */
export const earliestDate = '1980-01-01'

/** The most UTF-16 units of a workbook's title, which is one short line of its properties. */
export const longestTitle = 200

/** A word of `tone` columns, and its colour. */
interface ToneWord {
  readonly word: string
  readonly tone: ReportTone
}
