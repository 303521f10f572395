import type { HtmlElement } from '../../formats/decoded.js'
import { textOf } from '../../formats/html/element-text.js'
import { findElements } from '../../formats/html/find-elements.js'
import { cellText } from '../page/cell-text.js'
import type { PageColumn } from '../page/page-columns.js'
import type { HtmlRow, HtmlTable } from './find-html-tables.js'

/** The cells of a row by their columns. */
export interface RowCells {
  cell(column: PageColumn): HtmlElement | undefined
  /** What is printed there; undefined where nothing is. */
  text(column: PageColumn): string | undefined
  /** The address of the link there. */
  link(column: PageColumn): string | undefined
}

/** Gives a row's cells their columns. Tables that a script has drawn anew print "-" for a cell that was not there. */
export function readRowCells(table: HtmlTable, row: HtmlRow): RowCells {
  const isRedrawn = row.element.attributes.has('data-index')
  const cell = (column: PageColumn): HtmlElement | undefined => {
    const found = row.cells[table.header.findIndex((header) => header.column === column)]
    return found && isRedrawn && textOf(found) === '-' ? undefined : found
  }
  return {
    cell,
    text: (column) => {
      const found = cell(column)
      return found && cellText(textOf(found))
    },
    link: (column) => {
      const found = cell(column)
      return found && findElements(found, ({ name }) => name === 'a')[0]?.attributes.get('href')
    },
  }
}

/** What tables print in place of rows, over all columns: "No mappings found …", "No matching records found". */
const NO_ROWS = /^No (?:mappings|matching records|data)\b/i

/** Whether a row says that there are none, or holds nothing at all. */
export function isNoRow({ cells }: HtmlRow): boolean {
  const [first] = cells
  if (!first) return true
  return first.attributes.has('colspan') && NO_ROWS.test(textOf(first))
}
