import type { ReportCell, ReportColumn, ReportTable } from './analysis-report.js'

/** A column that knows how to get its cell out of an item; undefined and the empty text become a blank. */
export interface ColumnOf<Item> extends ReportColumn {
  readonly cell: (item: Item) => ReportCell | undefined
}

/** Makes a table of items: a row each, in their order. */
export function createReportTable<Item>(
  head: Pick<ReportTable, 'name' | 'title' | 'about' | 'only' | 'uncounted'>,
  items: Iterable<Item>,
  columns: readonly ColumnOf<Item>[],
): ReportTable {
  return {
    ...head,
    columns: columns.map(({ cell: _cell, ...column }) => column),
    rows: Array.from(items, (item) => columns.map((column) => blankAsNull(column.cell(item)))),
  }
}

function blankAsNull(cell: ReportCell | undefined): ReportCell {
  return cell === undefined || cell === '' ? null : cell
}
