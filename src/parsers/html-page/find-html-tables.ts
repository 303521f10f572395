import type { HtmlElement } from '../../formats/decoded.js'
import { findElements, textOf } from '../../formats/html/elements.js'
import type { SeenRow } from '../../formats/rows.js'
import type { Place } from '../../model/origin.js'
import {
  cellText, columnLabels, detectPageTable, type PageColumn, type PageSection, type PageTableKind, readPageSection,
} from '../page/page-content.js'
import { readMisspeltSection } from '../page/misspelt-section.js'
import type { OutlineItem } from './read-outline.js'

/** A table row: its `<tr>` element and its cells. */
export interface HtmlRow {
  readonly element: HtmlElement
  readonly cells: readonly HtmlElement[]
}

/** A Mappings Explorer table: kind, section, header, and the rows below the header. */
export interface HtmlTable {
  readonly kind: PageTableKind
  readonly section: PageSection | undefined
  /** The section's heading, if it has a slip. */
  readonly misspelt?: HtmlElement
  readonly element: HtmlElement
  readonly header: readonly HeaderCell[]
  readonly rows: readonly HtmlRow[]
}

/** Finds the tables of a page. A table's section is that of the nearest heading between it and the previous table. */
export function findHtmlTables(outline: readonly OutlineItem[]): readonly HtmlTable[] {
  let section: PageSection | undefined
  let misspelt: HtmlElement | undefined
  const tables: HtmlTable[] = []
  for (const item of outline) {
    if (item.kind === 'heading') {
      const right = readPageSection(item.text)
      const near = right ? undefined : readMisspeltSection(item.text)
      section = right ?? near ?? section
      misspelt = near ? item.element : right ? undefined : misspelt
    }
    if (item.kind !== 'table') continue
    const found = readTable(item.element)
    const kind = found && detectPageTable(columnsOf(found.header), section?.title)
    if (!kind) continue
    tables.push({ kind, section, element: item.element, ...found, ...(misspelt && { misspelt }) })
    // A script may have moved the header into a table of its own: the rows that follow belong to the same section.
    if (found.rows.length > 0) [section, misspelt] = [undefined, undefined]
  }
  return tables
}

/** Whether an element is a table with a Mappings Explorer header. Rows below the header are not examined. */
export function isPageTable(element: HtmlElement): boolean {
  const found = isTable(element) ? readHeader(element) : undefined
  return found !== undefined && detectPageTable(columnsOf(found.header)) !== undefined
}

function isTable({ name }: HtmlElement): boolean {
  return name === 'table'
}

/** Recognised columns of a header. */
export function columnsOf(header: readonly HeaderCell[]): readonly PageColumn[] {
  return header.flatMap(({ column }) => column ?? [])
}

function readTable(table: HtmlElement): Pick<HtmlTable, 'header' | 'rows'> | undefined {
  const found = readHeader(table)
  return found && { header: found.header, rows: found.below.map((element) => ({ element, cells: cellsOf(element) })) }
}

/** The header of a table (its first row with cells) and the rows below it. */
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

/** A header cell: its column, undefined if not recognised, and its label. */
interface HeaderCell {
  readonly column: PageColumn | undefined
  readonly label: string
}

/** Columns by the field names of the site's scripts, for unknown labels. */
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

/** Reads a row as a table header; undefined if fewer than two columns are recognised. */
function readHeaderCells(cells: readonly HtmlElement[]): readonly HeaderCell[] | undefined {
  const header = cells.map(readCell)
  return header.filter(({ column }) => column !== undefined).length > 1 ? header : undefined
}

function readCell(cell: HtmlElement): HeaderCell {
  const label = textOf(cell)
  const known = columnLabels.find(([text]) => text.toLowerCase() === label.toLowerCase())
  return { column: known?.[1] ?? byField.get(readField(cell)), label }
}

/** Field name of a header cell. Pages write `<th id= data-field=capability_id>`, which HTML parses as an id of "data-field=…". */
function readField(cell: HtmlElement): string {
  const id = cell.attributes.get('id') ?? ''
  const field = id.startsWith('data-field=') ? id.slice('data-field='.length) : cell.attributes.get('data-field') ?? ''
  return cell.name === 'th' ? field.toLowerCase() : ''
}

/** Access to the cells of a row by column. */
export interface RowCells {
  cell(column: PageColumn): HtmlElement | undefined
  /** Text of the cell; undefined if empty. */
  text(column: PageColumn): string | undefined
  /** URL of the first link in the cell. */
  link(column: PageColumn): string | undefined
}

/** Assigns the cells of a row to columns. Tables redrawn by a script (bootstrap-table) print "-" for an absent cell. */
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

/** Placeholder across all columns of an empty table: "No mappings found …", "No matching records found". */
const NO_ROWS = /^No (?:mappings|matching records|data)\b/i

/** Whether a row is the placeholder of an empty table, or has no cells. */
export function isPlaceholder({ cells }: HtmlRow): boolean {
  const [first] = cells
  if (!first) return true
  return first.attributes.has('colspan') && NO_ROWS.test(textOf(first))
}

/** The rows of tables below their titles that have cells with text, but for the placeholder of an empty table. */
export function seenRows(tables: readonly HtmlTable[], place: (element: HtmlElement) => Place): readonly SeenRow[] {
  return tables.flatMap(({ element }) => {
    const rows = findElements(element, ({ name }) => name === 'tr', isTable)
    const below = rows.slice(rows.findIndex((row) => cellsOf(row).length > 0) + 1)
    return below.filter((row) => cellsOf(row).some((cell) => !cell.attributes.has('colspan') && textOf(cell) !== ''))
      .map((row) => ({ place: place(row) }))
  })
}
