import type { TextLine } from './find-tables.js'
import type { SplitRow } from './split-row.js'

/** A line of a mapping table and the note printed below it. `split` is absent if the line is not a row. */
export interface TextRow {
  readonly line: TextLine
  readonly split?: SplitRow
  readonly note: TextNote
}

/** Distinguishes rows from other lines. */
interface RowReader {
  /** Splits a line into cells; undefined if it cannot be a row. */
  split(text: string): SplitRow | undefined
  /** Whether the line begins like a row, even a damaged one, and so ends a list of references. */
  startsRow(text: string): boolean
  /** Whether the row is unambiguous, so that it ends a comment and counts after a blank line. */
  isCertain(row: SplitRow): boolean
}

/** Placeholder of an empty table: "No mappings found for this technique …". */
const NO_ROWS = /^No mappings\b/i

/** Line below a table that a script has split into pages. */
const TABLE_END = /^Showing [\d,]+ to [\d,]+ of [\d,]+ rows\b/i

/**
 * Reads the rows of a mapping table, each with the note below it. Blank lines and prose end the table, but an unambiguous row
 * after them still counts. Takes linear time.
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

/** The note below a row: "Comments", its lines, "References", one URL per line. Either part may be absent. */
export interface TextNote {
  readonly comments: readonly TextLine[]
  readonly references: readonly TextLine[]
  /** Index of the line after the note. */
  readonly end: number
  /** Whether the note contains the line "References". */
  readonly hasReferences: boolean
}

/** Creates a reader of a table's notes; it takes the index of the line after a row. */
function createNoteReader(body: readonly TextLine[], reader: RowReader): (start: number) => TextNote {
  const markers = findMarkers(body)
  return (start) => {
    const commentsAt = skipBlank(body, start)
    const hasComments = body[commentsAt]?.text === 'Comments'
    const commentsEnd = hasComments ? findCommentsEnd(body, commentsAt + 1, markers, reader) : start
    const comments = hasComments ? body.slice(commentsAt + 1, commentsEnd) : []
    const referencesAt = skipBlank(body, commentsEnd)
    if (body[referencesAt]?.text !== 'References') return { comments, references: [], end: commentsEnd, hasReferences: false }
    const end = findReferencesEnd(body, referencesAt + 1, reader)
    return { comments, references: body.slice(referencesAt + 1, end), end, hasReferences: true }
  }
}

/** For each line, the index of the first "Comments" or "References" at or after it. */
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
 * Comments extend to "References" if that is the next marker, whatever is in between. Otherwise they end at the next
 * unambiguous row or, if none follows, at the first blank line.
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

/** References end at a blank line or at the next row, even a damaged one. */
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
