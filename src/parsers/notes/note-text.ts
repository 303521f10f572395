import type { AttackIndex } from '../../attack/attack-index.js'
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

/** Technique names of ATT&CK, to distinguish them from capability names. */
export interface TechniqueNames {
  /** Whether a text is the name of the technique in any release. */
  isNameOf(id: string, text: string): boolean
  /** The technique's name as printed directly before or after its id; undefined if it is not a name in ATT&CK. */
  beside(id: string, text: string, start: number, end: number): string | undefined
}

/** Maximum length of a name with its markup, in characters. */
const REACH = 200

/** Creates the names of an index; without one, no text is a name. */
export function createTechniqueNames(attack: AttackIndex | undefined): TechniqueNames {
  const known = new Map<string, readonly string[]>()

  function namesOf(id: string): readonly string[] {
    const key = id.toUpperCase()
    const ready = known.get(key)
    if (ready) return ready
    const own = ownNames(key)
    const parents = key.includes('.') ? ownNames(key.slice(0, 5)) : []
    const names = [...own, ...parents.flatMap((parent) => own.map((name) => `${parent}: ${name}`))]
    const longestFirst = names.toSorted((a, b) => b.length - a.length)
    known.set(key, longestFirst)
    return longestFirst
  }

  function ownNames(id: string): readonly string[] {
    return [...new Set(attack?.history(id).map(({ technique }) => technique.name.toLowerCase()))]
  }

  return {
    isNameOf: (id, text) => namesOf(id).includes(text.toLowerCase()),
    beside(id, text, start, end) {
      const names = namesOf(id)
      if (names.length === 0) return undefined
      return nameBefore(names, text.slice(Math.max(0, start - REACH), start)) ?? nameAfter(names, text.slice(end, end + REACH))
    },
  }
}

/** "PowerShell (T1059.001)", "**PowerShell** T1059.001", "[PowerShell](https://attack.mitre.org/techniques/T1059/001)". */
function nameBefore(names: readonly string[], before: string): string | undefined {
  const text = before
    .replace(/\]\(<?(?:https?:\/\/)?attack\.mitre\.org\/[^\s()]*$/i, '')
    .replace(/(?<![\s([:–—`*_|-])[\s([:–—`*_|-]{1,6}$/, '')
    .replaceAll(/\s/g, ' ')
  const folded = text.toLowerCase()
  const name = names.find((candidate) => folded.endsWith(candidate) && !/[\p{L}\p{N}]$/u.test(folded.slice(0, -candidate.length)))
  return name === undefined ? undefined : text.slice(-name.length)
}

/** "T1059.001 PowerShell", "T1059.001: PowerShell", "[T1059.001](…) (PowerShell)". */
function nameAfter(names: readonly string[], after: string): string | undefined {
  const text = after.replace(/^\]\([^\s()]*\)/, '').replace(/^[\s()\]:–—`*_|-]{1,6}/, '').replaceAll(/\s/g, ' ')
  const folded = text.toLowerCase()
  const name = names.find((candidate) => folded.startsWith(candidate) && !/^[\p{L}\p{N}]/u.test(folded.slice(candidate.length)))
  return name === undefined ? undefined : text.slice(0, name.length)
}
