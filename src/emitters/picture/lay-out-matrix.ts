import { evenColumns, fillColumns, fitCells, type FittedCell, headingsHeight, headingSize, padding, wrapHeading } from './fit-cells.js'
import type { PageSize } from './picture-options.js'
import type { PictureBox } from './picture.js'
import type { PlannedTactic } from './plan-tactics.js'

/** The part of a page that a matrix may fill. */
export type Area = Pick<PictureBox, 'x' | 'y' | 'width' | 'height'>

/** A tactic with its columns, from left to right. `width` is that of all of them together. */
export interface LaidTactic {
  readonly tactic: PlannedTactic
  readonly x: number
  readonly width: number
  readonly heading: readonly string[]
  readonly columns: readonly (readonly FittedCell[])[]
}

/** Where everything of a matrix goes. */
export interface MatrixLayout {
  readonly size: number
  /** The size of tactics' names: the same for all, and small enough for their longest words. */
  readonly headingSize: number
  readonly headingHeight: number
  readonly columnWidth: number
  readonly columnGap: number
  readonly tactics: readonly LaidTactic[]
}

// In parts of the text's size: narrower columns would break words.
const narrowestColumn = 9
const columnGap = 0.25
const tacticGap = 0.7

/** Lays a matrix out with the largest text for which all of it fits; undefined where it does not even with the smallest. */
export function layOutMatrix(
  tactics: readonly PlannedTactic[], area: Area, page: PageSize, mostLines: number,
): MatrixLayout | undefined {
  let found = layOutAt(page.smallest, tactics, area, mostLines)
  if (!found) return undefined
  let [low, high] = [0, Math.round((page.largest - page.smallest) / page.step)]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    const layout = layOutAt(page.smallest + middle * page.step, tactics, area, mostLines)
    if (layout) [found, low] = [layout, middle]
    else high = middle - 1
  }
  return found
}

/** The layout with text of a size, in as few columns as hold everything. */
function layOutAt(size: number, tactics: readonly PlannedTactic[], area: Area, mostLines: number): MatrixLayout | undefined {
  for (let columns = tactics.length; ; ) {
    const width = columnWidth(columns, tactics.length, size, area)
    const height = area.height - headingsHeight(tactics, width, size)
    if (width < narrowestColumn * size || height <= 0) return undefined
    const fitted = tactics.map(({ cells }) => fitCells(cells, width, size, mostLines))
    if (fitted.some((cells) => cells.some((cell) => cell.height > height))) return undefined
    const needed = fitted.reduce((sum, cells) => sum + fillColumns(cells, height).length, 0)
    if (needed <= columns) {
      // Fewer columns than thought are wider, and still hold everything.
      if (needed < columns) columns = needed
      const filled = fitted.map((cells) => evenColumns(cells, height))
      return placeTactics(tactics, filled, size, columns, area)
    }
    columns += 1
  }
}

/** Tactics side by side; every column of every tactic is of the same width. */
export function placeTactics(
  tactics: readonly PlannedTactic[], filled: readonly (LaidTactic['columns'])[], size: number, columns: number, area: Area,
): MatrixLayout {
  const width = columnWidth(columns, tactics.length, size, area)
  const largeSize = headingSize(tactics, width, size)
  let { x } = area
  const laid = tactics.map((tactic, index) => {
    const own = filled[index] ?? []
    const whole = own.length * width + (own.length - 1) * columnGap * size
    const inner = whole - 2 * padding * size
    const placed = { tactic, x, width: whole, heading: wrapHeading(tactic, inner, largeSize), columns: own }
    x += whole + tacticGap * size
    return placed
  })
  return {
    size,
    headingSize: largeSize,
    headingHeight: headingsHeight(tactics, width, size),
    columnWidth: width,
    columnGap: columnGap * size,
    tactics: laid,
  }
}

/** How wide a column is when so many share the area. */
export function columnWidth(columns: number, tactics: number, size: number, area: Area): number {
  return (area.width - (tactics - 1) * tacticGap * size - (columns - tactics) * columnGap * size) / columns
}
