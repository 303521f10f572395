import type { RowReader } from './read-rows.js'
import type { TextLine } from './text-lines.js'

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
export function createNoteReader(body: readonly TextLine[], reader: RowReader): (start: number) => TextNote {
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
