import type { NoteSpan } from './note-block.js'
import { spanOf } from './growing-span.js'

/** Takes comments (`<!-- … -->`), which no reader of the notes sees, out of lines that come one after another. */
export interface CommentMask {
  /** The line with blanks in place of comments. What they say is in `hidden` afterwards. */
  mask(line: string, number: number): string
  readonly hidden: readonly NoteSpan[]
}

/** Creates the mask of a document's lines. A comment that is never closed is none. */
export function createCommentMask(lines: readonly string[]): CommentMask {
  const lastEnd = lines.findLastIndex((line) => line.includes('-->'))
  const hidden: NoteSpan[] = []
  let inside = false
  return {
    hidden,
    mask(line, number) {
      if (number - 1 > lastEnd) {
        inside = false
        return line
      }
      let visible = ''
      let at = 0
      while (at < line.length) {
        const next = line.indexOf(inside ? '-->' : '<!--', at)
        const end = next < 0 ? line.length : inside ? next + 3 : next
        const piece = line.slice(at, end)
        if (inside) hidden.push(spanOf(piece, number, at + 1))
        visible += inside ? ' '.repeat(piece.length) : piece
        if (next < 0) break
        if (!inside && number - 1 === lastEnd && !line.includes('-->', end)) return visible + line.slice(end)
        inside = !inside
        at = end
      }
      return visible
    },
  }
}
