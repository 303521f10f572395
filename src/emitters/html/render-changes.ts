import type { ReportCell, ReportTable } from '../../model/report-table.js'
import { isolate, markup, type Markup, renderTable } from './markup.js'

/** Rows of a table that the page shows. Thousands would make it slow, and nobody reads them. */
const mostRows = 500

/** The section Changes: the tables of a comparison that have rows. */
export function renderChanges(tables: readonly ReportTable[]): Markup {
  const filled = tables.filter(({ rows }) => rows.length > 0)
  return markup`<section id="changes" aria-labelledby="changes-title"><h2 id="changes-title">Changes</h2>
${filled.length === 0 ? markup`<p>Nothing changed.</p>` : markup``}${filled.map(renderOne)}</section>`
}

function renderOne(table: ReportTable): Markup {
  const { title, about, rows } = table
  const columns = table.columns.map((column, index) => ({ ...column, index }))
    .filter(({ only, index }) => only !== 'files' && rows.some((row) => (row[index] ?? null) !== null))
  const cut = rows.length > mostRows
    ? markup`<p class="hint">The first ${mostRows} of ${rows.length}. The workbook of <code>crosswalk diff --format xlsx</code> has all.</p>
` : markup``
  return markup`<h3>${title}: ${rows.length}</h3>
${about === undefined ? markup`` : markup`<p>${about}</p>
`}${cut}${renderTable(`${title}: ${rows.length}`, columns.map(({ title: head, kind, index }) => ({
    title: head,
    cell: (row: readonly ReportCell[]) => renderCell(row[index] ?? null),
    ...(kind === 'number' && { isNumber: true as const }),
  })), rows.slice(0, mostRows))}`
}

function renderCell(cell: ReportCell): Markup {
  return cell === null ? markup`` : isolate(String(cell))
}
