import type { MatrixColumn } from '../../coverage/matrix.js'
import type { Painter } from './create-painter.js'
import { fitCells, headingsHeight } from './fit-cells.js'
import { type Area, columnWidth, layOutMatrix, type MatrixLayout, placeTactics } from './lay-out-matrix.js'
import type { PageSize, PictureOptions } from './picture-options.js'
import { type Choice, type PlannedTactic, planTactics } from './plan-tactics.js'

/** A layout, the part of the matrix that it shows, and how much of what was requested does not fit. */
export interface ChosenLayout {
  readonly layout: MatrixLayout
  readonly choice: Choice
  /** Cells that were requested but are not shown; a technique of several tactics counts in each. */
  readonly hidden: { readonly techniques: number; readonly subTechniques: number }
  /** Names that end in "…". */
  readonly shortened: number
}

// Ids are shown only if they reduce the size of text by no more than this factor.
const leastWithIds = 0.9
const anyLines = 8

/**
 * The first of these layouts that is legible: everything requested; with shorter names; without sub-techniques; without unmapped
 * techniques. If none is, the mapped techniques that fit.
 */
export function chooseLayout(
  matrix: readonly MatrixColumn[], painter: Painter, area: Area, page: PageSize, options: PictureOptions,
): ChosenLayout {
  const { 'picture-sub-techniques': subTechniques, 'picture-techniques': techniques } = options
  const requested: Choice = { subTechniques, techniques, ids: false }
  const withoutSubs: Choice = { ...requested, subTechniques: 'none' }
  const attempts: readonly (readonly [Choice, mostLines: number])[] = [
    [requested, anyLines], [requested, 3], [requested, 2],
    [withoutSubs, anyLines], [withoutSubs, 2],
    [{ ...withoutSubs, techniques: 'mapped' }, 2],
  ]
  const wanted = countCells(planTactics(matrix, painter, requested).map(({ cells }) => cells))
  for (const [choice, mostLines] of attempts) {
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

// The narrowest column of a cut matrix, relative to the font size.
const narrowest = 7

/** The last resort: one line for each technique in the smallest text; what is beyond the page is omitted. */
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
