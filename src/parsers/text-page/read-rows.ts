import type { TextLine } from './find-tables.js'
import type { SplitRow } from './split-row.js'

/** A row of a mapping table with the note that is printed below it. Without `split` it is a line that is no row. */
export interface TextRow {
  readonly line: TextLine
  readonly split?: SplitRow
  readonly note: TextNote
}

/** Tells rows from other lines. */
interface RowReader {
  /** The line as a row, as far as it can be one. */
  split(text: string): SplitRow | undefined
  /** Whether the line begins as a row does, be it one or not, so that it ends a list of references. */
  startsRow(text: string): boolean
  /** Whether the row is one beyond doubt, so that it ends a comment, and counts behind a blank line. */
  isCertain(row: SplitRow): boolean
}

/** What a page prints in place of rows: "No mappings found for this technique …". */
const NO_ROWS = /^No mappings\b/i

/** What a browser prints below a table that a script has cut into pages. */
const TABLE_END = /^Showing [\d,]+ to [\d,]+ of [\d,]+ rows\b/i

/**
 * Reads the lines of a mapping table: rows, each with the note below it. A blank line and prose end the table, but a certain
 * row behind them still counts. Linear in the lines.
 */
export function readRows(body: readonly TextLine[], reader: RowReader): readonly TextRow[] {
  const readNote = createNoteReader(body, reader)
  const rows: TextRow[] = []
  let open: boolean = true
  let afterBlank = false
  for (let index = 0; index < body.length; index += 1) {
    const line = body[index]
    if (!line || line.text === '') {
      afterBlank = true
      continue
    }
    const split = reader.split(line.text)
    const belongs: boolean = open && !afterBlank && !TABLE_END.test(line.text) && !(rows.length === 0 && NO_ROWS.test(line.text))
    open = belongs || (split !== undefined && reader.isCertain(split))
    afterBlank = false
    if (!open) continue
    const note = readNote(index + 1)
    rows.push({ line, ...(split && { split }), note })
    index = note.end - 1
  }
  return rows
}

/** The note below a row: "Comments", its lines, "References", an address a line. Either part may be missing. */
export interface TextNote {
  readonly comments: readonly TextLine[]
  readonly references: readonly TextLine[]
  /** Where the note ends: the index of the line behind it. */
  readonly end: number
  /** Whether "References" stands in it. */
  readonly isWhole: boolean
}

/** Creates the reader of the notes in a table: it is given where a row ends, as an index into the table's lines. */
function createNoteReader(body: readonly TextLine[], reader: RowReader): (start: number) => TextNote {
  const markers = findMarkers(body)
  return (start) => {
    const commentsAt = skipBlank(body, start)
    const hasComments = body[commentsAt]?.text === 'Comments'
    const commentsEnd = hasComments ? findCommentsEnd(body, commentsAt + 1, markers, reader) : start
    const comments = hasComments ? body.slice(commentsAt + 1, commentsEnd) : []
    const referencesAt = skipBlank(body, commentsEnd)
    if (body[referencesAt]?.text !== 'References') return { comments, references: [], end: commentsEnd, isWhole: false }
    const end = findReferencesEnd(body, referencesAt + 1, reader)
    return { comments, references: body.slice(referencesAt + 1, end), end, isWhole: true }
  }
}

/** For each line, where the next "Comments" or "References" stands at or behind it. */
function findMarkers(body: readonly TextLine[]): readonly (number | undefined)[] {
  const markers: (number | undefined)[] = []
  let next: number | undefined
  for (let index = body.length - 1; index >= 0; index -= 1) {
    const text = body[index]?.text
    if (text === 'Comments' || text === 'References') next = index
    markers[index] = next
  }
  return markers
}

/**
 * Comments run to "References" where that comes next, whatever stands between. Else they end at the next certain row or,
 * where none follows, at the first blank line.
 */
function findCommentsEnd(
  body: readonly TextLine[], start: number, markers: readonly (number | undefined)[], reader: RowReader,
): number {
  const marker = markers[start]
  if (marker !== undefined && body[marker]?.text === 'References') return marker
  let blank: number | undefined
  for (let index = start; index < body.length; index += 1) {
    const text = body[index]?.text ?? ''
    if (text === '') blank ??= index
    const split = text === '' ? undefined : reader.split(text)
    if (split && reader.isCertain(split)) return index
  }
  return blank ?? body.length
}

/** References end at a blank line or at the next row, even a broken one. */
function findReferencesEnd(body: readonly TextLine[], start: number, reader: RowReader): number {
  for (let index = start; index < body.length; index += 1) {
    const text = body[index]?.text ?? ''
    if (text === '' || text === 'Comments' || (!text.includes('://') && reader.startsRow(text))) return index
  }
  return body.length
}

function skipBlank(body: readonly TextLine[], start: number): number {
  let index = start
  while (body[index]?.text === '') index += 1
  return index
}
