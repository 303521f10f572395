import { type NoteBlock, type NoteSpan, spanOf } from './note-block.js'

/** Front matter: names and values between two lines `---` at the beginning of a document. */
interface FrontMatter {
  /** Number of lines including the delimiters; 0 if there is none. */
  readonly lines: number
  readonly title?: string
  readonly blocks: readonly NoteBlock[]
}

/** Maximum number of lines of front matter. */
const LONGEST = 200

/** Reads front matter. Each of its lines is a block. */
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

/** Removes HTML comments (`<!-- … -->`), which rendered notes do not show, from consecutive lines. */
interface CommentMask {
  /** The line with spaces in place of comments, whose text is added to `hidden`. */
  mask(line: string, number: number): string
  readonly hidden: readonly NoteSpan[]
}

/** Creates the mask of a document's lines. An unclosed comment is ordinary text. */
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
