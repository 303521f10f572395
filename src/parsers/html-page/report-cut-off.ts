import type { HtmlElement } from '../../formats/decoded.js'
import type { HtmlTable } from './find-html-tables.js'
import type { RowReports } from './row-reports.js'

/** Tells where a page breaks off: in a row, in a table, or elsewhere, so that tables may be missing. */
export function reportCutOff(cutOff: readonly HtmlElement[], tables: readonly HtmlTable[], reports: RowReports): void {
  const last = cutOff.at(-1)
  if (!last) return
  const table = tables.find(({ element }) => cutOff.includes(element))
  const row = table?.rows.find(({ element }) => cutOff.includes(element))
  const title = table?.section?.title ?? ''
  const name = title === '' ? 'a table' : `the table "${title}"`
  if (row) reports.truncated(row.element, `the page ends in row ${(table?.rows.indexOf(row) ?? 0) + 1} of ${name}`)
  else if (table) reports.truncated(table.element, `the page ends in ${name}`)
  else reports.truncated(last, `the page ends in an element ${last.name} that is not closed`)
}
