import { createNoteReader, type TextNote } from './read-note.js'
import type { SplitRow } from './split-row.js'
import type { TextLine } from './text-lines.js'

/** A row of a mapping table with the note that is printed below it. Without `split` it is a line that is no row. */
export interface TextRow {
  readonly line: TextLine
  readonly split?: SplitRow
  readonly note: TextNote
}

/** Tells rows from other lines. */
export interface RowReader {
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
