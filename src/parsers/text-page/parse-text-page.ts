import { describeFramework } from '../../frameworks/describe-framework.js'
import { loadKnownCapabilities, type KnownCapabilities } from '../../frameworks/known-capabilities.js'
import type { TextDocument } from '../../formats/decoded.js'
import type { MappingSet } from '../../model/mapping-set.js'
import { buildSets } from '../page/build-sets.js'
import type { ListedCapability, ListedGroup, PageRow } from '../page/page-content.js'
import { readPageRelease } from '../page/page-release.js'
import type { ParseContext } from '../parser.js'
import { checkPage } from './check-page.js'
import { findHeading } from './find-heading.js'
import { findTables, type TextTable } from './find-tables.js'
import { createPageReports } from './page-reports.js'
import { readTextHeading } from './read-text-heading.js'
import { readCapabilityList, readMappingTable, readUnmappableTable, type TableContext } from './read-tables.js'
import { listLines, readListedGroup } from './read-lists.js'
import { readTextLines, type TextLine } from './text-lines.js'

/** Reads a saved page as text. Never throws; what cannot be read is reported. */
export async function parseTextPage(
  document: TextDocument, context: ParseContext, knowledge?: KnownCapabilities,
): Promise<readonly MappingSet[]> {
  const known = knowledge ?? await loadKnownCapabilities()
  const lines = readTextLines(document)
  const headingLine = findHeading(lines)
  const tables = findTables(lines, headingLine)
  const release = readPageRelease(linesOutside(lines, tables))
  const reports = createPageReports(document, lines, context.report)
  const heading = readTextHeading(headingLine?.text ?? '', release, tables)
  const framework = 'framework' in heading ? heading.framework : undefined
  const stated = context.statements.framework
  const tableContext: TableContext = {
    known,
    heading,
    reports,
    ...(framework && { framework }),
    ...(stated !== undefined && { statedFramework: describeFramework(stated) }),
  }

  const rows: PageRow[] = []
  const capabilities: ListedCapability[] = []
  const groups: ListedGroup[] = []
  for (const table of tables) {
    if (table.kind === 'mappings') rows.push(...readMappingTable(table, tableContext))
    if (table.kind === 'unmappable') rows.push(...readUnmappableTable(table, tableContext))
    if (table.kind === 'capabilities') capabilities.push(...readCapabilityList(table, tableContext))
    if (table.kind === 'groups') {
      groups.push(...listLines(table.body).flatMap(({ text }) => readListedGroup(text, framework?.id, known) ?? []))
    }
  }
  reports.finish()
  checkPage(document, lines, tables, rows, reports, context.report)
  return buildSets({ heading, release, ...(framework && { framework }), rows, capabilities, groups }, document.file, 'text-page', known)
}

/** Every line that is no row or note: where badges and notices stand. */
function linesOutside(lines: readonly TextLine[], tables: readonly TextTable[]): readonly string[] {
  const first = tables[0]?.header.number ?? lines.length
  return lines.slice(0, first).map((line) => line.text)
}
