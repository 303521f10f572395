import { fitCells } from './fit-cells.js'
import { headingsHeight } from './fit-headings.js'
import { columnWidth, placeTactics, type Area, type MatrixLayout } from './lay-out-matrix.js'
import type { PageSize } from './page-size.js'
import type { PlannedTactic } from './plan-tactics.js'

// As narrow as it may be when all else failed, in parts of the text's size.
const narrowest = 7

/** A matrix that fits in no way: one line for each technique in the smallest text, and what is beyond the page is left out. */
export function cutMatrix(tactics: readonly PlannedTactic[], area: Area, page: PageSize): MatrixLayout {
  const size = page.smallest
  const kept = tactics.filter((_, index) => columnWidth(index + 1, index + 1, size, area) >= narrowest * size)
  const width = columnWidth(kept.length, kept.length, size, area)
  const height = area.height - headingsHeight(kept, width, size)
  const filled = kept.map(({ cells }) => {
    let used = 0
    return [fitCells(cells, width, size, 1).filter((fitted) => (used += fitted.height) <= height)]
  })
  return placeTactics(kept, filled, size, kept.length, area)
}
