import type { MappedRow } from '../../model/mapping.js'
import { scoreCategories, scoreValues } from '../../model/vocabulary.js'

/** What a technique's score counts; see `scoreRows`. */
export type ScoreKind = 'count' | 'best' | 'weighted'

/** CTID's three score values as numbers. */
export const valueWeights: ReadonlyMap<string, number> = new Map(scoreValues.map((value, rank) => [value, rank + 1]))

/** 1 to 3, or undefined for a row without a score value of the three known ones. */
export function weighRow(row: MappedRow): number | undefined {
  return row.score?.value === undefined ? undefined : valueWeights.get(row.score.value.toLowerCase())
}

/** Orders rows as people read them: protect, detect, respond, others; the best value first. */
export function compareBearings(a: MappedRow | undefined, b: MappedRow | undefined): number {
  return rankBearing(a) - rankBearing(b)
}

const categories: readonly string[] = scoreCategories

function rankBearing(row: MappedRow | undefined): number {
  const category = categories.indexOf(row?.score?.category?.toLowerCase() ?? '')
  return (category === -1 ? categories.length : category) * 4 - ((row && weighRow(row)) ?? 0)
}

/**
 * The score of a technique's cell. `count`: its capabilities; `best`: the best score value; `weighted`: the sum of each
 * capability's best value. Undefined where `best` or `weighted` find no score value: such a cell stays uncoloured.
 */
export function scoreRows(rows: readonly MappedRow[], how: ScoreKind): number | undefined {
  const best = new Map<string, number | undefined>()
  for (const row of rows) {
    const known = best.get(row.capability.id)
    const weight = weighRow(row)
    best.set(row.capability.id, known === undefined || (weight ?? 0) > known ? weight : known)
  }
  if (how === 'count') return best.size
  const weights = [...best.values()].filter((weight) => weight !== undefined)
  if (weights.length === 0) return undefined
  return how === 'best' ? weights.reduce((a, b) => Math.max(a, b)) : weights.reduce((a, b) => a + b)
}
