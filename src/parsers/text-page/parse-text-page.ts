import { describeFramework } from '../../frameworks/describe-framework.js'
import { loadKnownCapabilities, type KnownCapabilities } from '../../frameworks/known-capabilities.js'
import type { TextDocument } from '../../formats/decoded.js'
import type { MappingSet } from '../../model/mapping-set.js'
import { buildSets } from '../page/build-sets.js'
import { checkPage } from '../page/check-page.js'
import type { PageTableKind } from '../page/page-columns.js'
import type { PageContent } from '../page/page-content.js'
import { readPageRelease } from '../page/page-release.js'
import { readRowsNotice } from '../page/rows-notice.js'
import type { ParseContext } from '../parser.js'
import { checkEnd } from './check-end.js'
import { findHeading } from './find-heading.js'
import { findTables, type TextTable } from './find-tables.js'
import { createPageReports } from './page-reports.js'
import { readCapabilityList } from './read-capability-list.js'
import { readGroupList } from './read-group-list.js'
import { readMappingTable } from './read-mapping-table.js'
import { readTextHeading } from './read-text-heading.js'
import { readUnmappableTable } from './read-unmappable-table.js'
import type { TableContext } from './table-context.js'
import { placeOf, readTextLines, type TextLine } from './text-lines.js'

/** Reads a saved page as text. Never throws; what cannot be read is reported. `known` is for tests that do without. */
export async function parseTextPage(
  document: TextDocument, context: ParseContext, known?: KnownCapabilities,
): Promise<readonly MappingSet[]> {
  const capabilities = known ?? await loadKnownCapabilities()
  const page = readPage(document, context, capabilities)
  checkPage(page, document.file, context.report)
  return buildSets(page, document.file, 'text-page', capabilities)
}

function readPage(document: TextDocument, { statements, report }: ParseContext, known: KnownCapabilities): PageContent {
  const lines = readTextLines(document)
  const headingLine = findHeading(lines)
  const tables = findTables(lines, headingLine)
  const release = readPageRelease(linesBeforeTables(lines, tables))
  const heading = readTextHeading(headingLine?.text ?? '', release, tables)
  const framework = 'framework' in heading ? { framework: heading.framework } : {}
  const stated = statements.framework === undefined ? {} : { statedFramework: describeFramework(statements.framework) }
  const reports = createPageReports(document, lines, report)
  const context: TableContext = { known, heading, reports, ...framework, ...stated }
  const page: PageContent = {
    heading,
    release,
    ...framework,
    tables: tables.map((table) => table.kind),
    rows: [
      ...readAll(tables, 'mappings', readMappingTable, context),
      ...readAll(tables, 'unmappable', readUnmappableTable, context),
    ],
    capabilities: readAll(tables, 'capabilities', readCapabilityList, context),
    groups: readAll(tables, 'groups', readGroupList, context),
    notices: lines.flatMap((line) => {
      const notice = readRowsNotice(line.text)
      return notice ? [{ ...notice, place: placeOf(line) }] : []
    }),
  }
  reports.finish()
  checkEnd(lines, headingLine, tables, page.rows, heading, reports)
  return page
}

type ReadTable<Item> = (table: TextTable, context: TableContext) => readonly Item[]

function readAll<Item>(
  tables: readonly TextTable[], kind: PageTableKind, read: ReadTable<Item>, context: TableContext,
): readonly Item[] {
  return tables.filter((table) => table.kind === kind).flatMap((table) => read(table, context))
}

/** Where badges, versions and the release line stand. */
function linesBeforeTables(lines: readonly TextLine[], tables: readonly TextTable[]): readonly string[] {
  return lines.slice(0, tables[0]?.header.number ?? lines.length).map((line) => line.text)
}
