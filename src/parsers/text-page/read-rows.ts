import type { SplitRow } from './split-row.js'
import type { TextLine } from './text-lines.js'

/** A row of a mapping table with the note that is printed below it. */
export interface TextRow {
  readonly line: TextLine
  readonly split: SplitRow
  readonly comments: readonly string[]
  readonly references: readonly string[]
}

/** What a table's lines hold. */
export interface RowReading {
  readonly rows: readonly TextRow[]
  /** Lines that stand where a row must stand and are none. */
  readonly unreadable: readonly TextLine[]
  /** The last note breaks off before its references, which other notes of the table have. */
  readonly brokenNote?: TextLine
}

/** Tells rows from other lines. */
export interface RowReader {
  /** The line as a row, as far as it can be one. */
  split(text: string): SplitRow | undefined
  /** Whether the row is one beyond doubt, so that it ends a comment. */
  isCertain(row: SplitRow): boolean
}

/**
 * Reads a mapping table: rows, each with its note below it ("Comments", its lines, "References", an address a line).
 * Comments run to "References" where that follows; else to the next certain row. A blank line and prose end the table, but
 * a certain row behind them still counts.
 */
export function readRows(body: readonly TextLine[], reader: RowReader): RowReading {
  const rows: Writable<TextRow>[] = []
  const unreadable: TextLine[] = []
  const markers = findMarkers(body)
  let open = true
  let afterBlank = false
  let brokenNote: TextLine | undefined
  let index = 0
  while (index < body.length) {
    const line = body[index]
    if (!line) break
    index += 1
    const last = rows.at(-1)
    if (line.text === '') {
      afterBlank = true
      continue
    }
    if (open && last && line.text === 'Comments' && last.comments.length === 0) {
      const marker = markers[index]
      const toReferences = marker !== undefined && body[marker]?.text === 'References'
      const end = toReferences ? marker : findCommentEnd(body, index, reader)
      last.comments = body.slice(index, end).map(({ raw }) => raw.trim())
      brokenNote = toReferences ? undefined : body[end - 1]
      index = end
      afterBlank = false
      continue
    }
    if (open && last && line.text === 'References' && last.references.length === 0) {
      const end = findReferencesEnd(body, index, reader)
      last.references = body.slice(index, end).map(({ text }) => text)
      brokenNote = undefined
      index = end
      afterBlank = false
      continue
    }
    const split = reader.split(line.text)
    if (split && ((open && !afterBlank) || reader.isCertain(split))) {
      rows.push({ line, split, comments: [], references: [] })
      brokenNote = undefined
      open = true
    } else if (!open || afterBlank || rows.length + unreadable.length === 0) {
      open = false
    } else {
      unreadable.push(line)
    }
    afterBlank = false
  }
  const hasReferences = body.some((line) => line.text === 'References')
  return { rows, unreadable, ...(brokenNote && hasReferences && { brokenNote }) }
}

type Writable<Type> = { -readonly [Key in keyof Type]: Type[Key] }

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

/** Where a comment without references ends: at a certain row, or at a blank line behind which no row comes. */
function findCommentEnd(body: readonly TextLine[], start: number, reader: RowReader): number {
  let blank: number | undefined
  for (let index = start; index < body.length; index += 1) {
    const text = body[index]?.text ?? ''
    if (text === '') {
      blank ??= index
      continue
    }
    const split = reader.split(text)
    if (split && reader.isCertain(split)) return index
  }
  return blank ?? body.length
}

/** References end at a blank line or at the next row. */
function findReferencesEnd(body: readonly TextLine[], start: number, reader: RowReader): number {
  for (let index = start; index < body.length; index += 1) {
    const text = body[index]?.text ?? ''
    if (text === '' || text === 'Comments') return index
    if (!text.includes('://') && reader.split(text)) return index
  }
  return body.length
}
