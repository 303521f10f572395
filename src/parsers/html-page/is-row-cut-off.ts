import type { HtmlElement } from '../../formats/decoded.js'
import type { HtmlRow, HtmlTable } from './find-html-tables.js'

/** Whether a page breaks off in this row before what it maps to is told; such a row is left out. */
export function isRowCutOff({ kind, header }: HtmlTable, row: HtmlRow, cutOff: ReadonlySet<HtmlElement>): boolean {
  if (!cutOff.has(row.element)) return false
  const last = kind === 'mappings' ? 'technique-name' : 'capability-description'
  const cell = row.cells[Math.max(header.findIndex(({ column }) => column === last), 0)]
  return !cell || cutOff.has(cell)
}
