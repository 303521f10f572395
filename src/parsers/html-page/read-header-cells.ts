import type { HtmlElement } from '../../formats/decoded.js'
import { textOf } from '../../formats/html/element-text.js'
import { columnLabels, type PageColumn } from '../page/page-columns.js'

/** A cell of a table's header: what its column holds, where that is known, and how it is labelled. */
export interface HeaderCell {
  readonly column: PageColumn | undefined
  readonly label: string
}

const byLabel = new Map(columnLabels.map(([label, column]) => [label.toLowerCase(), column]))

/** The names that the site's scripts know columns by, for labels that are not known. */
const byField: ReadonlyMap<string, PageColumn> = new Map([
  ['capability_id', 'capability-id'],
  ['capability_description', 'capability-description'],
  ['mapping_type', 'relation'],
  ['score_category', 'category'],
  ['score_value', 'value'],
  ['attack_object_id', 'technique-id'],
  ['attack_object_name', 'technique-name'],
  ['notes', 'notes'],
])

/** Reads a row as the header of a table of a page; undefined where it is none. */
export function readHeaderCells(cells: readonly HtmlElement[]): readonly HeaderCell[] | undefined {
  const header = cells.map(readCell)
  return header.filter(({ column }) => column !== undefined).length > 1 ? header : undefined
}

function readCell(cell: HtmlElement): HeaderCell {
  const label = textOf(cell)
  return { column: byLabel.get(label.toLowerCase()) ?? byField.get(readField(cell)), label }
}

/** Pages write `<th id= data-field=capability_id>`, which is an id, and means a field. */
function readField(cell: HtmlElement): string {
  const id = cell.attributes.get('id') ?? ''
  const field = id.startsWith('data-field=') ? id.slice('data-field='.length) : cell.attributes.get('data-field') ?? ''
  return cell.name === 'th' ? field.toLowerCase() : ''
}
