import { compareText } from '../../model/compare-text.js'
import type { MappedRow } from '../../model/mapping.js'
import type { NavigatorOptions } from './navigator-options.js'
import { scoreRows } from '../matrix/score-rows.js'

/** A technique of one layer with its rows; without a score it stays uncoloured. */
export interface Cell {
  readonly id: string
  readonly rows: readonly MappedRow[]
  readonly score?: number
}

/** One cell per technique, sorted by id: of two entries for one technique, Navigator would only show the last. */
export function buildCells(rows: readonly MappedRow[], how: NavigatorOptions['layer-score']): readonly Cell[] {
  const found = new Map<string, MappedRow[]>()
  for (const row of rows) {
    const cell = found.get(row.technique.id)
    if (cell) cell.push(row)
    else found.set(row.technique.id, [row])
  }
  return Array.from(found)
    .toSorted(([a], [b]) => compareText(a, b))
    .map(([id, own]) => createCell(id, own, how))
}

function createCell(id: string, rows: readonly MappedRow[], how: NavigatorOptions['layer-score']): Cell {
  const score = scoreRows(rows, how)
  return score === undefined ? { id, rows } : { id, rows, score }
}
