import type { TextDocument } from '../../formats/decoded.js'
import { describeFramework, frameworkByLabel } from '../../frameworks/find-framework.js'
import { type KnownCapabilities, loadKnownCapabilities } from '../../frameworks/known-capabilities.js'
import type { MappingSet } from '../../model/mapping-set.js'
import { buildSets, checkPage } from '../page/build-sets.js'
import { isUnexplained } from '../page/misspelt-section.js'
import {
  columnLabels, isTechniqueId, type ListedCapability, type ListedGroup, type PageContent, readCount, readPageSection, readRowsNotice, readTables,
} from '../page/page-content.js'
import { type PageHeading, type PageRelease, readPageHeading, readPageRelease } from '../page/page-release.js'
import type { ParseContext } from '../parser.js'
import { findTables, listLines, placeOf, readHeader, readTextLines, seenLines, type TextLine, type TextTable } from './find-tables.js'
import { checkEnd, createPageReports } from './page-reports.js'
import { readMappingTable, readUnmappableTable } from './read-mapping-table.js'
import { createSplitter, type Splitter, type TableContext } from './split-row.js'

/** Reads a page saved as text. Never throws; unreadable content is reported. `known` replaces the built-in capabilities in tests. */
export async function parseTextPage(
  document: TextDocument, context: ParseContext, known?: KnownCapabilities,
): Promise<readonly MappingSet[]> {
  const capabilities = known ?? await loadKnownCapabilities()
  const page = readPage(document, context, capabilities)
  checkPage(page, document.file, context.report)
  return buildSets(page, document.file, 'text-page', capabilities)
}

function readPage(document: TextDocument, { statements, report, seen }: ParseContext, known: KnownCapabilities): PageContent {
  const lines = readTextLines(document)
  const headingLine = findHeading(lines)
  const tables = findTables(lines, headingLine)
  seen?.(seenLines(tables))
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
      ...readTables(tables, 'mappings', (table) => readMappingTable(table, context)),
      ...readTables(tables, 'unmappable', (table) => readUnmappableTable(table, context)),
    ],
    capabilities: readTables(tables, 'capabilities', (table) => readCapabilityList(table, context)),
    groups: readTables(tables, 'groups', (table) => readGroupList(table, context)),
    notices: lines.flatMap((line) => {
      const notice = readRowsNotice(line.text)
      return notice ? [{ ...notice, place: placeOf(line) }] : []
    }),
  }
  for (const { misspelt, section } of tables) if (misspelt && section) reports.misspeltSection(misspelt, section.title)
  reportUnreadLines(lines, headingLine, tables, context)
  reports.finish()
  checkEnd(lines, headingLine, tables, page.rows, heading, reports)
  return page
}

/** Lines up to the first table header: they contain the badges, the versions and the release line. */
function linesBeforeTables(lines: readonly TextLine[], tables: readonly TextTable[]): readonly string[] {
  return lines.slice(0, tables[0]?.header.number ?? lines.length).map((line) => line.text)
}

/** Number of lines within which the site navigation ends. */
const NAVIGATION = 100

/**
 * The page heading: the first non-blank line or, in a page saved with its navigation, the line after the breadcrumbs, which
 * begin with "Home". Undefined for a text that begins with a section or a table.
 */
function findHeading(lines: readonly TextLine[]): TextLine | undefined {
  const home = lines.slice(0, NAVIGATION).findIndex((line) => line.text === 'Home')
  const trailEnd = home < 0 ? 0 : lines.findIndex((line, index) => index > home && line.text === '')
  const [heading, next] = lines.filter((line, index) => index >= trailEnd && line.text !== '')
  return heading && !readHeader(heading.text) && !isSection(heading.text, next?.text ?? '') ? heading : undefined
}

/** Whether a line is a section heading: generic, naming a framework, or directly above a table and not a page heading. */
function isSection(text: string, next: string): boolean {
  const section = readPageSection(text)
  if (!section?.framework) return section !== undefined
  if (frameworkByLabel(section.framework.name)) return true
  return readHeader(next) !== undefined && readPageHeading(text).kind === 'unknown'
}

/**
 * Reads the page heading. An unknown framework in it is recognised if the release line names it; if the heading ends in the id
 * with which the rows begin ("Example EX-1"); or if the page lists groups or all mappings, so that the heading is a framework
 * name.
 */
