import { describeFramework } from '../../frameworks/describe-framework.js'
import { loadKnownCapabilities, type KnownCapabilities } from '../../frameworks/known-capabilities.js'
import type { HtmlDocument } from '../../formats/decoded.js'
import type { MappingSet } from '../../model/mapping-set.js'
import { buildSets } from '../page/build-sets.js'
import { checkPage } from '../page/check-page.js'
import type { PageTableKind } from '../page/page-columns.js'
import type { PageContent } from '../page/page-content.js'
import type { ParseContext } from '../parser.js'
import { fillVersions } from './fill-versions.js'
import { findCutOff } from './find-cut-off.js'
import { findHtmlTables, isPageTable, type HtmlTable } from './find-html-tables.js'
import { readHtmlHeading } from './read-html-heading.js'
import { readHtmlRelease } from './read-html-release.js'
import { readCapabilityRows, readGroupRows } from './read-lists.js'
import { readMappingRows } from './read-mapping-rows.js'
import { readNotices } from './read-notices.js'
import { readOutline } from './read-outline.js'
import { reportCutOff } from './report-cut-off.js'
import { createRowReports } from './row-reports.js'
import type { TableContext } from './table-context.js'

/** Reads a saved page as HTML. Never throws; what cannot be read is reported. `known` is for tests that do without. */
export async function parseHtmlPage(
  document: HtmlDocument, context: ParseContext, known?: KnownCapabilities,
): Promise<readonly MappingSet[]> {
  const capabilities = known ?? await loadKnownCapabilities()
  const page = readPage(document, context, capabilities)
  checkPage(page, document.file, context.report)
  return buildSets(page, document.file, 'html-page', capabilities)
}

function readPage(document: HtmlDocument, { statements, report }: ParseContext, known: KnownCapabilities): PageContent {
  const outline = readOutline(document.root, isPageTable)
  const tables = findHtmlTables(outline)
  const heading = readHtmlHeading(outline)
  const framework = 'framework' in heading ? { framework: heading.framework } : {}
  const stated = statements.framework === undefined ? {} : { statedFramework: describeFramework(statements.framework) }
  const cutOff = new Set(findCutOff(document))
  const reports = createRowReports(document, report)
  const context: TableContext = { known, reports, ...framework, ...stated, cutOff }
  const page: PageContent = {
    heading,
    release: readHtmlRelease(outline, tables, document.savedFrom),
    ...framework,
    tables: tables.map((table) => table.kind),
    rows: fillVersions([
      ...readAll(tables, 'mappings', (table) => readMappingRows(table, context)),
      ...readAll(tables, 'unmappable', (table) => readMappingRows(table, context)),
    ]),
    capabilities: readAll(tables, 'capabilities', readCapabilityRows),
    groups: readAll(tables, 'groups', readGroupRows),
    notices: readNotices(outline, tables, document),
  }
  reports.finish()
  reportCutOff(cutOff, tables, reports)
  return page
}

type ReadTable<Item> = (table: HtmlTable) => readonly Item[]

function readAll<Item>(tables: readonly HtmlTable[], kind: PageTableKind, read: ReadTable<Item>): readonly Item[] {
  return tables.filter((table) => table.kind === kind).flatMap((table) => read(table))
}
