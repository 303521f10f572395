import { once } from './lookups.js'

/**
 * The kind of a column's cells. In text, `text` and `url` are shortened before `id` and `change`. `number` is right-aligned;
 * `share` is a fraction from 0 to 1, shown as a percentage, with a bar in Excel and where text has room; `change` is a word of
 * the legend and has its colour.
 */
export type ColumnKind = 'text' | 'number' | 'share' | 'id' | 'url' | 'change'

/** The value of a cell; null if blank, never the empty string. */
export type ReportCell = string | number | null

/** A column of a report's table. */
export interface ReportColumn {
  /** The column's name in CSV: lower case with underscores. */
  readonly key: string
  /** The column's name in text and workbooks. */
  readonly title: string
  readonly kind: ColumnKind
  /** Decimal places of a `number` in text and workbooks; 0 if absent. CSV has the unrounded number. */
  readonly digits?: number
  /** The outputs that have the column; all if absent. Terminals get fewer and shorter columns than files. */
  readonly only?: 'text' | 'files'
  /** Meaning of the cells and of blank cells, for the first sheet of the workbook. */
  readonly content?: string
}

/** A table of a report; the cells of each row are in the order of the columns. */
export interface ReportTable {
  /** Part of a file name: lower case with hyphens, unique in the report. */
  readonly name: string
  /** The heading and sheet name: at most 31 characters, none of []:*?/\'. */
  readonly title: string
  /** A sentence that describes the rows. */
  readonly about?: string
  /** The outputs that have the table; all if absent. */
  readonly only?: 'files'
  /** The heading does not state the number of rows, because the last one is a total. */
  readonly uncounted?: true
  readonly columns: readonly ReportColumn[]
  readonly rows: readonly (readonly ReportCell[])[]
}

/** The meaning of a colour: added, removed, changed, needs attention, unchanged; or three degrees of strength. */
export type ReportTone = 'added' | 'removed' | 'changed' | 'attention' | 'same' | 'weak' | 'middling' | 'strong'

/** A word of `change` columns, with its colour and meaning. */
export interface LegendEntry {
  readonly word: string
  readonly tone: ReportTone
  readonly meaning: string
}

/** A column with a function that returns its cell for an item; undefined and the empty string become a blank. */
export interface ColumnOf<Item> extends ReportColumn {
  readonly cell: (item: Item) => ReportCell | undefined
}

/** Creates a table with a row for each item, in their order. The rows are made when they are first read: terminals show few of the tables. */
export function createReportTable<Item>(
  head: Pick<ReportTable, 'name' | 'title' | 'about' | 'only' | 'uncounted'>,
  items: Iterable<Item>,
  columns: readonly ColumnOf<Item>[],
): ReportTable {
  const rows = once(() => Array.from(items, (item) => columns.map((column) => blankAsNull(column.cell(item)))))
  return {
    ...head,
    columns: columns.map(({ cell: _cell, ...column }) => column),
    get rows() { return rows() },
  }
}

function blankAsNull(cell: ReportCell | undefined): ReportCell {
  return cell === undefined || cell === '' ? null : cell
}

/** The table with only the columns of text, or of files. */
export function pickColumns(table: ReportTable, where: NonNullable<ReportColumn['only']>): ReportTable {
  return keepColumns(table, ({ only }) => only === undefined || only === where)
}

/** The table without columns that are blank in every row. */
export function dropBlankColumns(table: ReportTable): ReportTable {
  return keepColumns(table, (_column, index) => table.rows.some((row) => (row[index] ?? null) !== null))
}

function keepColumns(table: ReportTable, keep: (column: ReportColumn, index: number) => boolean): ReportTable {
  const kept = table.columns.map(keep)
  const pick = <Value>(values: readonly Value[]): readonly Value[] => values.filter((_value, index) => kept[index])
  return { ...table, columns: pick(table.columns), rows: table.rows.map(pick) }
}
