import { isNonMappable } from '../../model/vocabulary.js'
import { cellText, type PageRow } from '../page/page-content.js'
import { isRowByForm, listLines, placeOf, type TextLine, type TextTable } from './find-tables.js'
import type { PageReports } from './page-reports.js'
import { readRows, type TextNote, type TextRow } from './read-rows.js'
import { createSplitter, isBare, type SplitCapability, splitRow, type SplitRow, type Splitter, type TableContext } from './split-row.js'

/** Reads a table of mappings. Lines that are not rows and uncertain splits are reported. */
export function readMappingTable(table: TextTable, context: TableContext): readonly PageRow[] {
  const split = createSplitter(table, context)
  const rows = readRows(table.body, {
    split: (text) => splitRow(text, table.columns) ?? splitBareRow(text, split),
    startsRow: (text) => splitRow(text, table.columns) !== undefined || beginsWithId(split(text)),
    isCertain: (row) => isCertainRow(row, split(row.capability), lacksIdPattern(table, context)) || isOfPage(row, context),
  })
  reportBrokenNote(rows, context)
  const read = new Set(rows.map(({ line }) => line))
  // Without the heading of its note, a row reads like a part of the note above it.
  for (const line of table.body) if (!read.has(line) && isRowByForm(line)) context.reports.unreadableRow(line)
  return rows.flatMap(({ line, split: cells, note }) => {
    if (cells) return buildRow(line, cells, note, table, split, context)
    context.reports.unreadableRow(line)
    return []
  })
}

/** Whether a text begins with a capability id. A plain word ("guide") may match an id pattern; with a digit or a mark it is an id. */
function beginsWithId({ by, capability }: SplitCapability): boolean {
  return by === 'known' || (by === 'pattern' && /[\d._-]/.test(capability.id))
}

/**
 * Reports a note that is cut off at the end of the document: its references are missing although other notes of the table, or
 * all notes of a technique page, have them; or its last reference is the beginning of a table row.
 */
function reportBrokenNote(rows: readonly TextRow[], { reports, heading }: TableContext): void {
  const note = rows.at(-1)?.note
  if (!note) return
  const comment = note.comments.findLast((line) => line.text !== '')
  const wantsReferences = heading.kind === 'technique' || rows.some((row) => row.note.hasReferences)
  if (comment && !note.hasReferences && wantsReferences) reports.lastLineBreaksOff(comment)
  const reference = note.references.at(-1)
  if (reference && rows.some(({ line }) => line.text.startsWith(reference.text))) reports.lastLineBreaksOff(reference)
}

/** Whether the table's framework has no known id pattern, so that only the other cells identify a row. */
function lacksIdPattern(table: TextTable, { framework, statedFramework }: TableContext): boolean {
  const own = table.section?.framework ?? framework ?? statedFramework
  return own !== undefined && own.capabilityId === undefined
}

/** Whether a row may end a comment: its capability id must be recognised by more than the first word. */
function isCertainRow(row: SplitRow, found: SplitCapability, hasNoPattern: boolean): boolean {
  return row.firm ? found.by !== 'guess' || hasNoPattern : isBare(found)
}

/** Whether a line is a row of a technique page: it ends in the technique of the page and begins with something like an id. */
function isOfPage({ capability, technique }: SplitRow, { heading }: TableContext): boolean {
  if (heading.kind !== 'technique' || heading.technique.name === undefined) return false
  const isPageTechnique = technique?.id === heading.technique.id && technique.name === heading.technique.name
  return isPageTechnique && /^[^ ]*[\d._-]/.test(capability)
}

/** A row that prints only a known capability: "aws_artifact AWS Artifact". */
function splitBareRow(text: string, split: Splitter): SplitRow | undefined {
  return isBare(split(text)) ? { capability: text, firm: true } : undefined
}

function buildRow(
  line: TextLine, row: SplitRow, note: TextNote, table: TextTable, split: Splitter, { reports }: TableContext,
): PageRow {
  const hasRelation = table.columns.includes('relation')
  const cells = row.firm || !hasRelation ? row : splitLooseRow(row, split)
  const found = split(cells.capability)
  const isUncertain = !row.firm && !hasRelation && !isBare(found)
  if (found.by === 'guess' || isUncertain) reports.ambiguousCapability(line, found.capability, found.framework)
  if (!row.firm && cells.relation !== undefined) reports.unknownRelation(line, cells.relation)
  if (!found.framework) reports.unknownFramework(line)
  if (!cells.technique && !isNonMappable(cells.relation)) reports.missingTechnique(line)
  const comments = cellText(note.comments.map(({ raw }) => raw.trim()).join('\n'))
  for (const reference of note.references) if (!reference.text.includes('://')) reports.doubtfulReference(reference)
  const references = note.references.map(({ text }) => text)
  return {
    place: placeOf(line),
    ...(found.framework && { framework: found.framework }),
    capability: found.capability,
    ...(cells.technique && { technique: cells.technique }),
    ...(cells.relation !== undefined && { relation: cells.relation }),
    ...(cells.category !== undefined && { category: cells.category }),
    ...(cells.value !== undefined && { value: cells.value }),
    ...(comments !== undefined && { comments }),
    ...(references.length > 0 && { references }),
  }
}

/** Splits a row with an unknown mapping type: the text after the capability's known name, else the last word. */
function splitLooseRow(row: SplitRow, split: (text: string) => SplitCapability): SplitRow {
  const { capability: { id, description }, name } = split(row.capability)
  if (description === undefined) return row
  if (name !== undefined && description === name) return row
  if (name !== undefined && description.startsWith(`${name} `)) {
    return { ...row, capability: `${id} ${name}`, relation: description.slice(name.length + 1) }
  }
  const space = row.capability.lastIndexOf(' ')
  return { ...row, capability: row.capability.slice(0, space), relation: row.capability.slice(space + 1) }
}

/** Reads a table of unmappable capabilities, one per line. After a blank line only known capabilities count. */
export function readUnmappableTable(table: TextTable, context: TableContext): readonly PageRow[] {
  const split = createSplitter(table, context)
  const first = listLines(table.body)
  const more = table.body.slice(first.length).filter(({ text }) => text !== '' && isBare(split(text)))
  return [...first, ...more].map((line) => readRow(line, split, context.reports))
}

function readRow(line: TextLine, split: Splitter, reports: PageReports): PageRow {
  const { capability, framework, by } = split(line.text)
  if (by === 'guess') reports.ambiguousCapability(line, capability, framework)
  if (!framework) reports.unknownFramework(line)
  return { place: placeOf(line), ...(framework && { framework }), capability, unmappable: true }
}
