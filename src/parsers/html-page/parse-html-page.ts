import type { HtmlDocument } from '../../formats/decoded.js'
import { describeFramework } from '../../frameworks/find-framework.js'
import { type KnownCapabilities, loadKnownCapabilities } from '../../frameworks/known-capabilities.js'
import type { MappingSet } from '../../model/mapping-set.js'
import { buildSets, checkPage } from '../page/build-sets.js'
import { type ListedCapability, type ListedGroup, type PageContent, readCount, readRowsNotice, readTables } from '../page/page-content.js'
import { isUnexplained } from '../page/misspelt-section.js'
import type { ParseContext } from '../parser.js'
import { columnsOf, findHtmlTables, type HtmlTable, isPageTable, isPlaceholder, readRowCells, seenRows } from './find-html-tables.js'
import { fillVersions, readHtmlRelease } from './read-html-release.js'
import { readMappingRows, type TableContext } from './read-mapping-rows.js'
import { type OutlineItem, readHtmlHeading, readOutline } from './read-outline.js'
import { createRowReports, findCutOff, reportCutOff, type RowReports } from './row-reports.js'

/** Reads a page saved as HTML. Never throws; unreadable content is reported. `known` replaces the built-in capabilities in tests. */
export async function parseHtmlPage(
  document: HtmlDocument, context: ParseContext, known?: KnownCapabilities,
): Promise<readonly MappingSet[]> {
  const capabilities = known ?? await loadKnownCapabilities()
  const page = readPage(document, context, capabilities)
  checkPage(page, document.file, context.report)
  return buildSets(page, document.file, 'html-page', capabilities)
}

function readPage(document: HtmlDocument, { statements, report, seen }: ParseContext, known: KnownCapabilities): PageContent {
  const outline = readOutline(document.root, isPageTable)
  const tables = findHtmlTables(outline)
  const heading = readHtmlHeading(outline)
  const framework = 'framework' in heading ? { framework: heading.framework } : {}
  const stated = statements.framework === undefined ? {} : { statedFramework: describeFramework(statements.framework) }
  const cutOff = new Set(findCutOff(document))
  const reports = createRowReports(document, report)
  seen?.(seenRows(tables.filter(({ kind }) => kind === 'mappings' || kind === 'unmappable'), (row) => reports.place(row)))
  const context: TableContext = { known, reports, ...framework, ...stated, cutOff }
  const page: PageContent = {
    heading,
    release: readHtmlRelease(outline, tables, document.savedFrom),
    ...framework,
    tables: tables.map((table) => table.kind),
    rows: fillVersions([
      ...readTables(tables, 'mappings', (table) => readMappingRows(table, context)),
      ...readTables(tables, 'unmappable', (table) => readMappingRows(table, context)),
    ]),
    capabilities: readTables(tables, 'capabilities', readCapabilityRows),
    groups: readTables(tables, 'groups', readGroupRows),
    notices: readNotices(outline, tables, document),
  }
  for (const table of tables) reportSection(table, reports)
  reports.finish()
  reportCutOff(cutOff, tables, reports)
  return page
}

function reportSection(table: HtmlTable, reports: RowReports): void {
  const { kind, section, header, rows, element, misspelt } = table
  if (misspelt && section) reports.unknownSection(misspelt, 1, section.title)
  const listed = rows.filter((row) => !isPlaceholder(row)).length
  if (listed > 0 && isUnexplained(kind, columnsOf(header), section)) reports.unknownSection(element, listed)
}

/** Reads a list of capabilities. */
function readCapabilityRows(table: HtmlTable): readonly ListedCapability[] {
  return table.rows.filter((row) => !isPlaceholder(row)).flatMap((row) => {
    const cells = readRowCells(table, row)
    const id = cells.text('capability-id')
    const name = cells.text('capability-name') ?? cells.text('capability-description')
    const rows = readCount(cells.text('number-of-mappings') ?? '')
    return [{ ...(id !== undefined && { id }), ...(name !== undefined && { name }), ...(rows !== undefined && { rows }) }]
  })
}

/** Reads a list of groups. */
function readGroupRows(table: HtmlTable): readonly ListedGroup[] {
  return table.rows.filter((row) => !isPlaceholder(row)).flatMap((row) => {
    const cells = readRowCells(table, row)
    const id = cells.text('group-id')
    const rows = readCount(cells.text('number-of-mappings') ?? '')
    return id === undefined ? [] : [{ id, name: cells.text('group-name') ?? id, ...(rows !== undefined && { rows }) }]
  })
}

/**
 * Notices of omitted rows. A table's notice is printed below it, or above and below; it counts once, and only for tables whose
 * rows are read.
 */
function readNotices(
  outline: readonly OutlineItem[], tables: readonly HtmlTable[], document: HtmlDocument,
): PageContent['notices'] {
  const notices: PageContent['notices'][number][] = []
  const nearest = nearestTables(outline, tables)
  const noticed = new Set<HtmlTable>()
  for (const [index, item] of outline.entries()) {
    const notice = item.kind === 'line' ? readRowsNotice(item.text) : undefined
    if (!notice || item.kind !== 'line') continue
    const table = notice.of === 'table' ? nearest[index] : undefined
    if (table && (noticed.has(table) || (table.kind !== 'mappings' && table.kind !== 'unmappable'))) continue
    if (table) noticed.add(table)
    notices.push({ ...notice, place: { kind: 'text', ...document.position(item.offset) } })
  }
  return notices
}

/** For each outline item, the table above it with no heading in between, else the next table. */
function nearestTables(outline: readonly OutlineItem[], tables: readonly HtmlTable[]): readonly (HtmlTable | undefined)[] {
  const byElement = new Map(tables.map((table) => [table.element, table]))
  let above: HtmlTable | undefined
  const nearest = outline.map((item) => {
    if (item.kind === 'heading') above = undefined
    if (item.kind === 'table') above = byElement.get(item.element)
    return above
  })
  let below: HtmlTable | undefined
  for (let index = outline.length - 1; index >= 0; index -= 1) {
    const item = outline[index]
    if (item?.kind === 'table') below = byElement.get(item.element)
    nearest[index] ??= below
  }
  return nearest
}
