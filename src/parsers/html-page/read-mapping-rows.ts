import type { HtmlElement } from '../../formats/decoded.js'
import { findElements, hasClass, linesOf, textOf } from '../../formats/html/elements.js'
import { describeFramework } from '../../frameworks/find-framework.js'
import type { Framework } from '../../frameworks/framework.js'
import { frameworks } from '../../frameworks/frameworks.js'
import type { KnownCapabilities } from '../../frameworks/known-capabilities.js'
import { cellText, isNonMappable, type PageRow } from '../page/page-content.js'
import { firstOwner } from '../page/page-heading.js'
import { type HtmlRow, type HtmlTable, isNoRow, readRowCells, type RowCells } from './find-html-tables.js'
import { frameworkBySlug, readPageLink } from './read-html-release.js'
import { isRowCutOff, type RowReports } from './row-reports.js'

/** Some rows print a full stop behind the id; it is kept as printed. */
const TECHNIQUE = /^T\d{4}(?:\.\d{3})?\.?$/

/** Reads a table of mappings, or of what maps to nothing. Rows without a capability's id are reported and left out. */
export function readMappingRows(table: HtmlTable, context: TableContext): readonly PageRow[] {
  for (const { column, label } of table.header) if (!column && label !== '') context.reports.unknownColumn(table.element, label)
  return table.rows.filter((row) => !isNoRow(row) && !isRowCutOff(table, row, context.cutOff))
    .flatMap((row) => readRow(table, row, context) ?? [])
}

function readRow(table: HtmlTable, row: HtmlRow, context: TableContext): PageRow | undefined {
  const { reports } = context
  const cells = readRowCells(table, row)
  const id = cells.text('capability-id')
  if (id === undefined) {
    reports.unreadableRow(row.element, 'a capability id in the column "Capability ID"')
    return undefined
  }
  const link = readPageLink(cells.link('capability-id') ?? cells.link('capability-description'))
  const framework = detectFramework(id, link?.slug, table, context)
  if (!framework) reports.unknownFramework(row.element)
  const description = cells.text('capability-description')
  return {
    place: reports.place(row.element),
    ...(framework && { framework }),
    ...(link?.frameworkVersion !== undefined && { frameworkVersion: link.frameworkVersion }),
    capability: { id, ...(description !== undefined && { description }) },
    ...(table.kind === 'unmappable' ? { unmappable: true } : readTarget(row, cells, context)),
  }
}

/** What a row maps to, how, and what it says of it. */
function readTarget(row: HtmlRow, cells: RowCells, { reports }: TableContext): Partial<PageRow> {
  const technique = cells.text('technique-id')
  const isTechnique = technique !== undefined && TECHNIQUE.test(technique)
  const name = cells.text('technique-name')
  const relation = cells.text('relation')
  const category = cells.text('category')
  const value = cells.text('value')
  if (!isTechnique && !isNonMappable(relation)) reports.missingTechnique(row.element, technique)
  return {
    ...(isTechnique && { technique: { id: technique, ...(name !== undefined && { name }) } }),
    ...(relation !== undefined && { relation }),
    ...(category !== undefined && { category }),
    ...(value !== undefined && { value }),
    ...readNoteCell(cells.cell('notes')),
  }
}

/** What a page's tables are read with. */
export interface TableContext {
  readonly known: KnownCapabilities
  readonly reports: RowReports
  /** The page's framework. */
  readonly framework?: Framework
  /** The framework that the user states; for rows whose framework nothing else tells. */
  readonly statedFramework?: Framework
  /** The elements in which the page breaks off; none where it is whole. */
  readonly cutOff: ReadonlySet<HtmlElement>
}

/**
 * The framework of a row: as its link names it, where that is a known one; as its section's heading or the page's does; by its
 * id; by the link's own word for an unknown one; by the user's.
 */
function detectFramework(
  id: string, slug: string | undefined, table: HtmlTable, context: TableContext,
): Framework | undefined {
  return (slug === undefined ? undefined : frameworkBySlug(slug))
    ?? table.section?.framework
    ?? context.framework
    ?? (slug === undefined ? detectById(id, context.known) ?? context.statedFramework : describeFramework(slug))
}

function detectById(id: string, known: KnownCapabilities): Framework | undefined {
  const prefix = known.longestPrefix(id)
  if (prefix?.length === id.length) return firstOwner(prefix.owners)?.framework
  return frameworks.find(({ tellingId, capabilityId, idsHoldSpaces }) => {
    const [match] = (tellingId ?? capabilityId)?.exec(id) ?? []
    return match !== undefined && (idsHoldSpaces === true || match.length === id.length)
  })
}

/** What a row's Notes box holds. */
interface CellNote {
  readonly comments?: string
  readonly references?: readonly string[]
}

/**
 * Reads the cell of a row's notes: titles "Comments" and "References", each with its body behind it. A cell without titles is a
 * comment as a whole.
 */
function readNoteCell(cell: HtmlElement | undefined): CellNote {
  if (!cell) return {}
  const parts = findElements(cell, (element) => hasClass(element, 'title') || hasClass(element, 'body'))
  if (!parts.some((part) => hasClass(part, 'title'))) return readComments([cell])
  const comments: HtmlElement[] = []
  const references: HtmlElement[] = []
  let inReferences = false
  for (const part of parts) {
    const title = hasClass(part, 'title') ? textOf(part).toLowerCase() : undefined
    if (title !== undefined) inReferences = title === 'references'
    if (title === 'references' || title === 'comments') continue
    if (inReferences) references.push(part)
    else comments.push(part)
  }
  const addresses = references.flatMap(readReferences)
  return { ...readComments(comments), ...(addresses.length > 0 && { references: addresses }) }
}

function readComments(elements: readonly HtmlElement[]): CellNote {
  const comments = cellText(linesOf(...elements).join('\n'))
  return comments === undefined ? {} : { comments }
}

/** The entries of a list of references or, where there is no list, its links or else its lines. */
function readReferences(body: HtmlElement): readonly string[] {
  const items = findElements(body, ({ name }) => name === 'li')
  const entries = items.length > 0 ? items : findElements(body, ({ name }) => name === 'a')
  return entries.length > 0 ? entries.flatMap(readEntry) : linesOf(body).filter((line) => line !== '')
}

/** An address as printed; the link's where what is printed is none. Browsers rewrite the link's when they save a page. */
function readEntry(entry: HtmlElement): readonly string[] {
  const text = textOf(entry)
  if (text.includes('://')) return [text]
  const links = (entry.name === 'a' ? [entry] : findElements(entry, ({ name }) => name === 'a'))
    .flatMap((link) => link.attributes.get('href')?.trim() ?? []).filter((address) => /^[a-z][a-z0-9+.-]*:\S/i.test(address))
  return links.length > 0 ? links : text === '' ? [] : [text]
}
