import { cellsOf, type ColumnName, columnNames, type TableRow } from '../table/table-columns.js'
import { linkTarget } from './excel-cells.js'

/** What must be known of the rows of the mapping table before any is written. */
export interface MeasuredRows {
  readonly count: number
  /** The length of the longest text of each column. */
  readonly longest: readonly number[]
  /** The number of cells that can be linked, sheet by sheet. */
  readonly links: readonly number[]
}

export interface RowMeasure {
  readonly add: (row: TableRow) => void
  readonly end: () => MeasuredRows
}

/** Measures rows one after the other. `urls` are the columns whose cells are linked, `most` the rows of a sheet. */
export function createRowMeasure(urls: readonly ColumnName[], most: number): RowMeasure {
  const longest = columnNames.map(() => 0)
  const links: number[] = []
  // Many columns repeat a text row after row.
  const known = urls.map((name) => ({ column: columnNames.indexOf(name), text: '', isLink: false }))
  let [count, linked] = [0, 0]
  return {
    add(row) {
      if (count > 0 && count % most === 0) {
        links.push(linked)
        linked = 0
      }
      count += 1
      const cells = cellsOf(row)
      for (let column = 0; column < cells.length; column++) {
        const length = cells[column]?.length ?? 0
        if (length > (longest[column] ?? 0)) longest[column] = length
      }
      for (const url of known) {
        const text = cells[url.column]
        if (text === undefined) continue
        if (text !== url.text) {
          url.text = text
          url.isLink = linkTarget(text) !== undefined
        }
        if (url.isLink) linked += 1
      }
    },
    end: () => ({ count, longest, links: [...links, linked] }),
  }
}
