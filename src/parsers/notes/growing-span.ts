import type { NoteSpan } from './note-block.js'

/** A span that is still being read. Its text is joined when it is asked for, so that adding lines takes linear time. */
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
