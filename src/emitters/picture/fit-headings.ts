import { lineHeight, padding } from './fit-cells.js'
import { measureText } from './measure-text.js'
import type { PlannedTactic } from './plan-tactics.js'
import { wrapText } from './wrap-text.js'

const mostLines = 3
// In parts of the size of cells' text.
const [largest, smallest] = [1.05, 0.8]

/** The size of tactics' names: a little larger than cells' text, but so that "Reconnaissance" need not be broken. */
export function headingSize(tactics: readonly PlannedTactic[], columnWidth: number, size: number): number {
  const inner = columnWidth - 2 * padding * size
  const widest = Math.max(0, ...tactics.flatMap(({ name }) => name.split(' ').map((word) => measureText(word, 1, 'bold'))))
  return size * Math.min(largest, Math.max(smallest, widest === 0 ? largest : inner / widest / size))
}

/** The lines of a tactic's name. */
export function wrapHeading({ name }: PlannedTactic, width: number, size: number): readonly string[] {
  return wrapText(name, { size, weight: 'bold', width, first: width, mostLines }).lines
}

/** How high the headings are, with the space below them: the longest name in a single column, and a line of counts. */
export function headingsHeight(tactics: readonly PlannedTactic[], columnWidth: number, size: number): number {
  const large = headingSize(tactics, columnWidth, size)
  const inner = columnWidth - 2 * padding * size
  const lines = Math.max(1, ...tactics.map((tactic) => wrapHeading(tactic, inner, large).length))
  return lines * lineHeight * large + lineHeight * size + 3 * padding * size
}
