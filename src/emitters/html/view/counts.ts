import { countNoun } from '../../../diagnostics/counts-in-words.js'
import type { ReportData, ReportEntry, ReportOutside } from '../report-data.js'
import type { CellCounts } from './matrix-cells.js'

/** How many techniques and sub-techniques of a tactic or matrix are mapped. */
export interface Covered {
  readonly techniques: number
  readonly ofTechniques: number
  readonly subTechniques: number
  readonly ofSubTechniques: number
}

/** Counts entries; a technique of several entries counts once. `only`: the techniques that filters leave. */
export function countCovered(
  entries: readonly ReportEntry[], { capabilities }: CellCounts, isSub: (technique: number) => boolean, only?: ReadonlySet<number>,
): Covered {
  const all = [...new Set(entries.flat())].filter((technique) => only?.has(technique) ?? true)
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

/** The three figures of the masthead: a number, and what it counts. */
export type Figure = readonly [number: string, label: string]

/** The figures of the shown rows. A technique of several tactics or matrices counts once. Their texts depend on the counts alone. */
export function listFigures(data: ReportData, counts: CellCounts, rows: readonly number[], only?: ReadonlySet<number>): readonly Figure[] {
  const cells = data.matrices.flatMap(({ tactics }) => tactics.flatMap(({ entries }) => entries))
  const { techniques, ofTechniques, subTechniques, ofSubTechniques } = countCovered(cells, counts, (index) => isSubTechnique(data, index), only)
  const [covered, all] = [techniques + subTechniques, ofTechniques + ofSubTechniques]
  const capabilities = new Set(rows.filter((row) => (data.rows.technique[row] ?? -1) >= 0).map((row) => data.rows.capability[row] ?? -1))
  capabilities.delete(-1)
  return [
    [`${writeCount(covered)} of ${writeCount(all)}`, `techniques and sub-techniques covered: ${writeShare(covered, all)}`],
    [`${writeCount(capabilities.size)} of ${writeCount(data.capabilities.length)}`, 'capabilities map to techniques'],
    [writeCount(all - covered), all - covered === 1 ? 'gap: nothing maps to it' : 'gaps: nothing maps to them'],
  ]
}

const reasons: Readonly<Record<ReportOutside['reason'], string>> = {
  'unknown': 'unknown',
  'revoked': 'revoked',
  'deprecated': 'deprecated',
  'not-in-index': 'not in the available releases',
}

/** Why rows name more techniques than the matrix shows as mapped: "215 techniques in rows, 1 not in the matrix: T1234 is deprecated". */
export function explainOutside({ sets, counts, techniques }: ReportData): string | undefined {
  const outside = new Map(sets.flatMap((set) => set.outside.map(({ technique, reason }) => [technique, reason] as const)))
  if (outside.size === 0) return undefined
  const [only] = outside
  const byReason = Object.entries(reasons).flatMap(([reason, words]) => {
    const count = [...outside.values()].filter((own) => own === reason).length
    return count === 0 ? [] : [`${count} ${words}`]
  })
  const why = outside.size === 1 && only ? `${techniques[only[0]]?.id ?? ''} is ${reasons[only[1]]}` : byReason.join(', ')
  return `${countNoun(counts.techniques, 'technique')} in rows, ${outside.size} not in the matrix: ${why}`
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
