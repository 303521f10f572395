import type { ReportEntry } from '../report-data.js'
import type { CellCounts } from './count-cells.js'

/** How many of the techniques and sub-techniques of a tactic, or of a matrix, are mapped. */
export interface Covered {
  readonly techniques: number
  readonly ofTechniques: number
  readonly subTechniques: number
  readonly ofSubTechniques: number
}

/** Counts entries; a technique that stands in several of them counts once. */
export function countCovered(
  entries: readonly ReportEntry[], { capabilities }: CellCounts, isSub: (technique: number) => boolean,
): Covered {
  const all = [...new Set(entries.flat())]
  const subs = all.filter(isSub)
  const isMapped = (technique: number): boolean => (capabilities[technique] ?? 0) > 0
  const mapped = all.filter(isMapped).length
  const mappedSubs = subs.filter(isMapped).length
  return {
    techniques: mapped - mappedSubs,
    ofTechniques: all.length - subs.length,
    subTechniques: mappedSubs,
    ofSubTechniques: subs.length,
  }
}
