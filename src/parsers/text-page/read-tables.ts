import type { Framework } from '../../frameworks/framework.js'
import type { KnownCapabilities } from '../../frameworks/known-capabilities.js'
import { cellText } from '../page/cell-text.js'
import type { ListedCapability, PageRow } from '../page/page-content.js'
import type { PageHeading } from '../page/page-heading.js'
import type { TextTable } from './find-tables.js'
import { isNonMappable } from '../page/build-sets.js'
import type { PageReports } from './page-reports.js'
import { dropNumbers, listLines } from './read-lists.js'
import { readRows, type TextRow } from './read-rows.js'
import { splitCapability, type SplitCapability } from './split-capability.js'
import { splitLooseRow } from './split-loose-row.js'
import { splitRow, type SplitRow } from './split-row.js'
import type { TextLine } from './text-lines.js'

/** What a page's tables are read with. */
export interface TableContext {
  readonly known: KnownCapabilities
  readonly heading: PageHeading
  readonly reports: PageReports
  /** The page's framework. */
  readonly framework?: Framework
  /** The framework that the user states; for rows whose framework nothing else tells. */
  readonly statedFramework?: Framework
}

/** Reads a table of mappings; lines that are no rows, and what is uncertain, are reported. */
export function readMappingTable(table: TextTable, context: TableContext): readonly PageRow[] {
  const split = createSplitter(table, context)
  const reading = readRows(table.body, {
    split: (text) => splitRow(text, table.columns) ?? splitBareRow(text, split),
    isCertain: (row) => isCertainRow(row, split(row.capability), isUnknown(table, context)),
  })
  for (const line of reading.unreadable) context.reports.unreadableRow(line)
  if (reading.brokenNote) context.reports.truncated(reading.brokenNote)
  return reading.rows.map((row) => buildRow(row, table, split, context))
}

/** Reads a table of capabilities that map to nothing: each line is a row. */
export function readUnmappableTable(table: TextTable, context: TableContext): readonly PageRow[] {
  const split = createSplitter(table, context)
  return listLines(table.body).map((line) => {
    const found = split(line.text)
    if (found.by === 'guess') context.reports.ambiguousCapability(line, found.capability)
    if (!found.framework) context.reports.unknownFramework(line)
    return { place: placeOf(line), ...frameworkOf(found), capability: found.capability, unmappable: true }
  })
}

/** Reads a page's list of capabilities. An id that could be something else is left to the rows. */
export function readCapabilityList(table: TextTable, context: TableContext): readonly ListedCapability[] {
  const split = createSplitter(table, context)
  return listLines(table.body).flatMap(({ text }) => {
    const found = split(dropNumbers(text, 1) ?? text)
    if (found.by === 'guess') return []
    const { id, description } = found.capability
    return [{ id, ...(description !== undefined && { name: description }) }]
  })
}

type Splitter = (text: string) => SplitCapability

/** How a table's capabilities are split: by the framework of its section or page, else by the ids, else by the user's word. */
function createSplitter(table: TextTable, { known, heading, framework, statedFramework }: TableContext): Splitter {
  const own = table.section?.framework ?? framework
  const page = heading.kind === 'capability' ? { pageCapability: heading.capability } : {}
  return (text) => {
    const found = splitCapability(text, { known, ...page, ...(own && { framework: own }) })
    if (found.framework || !statedFramework) return found
    return splitCapability(text, { known, ...page, framework: statedFramework })
  }
}

/** Rows of a framework that nothing is known of can be told by their other cells only. */
function isUnknown(table: TextTable, { framework, statedFramework }: TableContext): boolean {
  const own = table.section?.framework ?? framework ?? statedFramework
  return own !== undefined && own.capabilityId === undefined
}

/** Only a row whose capability is told by more than its first word may end a comment. */
function isCertainRow(row: SplitRow, found: SplitCapability, isUnknownFramework: boolean): boolean {
  return row.firm ? found.by !== 'guess' || isUnknownFramework : isBare(found)
}

/** Whether the text is a known capability, name and all, and nothing else. */
function isBare(found: SplitCapability): boolean {
  return found.by === 'known' && found.name !== undefined && found.name === found.capability.description
}

/** A row of which nothing is printed but a known capability: "aws_artifact AWS Artifact". */
function splitBareRow(text: string, split: Splitter): SplitRow | undefined {
  return isBare(split(text)) ? { capability: text, firm: true } : undefined
}

function buildRow(row: TextRow, table: TextTable, split: Splitter, context: TableContext): PageRow {
  const { line, comments, references } = row
  const { reports } = context
  const hasRelation = table.columns.includes('relation')
  const cells = row.split.firm || !hasRelation ? row.split : splitLooseRow(row.split, split)
  const found = split(cells.capability)
  const isUncertain = !row.split.firm && !hasRelation && !isBare(found)
  if (found.by === 'guess' || isUncertain) reports.ambiguousCapability(line, found.capability)
  if (!row.split.firm && cells.relation !== undefined) reports.unknownRelation(line, cells.relation)
  if (!found.framework) reports.unknownFramework(line)
  if (!cells.technique && !isNonMappable(cells.relation)) reports.missingTechnique(line)
  const comment = cellText(comments.join('\n'))
  return {
    place: placeOf(line),
    ...frameworkOf(found),
    capability: found.capability,
    ...(cells.technique && { technique: cells.technique }),
    ...(cells.relation !== undefined && { relation: cells.relation }),
    ...(cells.category !== undefined && { category: cells.category }),
    ...(cells.value !== undefined && { value: cells.value }),
    ...(comment !== undefined && { comments: comment }),
    ...(references.length > 0 && { references }),
  }
}

function frameworkOf({ framework }: SplitCapability): { framework?: Framework } {
  return framework ? { framework } : {}
}

function placeOf(line: TextLine): PageRow['place'] {
  return { kind: 'text', line: line.number, column: line.column }
}
