/** HTML that is safe to insert into a page; see `markup`. */
export interface Markup {
  readonly html: string
}

type Part = Markup | readonly Markup[] | string | number

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Template tag for HTML: escapes interpolated text, and inserts `Markup` as is. Attribute values must be in double quotes. */
export function markup(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  // Texts that are added up are copied once, for the whole page; joined ones at each level of it.
  let html = ''
  let index = 0
  for (const text of strings) {
    html += text
    const part = parts[index]
    if (part !== undefined) html += writePart(part)
    index++
  }
  return { html }
}

/** Text of a document in `bdi`, so that its direction does not affect the text around it (HTML, section 4.5.24). */
export function isolate(text: string): Markup {
  return markup`<bdi>${text}</bdi>`
}

function writePart(part: Part): string {
  if (typeof part === 'number') return String(part)
  if (typeof part === 'string') return /[&<>"']/.test(part) ? part.replaceAll(/[&<>"']/g, (mark) => escapes[mark] ?? '') : part
  if ('html' in part) return part.html
  let html = ''
  for (const one of part) html += one.html
  return html
}

/** A column of a table: its title and the content of its cells. */
export interface TableColumn<Row> {
  readonly title: string
  readonly cell: (row: Row) => Markup
  readonly isNumber?: true
}

/** A table with a caption, in a region that scrolls if the table is too wide. */
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
