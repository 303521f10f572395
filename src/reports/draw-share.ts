import type { Palette } from '../diagnostics/reporters/palette.js'

/** The width of a share in words. */
export const percentWidth = 4
/** A bar of more columns says nothing more. */
export const longestBar = 24
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
