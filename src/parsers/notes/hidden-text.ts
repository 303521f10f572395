import { type NoteBlock, type NoteSpan, spanOf } from './note-block.js'

/** What stands between two lines of dashes at the beginning of notes: names and values, as many tools write them. */
interface FrontMatter {
  /** How many lines it takes, with the dashes; 0 where there is none. */
  readonly lines: number
  readonly title?: string
  readonly blocks: readonly NoteBlock[]
}

/** Front matter is not longer. */
const LONGEST = 200

/** Reads front matter. Each of its lines stands for itself. */
export function readFrontMatter(lines: readonly string[]): FrontMatter {
  const none: FrontMatter = { lines: 0, blocks: [] }
  if (lines[0]?.trimEnd() !== '---' || !/^[\w-]+:(?: |$)/.test(lines[1] ?? '')) return none
  const end = lines.slice(1, LONGEST).findIndex((line) => /^(?:---|\.\.\.) *$/.test(line))
  if (end < 0) return none
  const inner = lines.slice(1, end + 1)
  const title = inner.flatMap((line) => readTitle(line) ?? [])[0]
  const blocks = inner.map((line, index): NoteBlock => ({ kind: 'text', span: spanOf(line.trimEnd(), index + 2, 1) }))
  return { lines: end + 2, blocks, ...(title !== undefined && { title }) }
}

function readTitle(line: string): string | undefined {
  if (!/^title: /i.test(line)) return undefined
  const value = line.slice(line.indexOf(':') + 1).trim()
  const quote = value.charAt(0)
  const title = /^["']$/.test(quote) && value.length > 1 && value.endsWith(quote) ? value.slice(1, -1).trim() : value
  return title === '' ? undefined : title
}

/** Takes comments (`<!-- … -->`), which no reader of the notes sees, out of lines that come one after another. */
interface CommentMask {
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
