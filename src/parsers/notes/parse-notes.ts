import type { TextDocument } from '../../formats/decoded.js'
import type { SeenRow } from '../../formats/rows.js'
import { describeFramework } from '../../frameworks/find-framework.js'
import { loadKnownCapabilities } from '../../frameworks/known-capabilities.js'
import { createMappingSet, type MappingSet, unknownFramework } from '../../model/mapping-set.js'
import type { Mapping } from '../../model/mapping.js'
import type { ParseContext } from '../parser.js'
import { createItemTerms, createRowTerms } from './capability-terms.js'
import { findMentions } from './find-mentions.js'
import { leadingBoldEnd, plainText } from './line-shapes.js'
import { canNameCapability, createCapabilityNamer, headsReferences } from './name-capability.js'
import type { Aside, NoteBlock, NoteSpan, NoteTable } from './note-block.js'
import { createNotesReports, type NotesReports } from './notes-reports.js'
import { readBlocks } from './read-blocks.js'
import { createLinkLabels, readSpan, type SpanContext, type SpanShape } from './read-span.js'
import { createTechniqueNames } from './note-text.js'

/** Level of a bold line used as a heading: below the six levels of headings. */
const BOLD_LINE_LEVEL = 7

/** Reads the technique ids in notes as mappings of the framework stated by the user. Never throws. See docs/notes.md. */
export async function parseNotes(document: TextDocument, context: ParseContext): Promise<readonly MappingSet[]> {
  const { file } = document
  const { statements, report, attack } = context
  const framework = statements.framework === undefined ? undefined : describeFramework(statements.framework)
  const namer = createCapabilityNamer(framework, await loadKnownCapabilities())
  const reports = createNotesReports(document, report)
  context.seen?.(seenIds(document.lines))
  const { title, blocks } = readBlocks(document.lines)
  const reading: SpanContext = { names: createTechniqueNames(attack), labels: createLinkLabels(blocks), reports }

  const mappings: Mapping[] = []
  readAll(blocks, title ?? nameOf(file.name), reading, (words, { place, ...noted }) => {
    mappings.push({ kind: 'mapped', origins: [{ document: file.name, place }], capability: namer(words), ...noted })
  })
  reports.finish()
  const [first] = mappings
  if (!first) {
    reports.noMappings()
    return []
  }
  if (!framework && first.origins[0]) reports.unknownFramework(mappings.length, first.origins[0].place)
  return [createMappingSet({
    framework: framework ? { id: framework.id, name: framework.name } : unknownFramework,
    mappings,
    sources: [{ name: file.name, sha256: file.sha256, parser: 'notes', rows: mappings.length }],
  })]
}

/** The technique ids that are words of their own, line by line. */
function seenIds(lines: readonly string[]): readonly SeenRow[] {
  return lines.flatMap((text, index) => Array.from(
    text.matchAll(/(?<=^|[\s([])T\d{4}(?:\.\d{3})?(?=$|[\s)\],;:])/g),
    ({ 0: id, index: at }): SeenRow => ({
      place: { kind: 'text', line: index + 1, column: at + 1 }, end: { line: index + 1, column: at + id.length + 1 },
    }),
  ))
}

type Note = (words: string, noted: ReturnType<typeof readSpan>[number]) => void

function readAll(blocks: readonly NoteBlock[], documentName: string, context: SpanContext, note: Note): void {
  const outline = createHeadingOutline()
  const items = createItemTerms(context.names)
  const rows = createRowTerms(context.names)
  const read = (span: NoteSpan, shape: SpanShape, term: string | undefined): number => {
    if (outline.inReferences()) {
      skipIds('citation', span, context.reports)
      return 0
    }
    const words = term ?? outline.nearest() ?? documentName
    const found = readSpan(span, shape, context)
    for (const noted of found) note(words, noted)
    return found.length
  }
  const tables = new Map<NoteTable, { readonly without: (readonly [words: string, span: NoteSpan])[], techniques: number }>()
  const readRow = ({ span, table }: Extract<NoteBlock, { kind: 'row' }>): void => {
    const term = rows.termOf(span, table)
    const counted = tables.get(table) ?? { without: [], techniques: 0 }
    tables.set(table, counted)
    const found = read(span, 'row', term)
    counted.techniques += found
    if (found === 0 && term !== undefined && findMentions(span.text).ids.length === 0) counted.without.push([term, span])
  }
  const enter = (level: number, span: NoteSpan): void => {
    outline.leave(level)
    read(span, 'heading', undefined)
    const words = plainText(span.text).replace(/:$/, '')
    // A heading that names a technique groups text about it; the capability is that of the heading above.
    const names = findMentions(span.text).ids.some(({ kind }) => kind !== 'elsewhere')
    outline.enter(level, !names && canNameCapability(words) ? words : undefined, headsReferences(words))
  }
  for (const block of blocks) {
    if (block.kind === 'heading') enter(block.level, block.span)
    else if (block.kind === 'row') readRow(block)
    else if (block.kind === 'text') {
      if (!block.item && isBoldLine(block.span.text)) enter(BOLD_LINE_LEVEL, block.span)
      else read(block.span, 'paragraph', block.item && items.termOf(block.item))
    }
  }
  for (const { without, techniques } of tables.values()) {
    if (techniques > 0) for (const [words, span] of without) context.reports.rowWithoutTechnique(words, span)
  }
  for (const block of blocks) {
    if (block.kind !== 'aside') continue
    const isUsed = block.label !== undefined && context.labels.isUsed(block.label)
    skipIds(block.because, block.span, context.reports, isUsed ? 1 : 0)
  }
}

/** Whether a paragraph is one line that is bold as a whole ("**MFA**"), which authors use as a heading. */
function isBoldLine(text: string): boolean {
  return !text.includes('\n') && leadingBoldEnd(text) === text.replace(/:$/, '').length - 2
}

/** Reports the ids in a span as skipped, except the first `linked`: those were read where the text links to them. */
function skipIds(why: Aside, span: NoteSpan, reports: NotesReports, linked = 0): void {
  for (const mention of findMentions(span.text).ids.slice(linked)) {
    if (mention.kind === 'other') reports.otherId(mention, span)
    else reports.skipped(why, mention, span)
  }
}

/** A file name as a title: without folders and extension. */
function nameOf(file: string): string {
  const name = file.slice(file.lastIndexOf('/') + 1).replace(/\.gz$/i, '')
  return name.replace(/(?<=.)\.[a-z]{1,10}$/i, '')
}

/** The headings that enclose the current position. */
interface HeadingOutline {
  /** Closes the headings of this level and deeper. */
  leave(level: number): void
  /** Opens a heading. Without a name, the capability is that of the enclosing heading. */
  enter(level: number, name: string | undefined, headsReferences: boolean): void
  /** Capability name in the nearest heading that has one. */
  nearest(): string | undefined
  inReferences(): boolean
}

/** Creates an outline without headings. */
function createHeadingOutline(): HeadingOutline {
  const headings: { readonly level: number; readonly name: string | undefined; readonly references: boolean }[] = []
  return {
    leave(level) {
      while ((headings.at(-1)?.level ?? 0) >= level) headings.pop()
    },
    enter: (level, name, references) => void headings.push({ level, name, references }),
    nearest: () => headings.findLast(({ name }) => name !== undefined)?.name,
    inReferences: () => headings.some(({ references }) => references),
  }
}
