import { scoreRank } from '../../../model/score-scale.js'
import type { ReportData } from '../report-data.js'

/** What rows say of each technique, by its index in `techniques`. */
export interface CellCounts {
  /** How many capabilities map to it. */
  readonly capabilities: readonly number[]
  /** The best score of any row: 1 to 3; 0 where none has a known one. */
  readonly best: readonly number[]
  /** A row declares that nothing maps to it. */
  readonly denied: readonly boolean[]
}

/** Every row, by its number. */
export function allRows({ rows }: ReportData): readonly number[] {
  return rows.technique.map((_technique, row) => row)
}

/**
 * Counts what some of the rows say of each technique, in the way in which the coverage of a set does: techniques that the set's
 * own release of ATT&CK has no cell for don't count, nor does a pair that is said not to map.
 */
export function countCells(data: ReportData, rows: Iterable<number>): CellCounts {
  const { rows: columns, techniques, texts } = data
  const capabilities = techniques.map(() => 0)
  const best = techniques.map(() => 0)
  const denied = techniques.map(() => false)
  const outside = data.sets.map((set) => new Set(set.outside.map(({ technique }) => technique)))
  const unmappable = texts.indexOf('non_mappable')
  const pairs = new Set<number>()
  for (const row of rows) {
    const technique = columns.technique[row] ?? -1
    const capability = columns.capability[row] ?? -1
    if (technique < 0 || outside[columns.set[row] ?? -1]?.has(technique) === true) continue
    const isDenied = unmappable >= 0 && columns.status?.[row] === unmappable
    if (capability < 0 && isDenied) denied[technique] = true
    if (capability < 0 || isDenied) continue
    const pair = technique * data.capabilities.length + capability
    if (!pairs.has(pair)) capabilities[technique] = (capabilities[technique] ?? 0) + 1
    pairs.add(pair)
    const rank = 1 + scoreRank(texts[columns.value?.[row] ?? -1] ?? '')
    best[technique] = Math.max(best[technique] ?? 0, rank)
  }
  return { capabilities, best, denied }
}
