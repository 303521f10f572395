import type { ColumnKind } from './analysis-report.js'

/** What a column of a text table asks for: the width of its widest cell and of its title. */
export interface ColumnNeed {
  readonly kind: ColumnKind
  readonly width: number
}

const narrowestText = 16

/**
 * Widths for columns side by side within `room`: all that they need where there is room; else the widest columns of text are
 * cut down to the same width. Undefined where text would become too narrow to read: then its columns go below one another.
 */
export function fitColumns(needs: readonly ColumnNeed[], room: number): readonly number[] | undefined {
  const total = needs.reduce((sum, { width }) => sum + width, 0)
  if (total <= room) return needs.map(({ width }) => width)
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
