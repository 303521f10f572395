import type { TextDocument } from '../../formats/decoded.js'
import type { SeenRow } from '../../formats/rows.js'
import { frameworks } from '../../frameworks/frameworks.js'
import type { Place } from '../../model/origin.js'
import { scoreValues } from '../../model/vocabulary.js'
import { readMisspeltSection } from '../page/misspelt-section.js'
import { columnLabels, detectPageTable, isTechniqueId, type PageColumn, type PageSection, type PageTableKind, readPageSection } from '../page/page-content.js'

/** A table of a page: kind, columns, section, header line, and the lines from there to the next section. */
export interface TextTable {
  readonly kind: PageTableKind
  readonly columns: readonly PageColumn[]
  readonly section: PageSection | undefined
  /** The section's heading, if it has a slip. */
  readonly misspelt?: TextLine
  readonly header: TextLine
  readonly body: readonly TextLine[]
}

/** Maximum distance in lines between a section heading and its table header: badges, a notice, an introduction. */
const REACH = 14

/** Finds tables by their headers. A table's body ends at the next section heading or table. */
export function findTables(lines: readonly TextLine[], heading: TextLine | undefined): readonly TextTable[] {
  let after = heading ? heading.number - 1 : -1
  const starts = lines.flatMap((header, index) => {
    const columns = readHeader(header.text)
    if (!columns) return []
    const section = findSection(lines, index, Math.max(after, index - REACH))
    const kind = detectPageTable(columns, section?.section.title)
    if (!kind) return []
    after = index
    return [{ header, index, columns, kind, section }]
  })
  return starts.map(({ header, index, columns, kind, section }, nth) => {
    const next = starts[nth + 1]
    const body = lines.slice(index + 1, next?.section?.index ?? next?.index ?? lines.length)
    return { kind, columns, section: section?.section, header, body, ...(section?.misspelt && { misspelt: section.misspelt }) }
  })
}

/** The nearest section heading above a header and below the line with index `after`. */
function findSection(
  lines: readonly TextLine[], header: number, after: number,
): { index: number, section: PageSection, misspelt?: TextLine } | undefined {
  let near: ReturnType<typeof findSection>
  for (let index = header - 1; index > after; index -= 1) {
    const line = lines[index]
    // A heading follows a blank line, unlike a line of a comment that reads like one.
    if (!line || (lines[index - 1]?.text ?? '') !== '') continue
    const section = readPageSection(line.text)
    if (section) return { index, section }
    const slip = readMisspeltSection(line.text)
    if (slip) near ??= { index, section: slip, misspelt: line }
  }
  return near
}

/** Lines of a list: those before the first blank line. */
export function listLines(body: readonly TextLine[]): readonly TextLine[] {
  const end = body.findIndex((line) => line.text === '')
  return end < 0 ? body : body.slice(0, end)
}

/** Column labels, longest first, so that "Technique ID" is not read as "ID". */
const labels = columnLabels.map(([label, column]) => [label.toLowerCase(), column] as const)
  .toSorted(([a], [b]) => b.length - a.length)

/** Maximum length of a header, in characters. */
const LONGEST = 250

/** Reads a table header: column labels separated by spaces, and nothing else; undefined for other lines. */
export function readHeader(line: string): readonly PageColumn[] | undefined {
  const { columns, rest } = readLabels(line)
  return columns.length > 1 && rest === '' ? columns : undefined
}

/** Minimum length of a header that is cut off; shorter text is ambiguous. */
const SHORTEST = 4

/** Whether a line is the header of a mapping table that is cut off. */
export function isBrokenHeader(line: string): boolean {
  if (line.length >= SHORTEST && 'Capability ID Capability Description'.startsWith(line)) return true
  const { columns, rest } = readLabels(line)
  return columns[0] === 'capability-id' && columns.length > 1 && rest !== '' && labels.some(([label]) => label.startsWith(rest))
}

function readLabels(line: string): { columns: readonly PageColumn[], rest: string } {
  if (line.length > LONGEST) return { columns: [], rest: line }
  const columns: PageColumn[] = []
  let rest = line.toLowerCase()
  while (rest !== '') {
    const found = labels.find(([label]) => rest === label || rest.startsWith(`${label} `))
    if (!found) break
    columns.push(found[1])
    rest = rest.slice(found[0].length).trimStart()
  }
  return { columns, rest }
}

/** A line of a page: `raw` as written, `text` with single spaces and no margins. */
export interface TextLine {
  /** From 1. */
  readonly number: number
  /** Of the first non-space character, from 1. */
  readonly column: number
  readonly raw: string
  readonly text: string
}

/** Splits a document into lines with their positions. */
export function readTextLines(document: TextDocument): readonly TextLine[] {
  return document.lines.map((raw, index) => {
    const start = raw.search(/[^ ]/)
    return { number: index + 1, column: Math.max(start, 0) + 1, raw, text: tidyLine(raw) }
  })
}

/** A line with single spaces and no margins. */
export function tidyLine(raw: string): string {
  return raw.trim().replace(/ {2,}/g, ' ')
}

/** Position of a line, for origins. */
export function placeOf(line: TextLine): Place {
  return { kind: 'text', line: line.number, column: line.column }
}

/** What is before the technique in a row: a mapping type, or the value of a score. */
const beforeTechnique: ReadonlySet<string> = new Set([
  ...frameworks.flatMap(({ relations }) => relations.map((relation) => relation.toLowerCase())), ...scoreValues,
])

/** Whether a line is a row by its form alone: an id, then a mapping type or score, then a technique. Others may be rows too. */
export function isRowByForm({ text }: TextLine): boolean {
  if (!text.includes(' T')) return false
  const words = text.split(' ')
  const [first = ''] = words
  const at = words.findIndex((word, index) => index > 1 && isTechniqueId(word))
  const isId = /^[\p{L}\p{N}][\p{L}\p{N}._()/-]*$/u.test(first) && /[\d._-]/.test(first) && !first.endsWith('.')
  return at > 1 && isId && beforeTechnique.has((words[at - 1] ?? '').toLowerCase())
}

/** The rows of mapping tables that are rows by their form alone. */
export function seenLines(tables: readonly TextTable[]): readonly SeenRow[] {
  return tables.flatMap(({ kind, body }) => (kind === 'mappings' ? body.filter(isRowByForm) : []))
    .map((line) => ({ place: placeOf(line), end: { line: line.number + 1, column: 1 } }))
}
