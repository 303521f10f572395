import type { TextDocument } from '../../formats/decoded.js'
import type { Place } from '../../model/origin.js'

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