function readTextHeading(text: string, release: PageRelease, tables: readonly TextTable[]): PageHeading {
  const label = release.frameworkLabel
  const named = label !== undefined && !frameworkByLabel(label) ? [describeFramework(label)] : []
  const heading = readPageHeading(text, named)
  if (heading.kind !== 'unknown' || heading.isGroup || heading.text === '') return heading
  const mappings = tables.filter((table) => table.kind === 'mappings')
  if (mappings.length === 0 || mappings.some((table) => table.section?.framework)) return heading
  const words = heading.text.split(' ')
  const firstRow = mappings[0]?.body.find((line) => line.text !== '')?.text ?? ''
  for (let start = 1; start < words.length; start += 1) {
    const capability = words.slice(start).join(' ')
    if (!firstRow.startsWith(`${capability} `)) continue
    return { kind: 'capability', framework: describeFramework(words.slice(0, start).join(' ')), capability }
  }
  const isLanding = tables.some((table) => table.kind === 'groups' || table.section?.title === 'All Mappings')
  return isLanding ? { kind: 'landing', framework: describeFramework(heading.text) } : heading
}

/** Reads a list of capabilities. Uncertain ids are left out; the rows of the page supply them. */
function readCapabilityList(table: TextTable, context: TableContext): readonly ListedCapability[] {
  const split = createSplitter(table, context)
  return listLines(table.body).map(({ text }) => readLine(text, split))
}

function readLine(text: string, split: Splitter): ListedCapability {
  const { rest, numbers: [rows] } = dropNumbers(text, 1)
  const { capability: { id, description }, by } = split(rest)
  return {
    ...(by !== 'guess' && { id, ...(description !== undefined && { name: description }) }),
    ...(rows !== undefined && { rows }),
  }
}

/** Reads a list of groups; other lines are reported. */
function readGroupList(table: TextTable, { known, framework, reports }: TableContext): readonly ListedGroup[] {
  return listLines(table.body).flatMap((line) => {
    const { rest, numbers } = dropNumbers(line.text, 2)
    if (numbers[0] === undefined) {
      reports.unreadableRow(line)
      return []
    }
    const space = rest.indexOf(' ')
    const id = space < 0 ? rest : rest.slice(0, space)
    const name = space < 0 ? known.group(framework?.id ?? '', id)?.name ?? id : rest.slice(space + 1)
    return [{ id, name, rows: numbers[0] }]
  })
}

/** Removes `count` whole numbers from the end of a line; `numbers` is empty if it does not end in that many. */
function dropNumbers(text: string, count: number): { rest: string, numbers: readonly number[] } {
  const words = text.split(' ')
  const numbers = words.slice(-count).flatMap((word) => readCount(word) ?? [])
  if (words.length <= count || numbers.length < count) return { rest: text, numbers: [] }
  return { rest: words.slice(0, -count).join(' '), numbers }
}

/**
 * Reports lines that belong to no known section of a page: lists below an unknown heading, lines that look like the column titles of a
 * table and are not, and lines that look like rows where no table is. Other lines outside tables are prose.
 */
function reportUnreadLines(
  lines: readonly TextLine[], heading: TextLine | undefined, tables: readonly TextTable[], context: TableContext,
): void {
  const { reports } = context
  for (const { kind, columns, section, header, body } of tables) {
    const rows = listLines(body)
    if (isUnexplained(kind, columns, section)) {
      reports.unknownSection(header, `a list of ${rows.length} below no heading of a page`, rows.length)
    }
  }
  const outside = linesOutside(lines, heading, tables)
  const inMappings = tables.flatMap(({ kind, body }) => (kind === 'mappings' ? body : []))
  for (const line of [...outside, ...inMappings]) if (looksLikeHeader(line.text)) reports.unknownSection(line, line.text, 1)
  const first = tables.find(({ kind }) => kind === 'mappings') ?? tables[0]
  if (!first) return
  const split = createSplitter(first, context)
  for (const line of outside) {
    if (!line.text.includes(' T') || !line.text.split(' ').slice(1, -1).some(isTechniqueId)) continue
    const { by, capability } = split(line.text)
    if (by === 'known' || (by === 'pattern' && /[\d._-]/.test(capability.id))) reports.unreadableRow(line)
  }
}

/** Lines above the first table, and those of lists after their first blank line. Mapping tables report their own lines. */
function linesOutside(lines: readonly TextLine[], heading: TextLine | undefined, tables: readonly TextTable[]): readonly TextLine[] {
  const start = heading?.number ?? 0
  const above = lines.slice(start, tables[0] ? tables[0].header.number - 1 : lines.length)
  const below = tables.flatMap(({ kind, body }) => (kind === 'mappings' ? [] : body.slice(listLines(body).length)))
  return [...above, ...below.filter(({ text }) => text !== '')]
}

const labelWords: ReadonlySet<string> = new Set(columnLabels.flatMap(([label]) => label.toLowerCase().split(' ')))

/** Whether a line consists of words of column titles but for one or two of them, which are misspelt. */
function looksLikeHeader(text: string): boolean {
  if (text.length > 120 || !/\bid\b/i.test(text) || !/capability|att&ck/i.test(text) || readHeader(text)) return false
  const words = text.toLowerCase().split(' ')
  const known = words.filter((word) => labelWords.has(word))
  return known.length >= 3 && words.length - known.length > 0 && words.length - known.length <= 2
    && new Set(known).size >= 2
}
