import { markup, type Markup } from './markup.js'

/** A column of a table: its title, and what a row has there. */
export interface TableColumn<Row> {
  readonly title: string
  readonly cell: (row: Row) => Markup
  readonly isNumber?: true
}

/** A table with a caption, in a box that scrolls where the table is too wide; a short sentence where there are no rows. */
export function renderTable<Row>(caption: string, columns: readonly TableColumn<Row>[], rows: readonly Row[]): Markup {
  return markup`<div class="scroll" role="region" aria-label="${caption}" tabindex="0"><table><caption>${caption}</caption>
<thead><tr>${columns.map(({ title, isNumber }) => markup`<th scope="col"${numberClass(isNumber)}>${title}</th>`)}</tr></thead>
<tbody>${rows.map((row) => renderRow(columns, row))}</tbody></table></div>`
}

function renderRow<Row>(columns: readonly TableColumn<Row>[], row: Row): Markup {
  return markup`<tr>${columns.map(({ cell, isNumber }) => markup`<td${numberClass(isNumber)}>${cell(row)}</td>`)}</tr>
`
}

function numberClass(isNumber: true | undefined): Markup {
  return isNumber === true ? markup` class="number"` : markup``
}
