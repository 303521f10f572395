import type { ReportTone } from '../../model/report-table.js'

/** The content of a cell: text, a number, or null if blank. Text is never a formula. */
export type CellValue = string | number | null

/**
 * The format of a column: `text` on one line; `wrapped` over several; `url` linked if the cell contains a single http(s) URL; `score` and
 * `status` coloured by value; `tone` coloured by the workbook's `tones`; `count` an integer; `decimal` with `digits` decimal places;
 * `share` from 0 to 1, as a percentage with a bar; `input` to be filled in by hand.
 */
export type ColumnFormat = 'text' | 'wrapped' | 'url' | 'score' | 'status' | 'tone' | 'count' | 'decimal' | 'share' | 'input'

export interface WorkbookColumn {
  readonly title: string
  /** In characters of the standard font, as in Excel. */
  readonly width: number
  readonly format: ColumnFormat
  /** Decimal places of a `decimal`. */
  readonly digits?: number
  /** The data validation of an `input`. */
  readonly entry?: EntryRule
  /** A note on the header: what the column contains. */
  readonly note?: string
  /** Nearly every row has a text of its own, so that cells contain theirs rather than share one. */
  readonly unique?: true
  /** Hidden in a group that the reader can unfold. */
  readonly folded?: true
}

/** The data validation of cells that are filled in by hand, and the prompt beside them. */
export interface EntryRule {
  /** At most 32 characters, Excel's limit. */
  readonly title: string
  /** At most 255 characters. */
  readonly message: string
  /** The words of the cell's list; others are accepted after a warning. None contains a comma. */
  readonly choices?: readonly string[]
  /** The longest text that is accepted, in characters. */
  readonly longest: number
}

/**
 * The rows of a table: a list, or rows that are made anew each time that they are listed, since there may be more than memory holds. Those are
 * validated as they are written, so their sheet is one whose rows the schema knows as parts (src/schemas/schema-options.json).
 */
export interface SheetRows extends Iterable<readonly CellValue[]> {
  readonly length: number
}

/** A sheet with one table: a header, then rows of the same length. */
export interface TableSheet {
  readonly layout: 'table'
  readonly name: string
  /** The name of the Excel table, for formulas; unique in the workbook. */
  readonly table: string
  readonly columns: readonly WorkbookColumn[]
  readonly frozenColumns: number
  /**
   * The first and last of the columns that identify a row: repeated on each page if the table is wider than one page. Default: the
   * frozen columns.
   */
  readonly keyColumns?: readonly [first: number, last: number]
  readonly paper: 'a4' | 'a3'
  /** The most lines that a row shows; its cells still contain the whole text. Default: as many as the text has and Excel allows. */
  readonly mostLines?: number
  readonly rows: SheetRows
  /** Rows below the table, such as totals: filters and sorting do not affect them. */
  readonly totals?: readonly (readonly CellValue[])[]
  /** A chart of the rows, below the totals. A sheet with a chart is printed on one page. */
  readonly chart?: TableChart
}

/** A table whose rows are a list. */
export interface ListedTable extends TableSheet {
  readonly rows: readonly (readonly CellValue[])[]
}

/** A stacked bar chart of a table: a bar for each row, a segment for each of `parts`. */
interface TableChart {
  readonly title: string
  /** The index of the column that names the bars. */
  readonly names: number
  /** The segments: the index of a column of counts, and a colour ("#2171b5"). */
  readonly parts: readonly { readonly column: number; readonly colour: string }[]
}

/**
 * The kind of a grid's cell: `title` and `note` extend over the cells to their right; a `key` explains a colour; a `heading` is above a
 * column; an `inner` entry is indented below its `entry`; a `count` belongs to the cell to its left.
 */
export type GridCellKind = 'title' | 'note' | 'key' | 'heading' | 'entry' | 'inner' | 'count'

export interface GridCell {
  readonly kind: GridCellKind
  readonly value: string | number
  /** "#2171b5"; the text is black or white, whichever has the higher contrast. */
  readonly fill?: string
  /**
   * An http(s) URL. Only cells with numbers have one: LibreOffice shows linked text on one line and in its own colour, which is
   * illegible on dark fills.
   */
  readonly link?: string
}

/** A sheet whose cells form a picture, such as the ATT&CK matrix. */
export interface GridSheet {
  readonly layout: 'grid'
  readonly name: string
  readonly widths: readonly number[]
  /** The number of frozen rows, which are also repeated on each printed page. */
  readonly frozenRows: number
  readonly rows: readonly (readonly (GridCell | null)[])[]
}

/** A sheet, by its `layout`. */
export type Sheet = TableSheet | PageSheet | GridSheet

/**
 * The kind of a page's line: `text` extends over the columns to its right; a `header` is above the lines of a small table; a `swatch`
 * shows the colour that its first cell explains; a `form` has cells to be filled in by hand.
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

/** The workbook before it is rendered. Schema: schemas/workbook.schema.json. */
export interface Workbook {
  readonly title: string
  readonly creator: string
  /** ISO dates, from the mapping sets, never from the clock. */
  readonly created: string
  readonly modified: string
  readonly sheets: readonly Sheet[]
  /** The words that are coloured in `tone` columns and swatches. */
  readonly tones?: readonly ToneWord[]
}

/** The date of workbooks whose sets state none: the earliest that a zip archive can store. */
export const earliestDate = '1980-01-01'

/** The longest title of a workbook, in UTF-16 units. */
export const longestTitle = 200

/** A word and its colour. */
interface ToneWord {
  readonly word: string
  readonly tone: ReportTone
}
