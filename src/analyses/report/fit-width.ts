import type { Palette } from '../../diagnostics/reporters/terminal-text.js'
import type { ColumnKind } from '../../model/report-table.js'

/** The width of a share as a percentage. */
export const percentWidth = 4
/** Longer bars show no more. */
const longestBar = 24
const shortestBar = 3

/** Colours the bar of a drawn share, and dims the rest of it. */
export function paintShare(drawn: string, { note, faint }: Pick<Palette, 'note' | 'faint'>): string {
  return drawn.replace(/[█#]+/, note).replace(/[░.]+$/, faint)
}

/** A share as a percentage: "27%". Only nothing is "0%", and only all is "100%". */
function formatPercent(share: number): string {
  if (share > 0 && share < 0.005) return '<1%'
  if (share < 1 && share >= 0.995) return '>99%'
  return `${Math.round(share * 100)}%`
}

/** A share (0 to 1) as a percentage, with a bar if there is room: " 27% ███░░░░░". Without Unicode: " 27% ###.....". */
export function drawShare(share: number, width: number, unicode: boolean): string {
  const percent = formatPercent(share).padStart(percentWidth)
  const room = Math.min(longestBar, width - percentWidth - 1)
  if (room < shortestBar) return percent
  const [full, empty] = unicode ? ['█', '░'] : ['#', '.']
  // At least one block if the share is above 0, and at least one empty if it is below 1.
  const least = share > 0 ? 1 : 0
  const most = share < 1 ? room - 1 : room
  const blocks = Math.max(least, Math.min(most, Math.round(share * room)))
  return `${percent} ${full.repeat(blocks)}${empty.repeat(room - blocks)}`
}

/** The width that a column needs for its widest cell and its title; for a `share`, without the bar. */
interface ColumnNeed {
  readonly kind: ColumnKind
  readonly width: number
}

const narrowestText = 16
const widestShare = percentWidth + 1 + longestBar

/**
 * Fits columns into `room`: each gets the width that it needs; if there is too little room, the widest text columns are cut to the same
 * width. Bars of shares use the remaining room. Undefined if text columns would become too narrow to read: they then go on lines of
 * their own.
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

/** Gives all shares the same width, so that their bars can be compared. */
function growBars(needs: readonly ColumnNeed[], left: number): readonly number[] {
  const shares = needs.filter(({ kind }) => kind === 'share')
  const widest = shares.reduce((most, { width }) => Math.max(most, width), 0)
  const all = shares.reduce((sum, { width }) => sum + width, left)
  const equal = Math.min(Math.max(widest, widestShare), Math.floor(all / Math.max(1, shares.length)))
  return needs.map(({ kind, width }) => (kind === 'share' && equal >= widest ? equal : width))
}

/** The largest cap on widths such that all fit: wide columns share the room that narrow ones leave. */
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

/** Wraps a text between words into lines of at most `width`; longer words stay whole. */
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

/** Texts with one code unit per column. */
const plain = /^[\x20-\x7e]*$/

/** The terminal columns of a text: one per code point, an approximation. */
export function textWidth(text: string): number {
  return plain.test(text) ? text.length : Array.from(text).length
}

/** Cuts a text to `width` columns, ending in "…", without splitting a surrogate pair. */
export function fitText(text: string, width: number): string {
  if (textWidth(text) <= width) return text
  return `${Array.from(text).slice(0, Math.max(0, width - 1)).join('').trimEnd()}…`
}
