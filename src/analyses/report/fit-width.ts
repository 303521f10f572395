import type { Palette } from '../../diagnostics/reporters/terminal-text.js'
import type { ColumnKind } from './analysis-report.js'

/** The width of a share in words. */
export const percentWidth = 4
/** A bar of more columns says nothing more. */
const longestBar = 24
const shortestBar = 3

/** A drawn share with its bar coloured and the rest of the bar faint. */
export function paintShare(drawn: string, { note, faint }: Pick<Palette, 'note' | 'faint'>): string {
  return drawn.replace(/[█#]+/, note).replace(/[░.]+$/, faint)
}

/** A share of a whole in words: "27%"; what is more than nothing is never "0%", what is less than all never "100%". */
function formatPercent(share: number): string {
  if (share > 0 && share < 0.005) return '<1%'
  if (share < 1 && share >= 0.995) return '>99%'
  return `${Math.round(share * 100)}%`
}

/** A share (0 to 1) in words and, where there is room for one, as a bar: " 27% ███░░░░░". Without Unicode: " 27% ###.....". */
export function drawShare(share: number, width: number, unicode: boolean): string {
  const percent = formatPercent(share).padStart(percentWidth)
  const room = Math.min(longestBar, width - percentWidth - 1)
  if (room < shortestBar) return percent
  const [full, empty] = unicode ? ['█', '░'] : ['#', '.']
  // Something is at least one block, and not all leaves at least one.
  const least = share > 0 ? 1 : 0
  const most = share < 1 ? room - 1 : room
  const blocks = Math.max(least, Math.min(most, Math.round(share * room)))
  return `${percent} ${full.repeat(blocks)}${empty.repeat(room - blocks)}`
}

/** What a column of a text table asks for: the width of its widest cell and of its title; of a `share`, without the bar. */
interface ColumnNeed {
  readonly kind: ColumnKind
  readonly width: number
}

const narrowestText = 16
const widestShare = percentWidth + 1 + longestBar

/**
 * Widths for columns side by side within `room`: all that they need where there is room; else the widest columns of text are
 * cut down to the same width. Room that is left goes to the bars of shares. Undefined where text would become too narrow to
 * read: then its columns go below one another.
 */
export function fitColumns(needs: readonly ColumnNeed[], room: number): readonly number[] | undefined {
  const total = needs.reduce((sum, { width }) => sum + width, 0)
  if (total <= room) return growBars(needs, room - total)
  const flexible = needs.filter(isFlexible)
  const fixed = total - flexible.reduce((sum, { width }) => sum + width, 0)
  const cap = highestCap(flexible.map(({ width }) => width), room - fixed)
  if (cap < narrowestText) return undefined
  return needs.map((need) => (isFlexible(need) ? Math.min(need.width, cap) : need.width))
}

/** Whether a column's cells may be shortened. */
export function isFlexible({ kind }: Pick<ColumnNeed, 'kind'>): boolean {
  return kind === 'text' || kind === 'url'
}

/** Shares side by side are as wide as one another, so that their bars can be compared. */
function growBars(needs: readonly ColumnNeed[], left: number): readonly number[] {
  const shares = needs.filter(({ kind }) => kind === 'share')
  const widest = shares.reduce((most, { width }) => Math.max(most, width), 0)
  const all = shares.reduce((sum, { width }) => sum + width, left)
  const equal = Math.min(Math.max(widest, widestShare), Math.floor(all / Math.max(1, shares.length)))
  return needs.map(({ kind, width }) => (kind === 'share' && equal >= widest ? equal : width))
}

/** The width that the widest share, such that all together fit: what the narrow ones leave is theirs. */
function highestCap(widths: readonly number[], room: number): number {
  let left = room
  let open = widths.length
  for (const width of widths.toSorted((a, b) => a - b)) {
    const share = Math.floor(left / open)
    if (width > share) return share
    left -= width
    open -= 1
  }
  return open === 0 && left >= 0 ? Number.POSITIVE_INFINITY : 0
}

/** Breaks a text between words so that no line is longer than `width`; a word that is stays whole. */
export function wrapText(text: string, width: number): string {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`
    if (line !== '' && textWidth(longer) > width) {
      lines.push(line)
      line = word
    } else {
      line = longer
    }
  }
  return [...lines, line].join('\n')
}

// One unit a character.
const plain = /^[\x20-\x7e]*$/

/** How many columns of a terminal a text takes, as far as code points tell. */
export function textWidth(text: string): number {
  return plain.test(text) ? text.length : Array.from(text).length
}

/** The text in at most so many columns, ending in "…" where something was cut; never half a character. */
export function fitText(text: string, width: number): string {
  if (textWidth(text) <= width) return text
  return `${Array.from(text).slice(0, Math.max(0, width - 1)).join('').trimEnd()}…`
}
