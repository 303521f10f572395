import type { HtmlElement } from '../../formats/decoded.js'
import type { HtmlTable } from './find-html-tables.js'
import { isRowCutOff } from './is-row-cut-off.js'
import type { RowReports } from './row-reports.js'

/** Tells where a page breaks off: in a row, in a table, or elsewhere, so that tables may be missing. */
export function reportCutOff(cutOff: ReadonlySet<HtmlElement>, tables: readonly HtmlTable[], reports: RowReports): void {
  const last = [...cutOff].at(-1)
  if (!last) return
  const table = tables.find(({ element }) => cutOff.has(element))
  if (!table) return reports.truncated(last, `the page ends in an element ${last.name} that is not closed`)
  const name = table.section ? `the table "${table.section.title}"` : 'a table'
  const index = table.rows.findIndex(({ element }) => cutOff.has(element))
  const row = table.rows[index]
  if (!row) return reports.truncated(table.element, `the page ends in ${name}`)
  const outcome = isRowCutOff(table, row, cutOff) ? 'was left out' : 'was kept as far as it goes'
  reports.truncated(row.element, `the page ends in row ${index + 1} of ${name}, which ${outcome}`)
}
