import type { Place } from '../../model/origin.js'

/** Start of a line: offset in the text of its block, line and column in the document. */
interface LineStart {
  readonly offset: number
  readonly line: number
  readonly column: number
}

/** Lines of a document that belong together, without margins and markers, joined by \n. */
export interface NoteSpan {
  readonly text: string
  readonly starts: readonly LineStart[]
}

/** A list item and the item in which it is nested. */
export interface NoteItem {
  readonly parent?: NoteItem
  /** Indentation of its marker. */
  readonly indent: number
  /** First paragraph of the item. */
  readonly span: NoteSpan
}

/** A table written with pipes. */
export interface NoteTable {
  /** Cells of the header above the delimiter row; empty without one. */
  readonly titles: readonly string[]
}

/** Contexts in which technique ids are not mappings. */
export type Aside = 'code' | 'comment' | 'citation' | 'titles'

/** A block of notes. `aside` is content outside the running text. */
export type NoteBlock =
  | { readonly kind: 'heading'; readonly level: number; readonly span: NoteSpan }
  | { readonly kind: 'text'; readonly span: NoteSpan; readonly item?: NoteItem }
  | { readonly kind: 'row'; readonly span: NoteSpan; readonly table: NoteTable }
  | { readonly kind: 'aside'; readonly because: Aside; readonly span: NoteSpan; readonly label?: string }

/** Place in the document of an offset into a span's text. */
export function placeInSpan({ starts }: NoteSpan, offset: number): Place {
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >>> 1
    if ((starts[middle]?.offset ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  const start = starts[low] ?? { offset: 0, line: 1, column: 1 }
  return { kind: 'text', line: start.line, column: start.column + offset - start.offset }
}

/** A span that is still being read. Its text is joined on access, so that adding lines takes linear time. */
export interface GrowingSpan extends NoteSpan {
  readonly lines: number
  add(text: string, line: number, column: number): void
}

/** Creates an empty span. */
export function createSpan(): GrowingSpan {
  const parts: string[] = []
  const starts: { offset: number; line: number; column: number }[] = []
  let length = 0
  let joined: string | undefined
  return {
    get text() {
      return joined ??= parts.join('\n')
    },
    get lines() {
      return parts.length
    },
    starts,
    add(text, line, column) {
      starts.push({ offset: length, line, column })
      parts.push(text)
      length += text.length + 1
      joined = undefined
    },
  }
}

/** A span of one line. */
export function spanOf(text: string, line: number, column: number): NoteSpan {
  return { text, starts: [{ offset: 0, line, column }] }
}
