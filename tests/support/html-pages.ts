/** A table of a page as it is served: its section's heading, its header as the site writes it, and its rows. */
export interface TestTable {
  readonly title?: string
  /** Labels of columns, each with the name that the site's scripts know it by. */
  readonly columns: readonly (readonly [label: string, field: string])[]
  readonly rows: readonly string[]
  /** What stands below the table. */
  readonly below?: string
}

const id = ['Capability ID', 'capability_id'] as const
const description = ['Capability Description', 'capability_description'] as const
const technique = [['ATT&amp;CK ID', 'attack_object_id'], ['ATT&amp;CK Name', 'attack_object_name']] as const

/** The columns of the mapping tables that pages print. */
export const columns = {
  relation: [id, description, ['Mapping Type', 'mapping_type'], ...technique],
  relationNotes: [id, description, ['Mapping Type', 'mapping_type'], ...technique, ['Notes', 'Notes']],
  scoreNotes: [id, description, ['Category', 'score_category'], ['Value', 'score_value'], ...technique, ['Notes', 'Notes']],
  capabilities: [['Capability ID', 'id'], ['Capability Name', 'label'], ['Number of Mappings', 'num_mappings']],
  groups: [
    ['ID', 'id'], ['Capability Group Name', 'label'], ['Number of Mappings', 'num_mappings'],
    ['Number of Capabilities', 'num_capabilities'],
  ],
  unmappable: [['Capability ID', 'id'], ['Capability Description', 'label']],
} as const

/** A page with a heading, badges and tables, as the site serves it. */
export function htmlPage(heading: string, tables: readonly TestTable[], { badges = '', above = '' } = {}): string {
  return `<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>A page - Mappings Explorer</title><style>h1 { color: red }</style></head>
<body>
<header><h1>MAPPINGS <span>Explorer</span></h1><nav><ul><li>Menu</li></ul></nav></header>
<div id="my_view">${above}
<section><h1 style="text-transform: uppercase;"> ${heading}</h1><p>What it is about.</p></section>
${tables.map((table) => htmlTable(table, badges)).join('\n')}
</div>
<footer><h4>About</h4></footer>
</body>
</html>
`
}

function htmlTable({ title, columns: header, rows, below = '' }: TestTable, badges: string): string {
  const labels = header.map(([label, field]) => `<th id= data-field=${field} data-sortable="true">${label}</th>`)
  return `<section>${title === undefined ? '' : `<h2 style="width: max-content">${title}</h2>`}
<div class="badges">${badges}</div>
<table class="table" data-toggle="table">
  <thead><tr>${labels.join('\n')}</tr></thead>
  <tbody>
${rows.join('\n')}
  </tbody>
</table>
<script>function customSort() { if (1 < 2) document.write("</td>") }</script>${below}
</section>`
}

/** A row of cells. Those with `undefined` are left out, as the site leaves out notes. */
export function htmlRow(...cells: readonly (string | undefined)[]): string {
  return `<tr>${cells.flatMap((cell) => (cell === undefined ? [] : `<td>${cell}</td>`)).join('')}</tr>`
}

/** A badge as pages print it. */
export function badge(label: string, value: string): string {
  return `<button class="custom-badge"><span class="white">${label}</span><span class="purple">${value}</span></button>`
}

/** A row's note as pages print it. */
export function note(comments: string, ...references: readonly string[]): string {
  const list = references.map((reference) => `<li><a href="${reference}" target="_blank">${reference}</a></li>`).join('')
  return `<div class="info-box-open"><div class="info-box-content">
    <div class="title">Comments</div><div class="body">${comments}</div>
    <div class="title">References</div><div class="body"><ol>${list}</ol></div></div></div>`
}

/** A link as framework pages write it: its address begins with a line end. */
export function capabilityLink(text: string, slug: string, release: string, attack = 'attack-16.1/domain-enterprise'): string {
  return `<a href="
        https://example.org/mappings-explorer/external/${slug}/${attack}/${slug}-${release}/${text}/">
          ${text}
  </a>`
}

/** A link to a technique's page. */
export function techniqueLink(text: string, attack = 'attack-16.1/domain-enterprise'): string {
  return `<a href="https://example.org/mappings-explorer/attack/${attack}/techniques/${text}/">${text}</a>`
}
