import type { HtmlElement } from '../../formats/decoded.js'
import { findElements, hasClass, linesOf, textOf } from '../../formats/html/elements.js'
import { describeFramework } from '../../frameworks/find-framework.js'
import type { Framework } from '../../frameworks/framework.js'
import { frameworks } from '../../frameworks/frameworks.js'
import type { KnownCapabilities } from '../../frameworks/known-capabilities.js'
import { isNonMappable } from '../../model/vocabulary.js'
import { cellText, isTechniqueId, type PageRow } from '../page/page-content.js'
import { firstOwner } from '../page/page-release.js'
import { type HtmlRow, type HtmlTable, isPlaceholder, readRowCells, type RowCells } from './find-html-tables.js'
import { frameworkBySlug, readPageLink } from './read-html-release.js'
import { isRowCutOff, type RowReports } from './row-reports.js'

/** Reads a table of mappings or of unmappable capabilities. Rows without a capability id are reported and skipped. */
export function readMappingRows(table: HtmlTable, context: TableContext): readonly PageRow[] {
  for (const { column, label } of table.header) if (!column && label !== '') context.reports.unknownColumn(table.element, label)
  return table.rows.filter((row) => !isPlaceholder(row) && !isRowCutOff(table, row, context.cutOff))
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

/** Technique, mapping type, score and notes of a row. */
function readTarget(row: HtmlRow, cells: RowCells, { reports }: TableContext): Partial<PageRow> {
  const technique = cells.text('technique-id')
  const isTechnique = technique !== undefined && isTechniqueId(technique)
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

/** Context for reading the tables of a page. */
export interface TableContext {
  readonly known: KnownCapabilities
  readonly reports: RowReports
  /** Framework of the page. */
  readonly framework?: Framework
  /** Framework stated by the user, for rows whose framework cannot be determined otherwise. */
  readonly statedFramework?: Framework
  /** Elements in which the page is cut off; empty if it is complete. */
  readonly cutOff: ReadonlySet<HtmlElement>
}

/**
 * The framework of a row, from the first of these that determines it: a known framework in its link; the section heading; the
 * page heading; the unknown framework in its link or, without a link, the capability id, then the user's statement.
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
  return frameworks.find(({ distinctiveId, idsContainSpaces }) => {
    const [match] = distinctiveId?.exec(id) ?? []
    return match !== undefined && (idsContainSpaces === true || match.length === id.length)
  })
}

/** Contents of a row's notes cell. */
interface CellNote {
  readonly comments?: string
  readonly references?: readonly string[]
}

/** Reads a notes cell: titles "Comments" and "References", each followed by its body. A cell without titles is a comment. */
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

/** References in a body: its list items, else its links, else its lines. */
function readReferences(body: HtmlElement): readonly string[] {
  const items = findElements(body, ({ name }) => name === 'li')
  const entries = items.length > 0 ? items : findElements(body, ({ name }) => name === 'a')
  return entries.length > 0 ? entries.flatMap(readEntry) : linesOf(body).filter((line) => line !== '')
}

/** The printed text if it contains a URL, else the link targets: browsers rewrite link targets when they save a page. */
function readEntry(entry: HtmlElement): readonly string[] {
  const text = textOf(entry)
  if (text.includes('://')) return [text]
  const links = (entry.name === 'a' ? [entry] : findElements(entry, ({ name }) => name === 'a'))
    .flatMap((link) => link.attributes.get('href')?.trim() ?? []).filter((address) => /^[a-z][a-z0-9+.-]*:\S/i.test(address))
  return links.length > 0 ? links : text === '' ? [] : [text]
}
