import type { ColumnKind } from './analysis-report.js'
import { longestBar, percentWidth } from './draw-share.js'

/** What a column of a text table asks for: the width of its widest cell and of its title; of a `share`, without the bar. */
export interface ColumnNeed {
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
