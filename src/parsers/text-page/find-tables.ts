import type { TextDocument } from '../../formats/decoded.js'
import type { Place } from '../../model/origin.js'
import { columnLabels, detectPageTable, type PageColumn, type PageSection, type PageTableKind, readPageSection } from '../page/page-table.js'

/** A table of a page: its columns, the section that it stands in, and the lines from its header to the next section. */
export interface TextTable {
  readonly kind: PageTableKind
  readonly columns: readonly PageColumn[]
  readonly section: PageSection | undefined
  readonly header: TextLine
  readonly body: readonly TextLine[]
}

/** How many lines may stand between a section's heading and the header of its table: badges, a notice, an introduction. */
const REACH = 14

/** Finds a page's tables by their headers. A table's body ends where the next section's heading, or table, begins. */
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
    return { kind, columns, section: section?.section, header, body }
  })
}

/** The nearest section heading above a header, but not at or above `after`. */
function findSection(
  lines: readonly TextLine[], header: number, after: number,
): { index: number, section: PageSection } | undefined {
  for (let index = header - 1; index > after; index -= 1) {
    const section = readPageSection(lines[index]?.text ?? '')
    // A heading stands by itself: a comment's line that reads like one does not.
    if (section && (lines[index - 1]?.text ?? '') === '') return { index, section }
  }
  return undefined
}

/** A list's lines: those before the first blank one. */
export function listLines(body: readonly TextLine[]): readonly TextLine[] {
  const end = body.findIndex((line) => line.text === '')
  return end < 0 ? body : body.slice(0, end)
}

/** Labels with the longest first, so that "Technique ID" is not read as "ID". */
const labels = columnLabels.map(([label, column]) => [label.toLowerCase(), column] as const)
  .toSorted(([a], [b]) => b.length - a.length)

/** No header is longer. */
const LONGEST = 250

/** Reads a line as a table's header: column labels and nothing else, joined by spaces. Undefined where it is none. */
export function readHeader(line: string): readonly PageColumn[] | undefined {
  const { columns, rest } = readLabels(line)
  return columns.length > 1 && rest === '' ? columns : undefined
}

/** A shorter beginning of a header could be the beginning of anything. */
const SHORTEST = 4

/** Whether a line begins as a mapping table's header does and then breaks off. */
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

/** A line of a page: as it stands, and with single spaces and no margins, which is what is read. */
export interface TextLine {
  /** From 1. */
  readonly number: number
  /** Of the first character that is not a space, from 1. */
  readonly column: number
  readonly raw: string
  readonly text: string
}

/** A document's lines, ready for reading. */
export function readTextLines(document: TextDocument): readonly TextLine[] {
  return document.lines.map((raw, index) => {
    const start = raw.search(/[^ ]/)
    return { number: index + 1, column: Math.max(start, 0) + 1, raw, text: raw.trim().replace(/ {2,}/g, ' ') }
  })
}

/** Where a line stands, for origins. */
export function placeOf(line: TextLine): Place {
  return { kind: 'text', line: line.number, column: line.column }
}
