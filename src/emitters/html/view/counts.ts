import type { ReportData, ReportEntry } from '../report-data.js'
import type { CellCounts } from './matrix-cells.js'

/** How many techniques and sub-techniques of a tactic or matrix are mapped. */
export interface Covered {
  readonly techniques: number
  readonly ofTechniques: number
  readonly subTechniques: number
  readonly ofSubTechniques: number
}

/** Counts entries; a technique of several entries counts once. */
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

/** A line of the coverage tables: the texts of its cells, and the length of its bar, 0 to 100. */
interface CoveredLine {
  readonly techniques: string
  readonly subTechniques: string
  readonly share: string
  readonly width: number
}

/** The line of a tactic or of the totals. */
export function describeCovered({ techniques, ofTechniques, subTechniques, ofSubTechniques }: Covered): CoveredLine {
  const part = techniques + subTechniques
  const whole = ofTechniques + ofSubTechniques
  return {
    techniques: `${techniques} of ${ofTechniques}`,
    subTechniques: `${subTechniques} of ${ofSubTechniques}`,
    share: writeShare(part, whole),
    width: whole === 0 ? 0 : Math.round((part / whole) * 1000) / 10,
  }
}

/** A count with thousands separators, the same in every locale: "5,312". */
export function writeCount(count: number): string {
  return String(count).replaceAll(/\B(?=(?:\d{3})+$)/g, ',')
}

/** A share as a rounded percentage: "12%". 0% and 100% are exact, never rounded; "–" if the whole is 0. */
export function writeShare(part: number, whole: number): string {
  if (whole === 0) return '–'
  const percent = Math.round((part / whole) * 100)
  return `${part === 0 || part === whole ? percent : Math.min(99, Math.max(1, percent))}%`
}

/** Whether the technique with this index is a sub-technique: its id has a dot, as in T1059.001. */
export function isSubTechnique({ techniques }: Pick<ReportData, 'techniques'>, technique: number): boolean {
  return techniques[technique]?.id.includes('.') ?? false
}
