import { measureText, wrapText } from './measure-text.js'
import type { PlannedCell, PlannedTactic } from './plan-tactics.js'

// Relative to the font size.
export const lineHeight = 1.17
export const padding = 0.32
export const indent = 0.85
const gap = 0.14

/** A cell with its lines of text. `height` includes the gap below it. */
export interface FittedCell {
  readonly cell: PlannedCell
  readonly lines: readonly string[]
  readonly shortened: boolean
  readonly height: number
}

/** Wraps the names of cells to a column's width. */
export function fitCells(cells: readonly PlannedCell[], width: number, size: number, mostLines: number): readonly FittedCell[] {
  return cells.map((cell) => {
    const inner = width - 2 * padding * size - (cell.kind === 'sub-technique' ? indent * size : 0)
    const mark = cell.mark === '' ? 0 : measureText(cell.mark, size, 'bold') + padding * size
    const first = Math.max(0, inner - mark)
    const { lines, shortened } = wrapText(cell.name, { size, weight: 'regular', width: inner, first, mostLines })
    return { cell, lines, shortened, height: cellHeight(lines.length, size) + gap * size }
  })
}

/** The height of a cell with this number of lines, without the gap below it. */
export function cellHeight(lines: number, size: number): number {
  return lines * lineHeight * size + 2 * padding * size * 0.7
}

/** Fills columns of a height from top to bottom. A technique is never separated from its first sub-technique. */
export function fillColumns(cells: readonly FittedCell[], height: number): readonly (readonly FittedCell[])[] {
  const columns: FittedCell[][] = [[]]
  let used = 0
  for (const [index, fitted] of cells.entries()) {
    const next = cells[index + 1]
    const isHead = fitted.cell.kind === 'technique' && next?.cell.kind === 'sub-technique'
    const needed = fitted.height + (isHead ? next.height : 0)
    if (used > 0 && used + needed > height) {
      columns.push([])
      used = 0
    }
    columns.at(-1)?.push(fitted)
    used += fitted.height
  }
  return columns
}

/** Fills the same number of columns as `fillColumns`, as evenly as possible. */
export function evenColumns(cells: readonly FittedCell[], height: number): readonly (readonly FittedCell[])[] {
  const most = fillColumns(cells, height)
  if (most.length === 1) return most
  let [low, high] = [height / (most.length * 2), height]
  for (let step = 0; step < 12; step += 1) {
    const middle = (low + high) / 2
    if (fillColumns(cells, middle).length > most.length) low = middle
    else high = middle
  }
  return fillColumns(cells, high)
}

const mostHeadingLines = 3
// Relative to the font size of cells.
const [largest, smallest] = [1.05, 0.8]

/** The font size of tactics' names: a little larger than that of cells, unless "Reconnaissance" would have to be broken. */
export function headingSize(tactics: readonly PlannedTactic[], columnWidth: number, size: number): number {
  const inner = columnWidth - 2 * padding * size
  const widest = Math.max(0, ...tactics.flatMap(({ name }) => name.split(' ').map((word) => measureText(word, 1, 'bold'))))
  return size * Math.min(largest, Math.max(smallest, widest === 0 ? largest : inner / widest / size))
}

/** The lines of a tactic's name. */
export function wrapHeading({ name }: PlannedTactic, width: number, size: number): readonly string[] {
  return wrapText(name, { size, weight: 'bold', width, first: width, mostLines: mostHeadingLines }).lines
}

/** The height of the headings with the space below them: the longest name in a single column, and a line of counts. */
export function headingsHeight(tactics: readonly PlannedTactic[], columnWidth: number, size: number): number {
  const large = headingSize(tactics, columnWidth, size)
  const inner = columnWidth - 2 * padding * size
  const lines = Math.max(1, ...tactics.map((tactic) => wrapHeading(tactic, inner, large).length))
  return lines * lineHeight * large + lineHeight * size + 3 * padding * size
}
