import type { HtmlElement } from '../../formats/decoded.js'
import { findElements } from '../../formats/html/find-elements.js'
import { tellPageTable, type PageColumn, type PageTableKind } from '../page/page-columns.js'
import { readPageSection, type PageSection } from '../page/page-section.js'
import { readHeaderCells, type HeaderCell } from './read-header-cells.js'
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
    const kind = found && tellPageTable(columnsOf(found.header), section?.title)
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
  return found !== undefined && tellPageTable(columnsOf(found.header)) !== undefined
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
