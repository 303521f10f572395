import type { HtmlElement } from '../../formats/decoded.js'
import { findElements, textOf } from '../../formats/html/elements.js'
import { cellText } from '../page/page-content.js'
import { columnLabels, detectPageTable, type PageColumn, type PageSection, type PageTableKind, readPageSection } from '../page/page-table.js'
import type { OutlineItem } from './read-outline.js'

/** A row of a table: its cells, and the `<tr>` that they stand in. */
export interface HtmlRow {
  readonly element: HtmlElement
  readonly cells: readonly HtmlElement[]
}

/** A table of a page: what it lists, the section that it stands in, its header, and the rows below that. */
export interface HtmlTable {
  readonly kind: PageTableKind
  readonly section: PageSection | undefined
  readonly element: HtmlElement
  readonly header: readonly HeaderCell[]
  readonly rows: readonly HtmlRow[]
}

/** Finds the tables of a page. A table's section is that of the nearest heading above it and below the table before it. */
export function findHtmlTables(outline: readonly OutlineItem[]): readonly HtmlTable[] {
  let section: PageSection | undefined
  const tables: HtmlTable[] = []
  for (const item of outline) {
    if (item.kind === 'heading') section = readPageSection(item.text) ?? section
    if (item.kind !== 'table') continue
    const found = readTable(item.element)
    const kind = found && detectPageTable(columnsOf(found.header), section?.title)
    if (!kind) continue
    tables.push({ kind, section, element: item.element, ...found })
    // A header that a script has set apart from its rows belongs to the same section.
    if (found.rows.length > 0) section = undefined
  }
  return tables
}

/** Whether an element is a table with a header that pages print. Looks at no row below the header. */
export function isPageTable(element: HtmlElement): boolean {
  const found = isTable(element) ? readHeader(element) : undefined
  return found !== undefined && detectPageTable(columnsOf(found.header)) !== undefined
}

function isTable({ name }: HtmlElement): boolean {
  return name === 'table'
}

/** The columns of a table that are known. */
function columnsOf(header: readonly HeaderCell[]): readonly PageColumn[] {
  return header.flatMap(({ column }) => column ?? [])
}

function readTable(table: HtmlElement): Pick<HtmlTable, 'header' | 'rows'> | undefined {
  const found = readHeader(table)
  return found && { header: found.header, rows: found.below.map((element) => ({ element, cells: cellsOf(element) })) }
}

/** A table's header, which is its first row that has cells, and the rows below it. */
function readHeader(table: HtmlElement): { header: readonly HeaderCell[], below: readonly HtmlElement[] } | undefined {
  const rows = findElements(table, ({ name }) => name === 'tr', isTable)
  const first = rows.findIndex((row) => cellsOf(row).length > 0)
  const headerRow = rows[first]
  const header = headerRow && readHeaderCells(cellsOf(headerRow))
  return header && { header, below: rows.slice(first + 1) }
}

function cellsOf(row: HtmlElement): readonly HtmlElement[] {
  return findElements(row, ({ name }) => name === 'td' || name === 'th', isTable)
}

/** A cell of a table's header: what its column holds, where that is known, and how it is labelled. */
interface HeaderCell {
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
function readHeaderCells(cells: readonly HtmlElement[]): readonly HeaderCell[] | undefined {
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
