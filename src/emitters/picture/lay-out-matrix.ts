import { evenColumns, fillColumns, fitCells, type FittedCell, headingsHeight, headingSize, padding, wrapHeading } from './fit-cells.js'
import type { PageSize } from './picture-options.js'
import type { PictureBox } from './picture.js'
import type { PlannedTactic } from './plan-tactics.js'

/** The part of a page for the matrix. */
export type Area = Pick<PictureBox, 'x' | 'y' | 'width' | 'height'>

/** A tactic with its columns, from left to right. `width` is that of all its columns together. */
export interface PlacedTactic {
  readonly tactic: PlannedTactic
  readonly x: number
  readonly width: number
  readonly heading: readonly string[]
  readonly columns: readonly (readonly FittedCell[])[]
}

/** The layout of a matrix. */
export interface MatrixLayout {
  readonly size: number
  /** The font size of all tactics' names. */
  readonly headingSize: number
  readonly headingHeight: number
  readonly columnWidth: number
  readonly columnGap: number
  readonly tactics: readonly PlacedTactic[]
}

// Relative to the font size. Narrower columns would break words.
const narrowestColumn = 9
const columnGap = 0.25
const tacticGap = 0.7

/** Lays out a matrix with the largest text with which it fits; undefined if it does not fit with the smallest. */
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

/** The layout with this font size, in as few columns as possible; undefined if it does not fit. */
function layOutAt(size: number, tactics: readonly PlannedTactic[], area: Area, mostLines: number): MatrixLayout | undefined {
  for (let columns = tactics.length; ; ) {
    const width = columnWidth(columns, tactics.length, size, area)
    const height = area.height - headingsHeight(tactics, width, size)
    if (width < narrowestColumn * size || height <= 0) return undefined
    const fitted = tactics.map(({ cells }) => fitCells(cells, width, size, mostLines))
    if (fitted.some((cells) => cells.some((cell) => cell.height > height))) return undefined
    const needed = fitted.reduce((sum, cells) => sum + fillColumns(cells, height).length, 0)
    if (needed <= columns) {
      // Fewer columns are wider, so the cells fit in them too.
      if (needed < columns) columns = needed
      const filled = fitted.map((cells) => evenColumns(cells, height))
      return placeTactics(tactics, filled, size, columns, area)
    }
    columns += 1
  }
}

/** Places the tactics side by side. All columns of all tactics have the same width. */
export function placeTactics(
  tactics: readonly PlannedTactic[], filled: readonly (PlacedTactic['columns'])[], size: number, columns: number, area: Area,
): MatrixLayout {
  const width = columnWidth(columns, tactics.length, size, area)
  const largeSize = headingSize(tactics, width, size)
  let { x } = area
  const placed = tactics.map((tactic, index) => {
    const own = filled[index] ?? []
    const whole = own.length * width + (own.length - 1) * columnGap * size
    const inner = whole - 2 * padding * size
    const placedTactic = { tactic, x, width: whole, heading: wrapHeading(tactic, inner, largeSize), columns: own }
    x += whole + tacticGap * size
    return placedTactic
  })
  return {
    size,
    headingSize: largeSize,
    headingHeight: headingsHeight(tactics, width, size),
    columnWidth: width,
    columnGap: columnGap * size,
    tactics: placed,
  }
}

/** The width of a column when this number of columns and tactics share the area. */
export function columnWidth(columns: number, tactics: number, size: number, area: Area): number {
  return (area.width - (tactics - 1) * tacticGap * size - (columns - tactics) * columnGap * size) / columns
}
