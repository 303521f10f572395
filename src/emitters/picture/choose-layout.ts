import type { MatrixColumn } from '../../coverage/matrix.js'
import type { Painter } from './create-painter.js'
import { fitCells, headingsHeight } from './fit-cells.js'
import { type Area, columnWidth, layOutMatrix, type MatrixLayout, placeTactics } from './lay-out-matrix.js'
import type { PageSize, PictureOptions } from './picture-options.js'
import { type Choice, type PlannedTactic, planTactics } from './plan-tactics.js'

/** A layout, what of the matrix it shows, and how often something asked for has no room in it. */
export interface ChosenLayout {
  readonly layout: MatrixLayout
  readonly choice: Choice
  /** Cells that would be there if everything asked for were shown; a technique of several tactics counts in each. */
  readonly hidden: { readonly techniques: number; readonly subTechniques: number }
  /** Names that end in "…". */
  readonly shortened: number
}

// Ids are a help, and must not make everything else much smaller.
const leastWithIds = 0.9
const anyLines = 8

/**
 * The first way that can be read: everything asked for; the same with shorter names; without sub-techniques; without unmapped
 * techniques; and, where not even that fits, as much as does.
 */
export function chooseLayout(
  matrix: readonly MatrixColumn[], painter: Painter, area: Area, page: PageSize, options: PictureOptions,
): ChosenLayout {
  const { 'picture-sub-techniques': subTechniques, 'picture-techniques': techniques } = options
  const asked: Choice = { subTechniques, techniques, ids: false }
  const withoutSubs: Choice = { ...asked, subTechniques: 'none' }
  const ways: readonly (readonly [Choice, mostLines: number])[] = [
    [asked, anyLines], [asked, 3], [asked, 2],
    [withoutSubs, anyLines], [withoutSubs, 2],
    [{ ...withoutSubs, techniques: 'mapped' }, 2],
  ]
  const wanted = countCells(planTactics(matrix, painter, asked).map(({ cells }) => cells))
  for (const [choice, mostLines] of ways) {
    const layout = layOutMatrix(planTactics(matrix, painter, choice), area, page, mostLines)
    if (!layout) continue
    const withIds = { ...choice, ids: true }
    const named = layOutMatrix(planTactics(matrix, painter, withIds), area, page, mostLines)
    return named && named.size >= layout.size * leastWithIds ? describe(named, withIds) : describe(layout, choice)
  }
  const last: Choice = { subTechniques: 'none', techniques: 'mapped', ids: false }
  return describe(cutMatrix(planTactics(matrix, painter, last), area, page), last)

  function describe(layout: MatrixLayout, choice: Choice): ChosenLayout {
    const fitted = layout.tactics.flatMap(({ columns }) => columns.flat())
    const shown = countCells([fitted.map(({ cell }) => cell)])
    return {
      layout,
      choice,
      hidden: { techniques: wanted.techniques - shown.techniques, subTechniques: wanted.subTechniques - shown.subTechniques },
      shortened: fitted.filter((cell) => cell.shortened).length,
    }
  }
}

function countCells(lists: readonly (readonly { readonly kind: string }[])[]): ChosenLayout['hidden'] {
  const cells = lists.flat()
  const subTechniques = cells.filter(({ kind }) => kind === 'sub-technique').length
  return { techniques: cells.length - subTechniques, subTechniques }
}

// As narrow as it may be when all else failed, in parts of the text's size.
const narrowest = 7

/** A matrix that fits in no way: one line for each technique in the smallest text, and what is beyond the page is left out. */
function cutMatrix(tactics: readonly PlannedTactic[], area: Area, page: PageSize): MatrixLayout {
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
