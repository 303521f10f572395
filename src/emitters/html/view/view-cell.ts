import type { ReportEntry } from '../report-data.js'
import type { CellCounts } from './count-cells.js'

/** What the number in a cell is: how many capabilities, or the best score. */
export type Measure = 'count' | 'best'

/** How a cell looks: its class, and what is written in it. */
export interface CellView {
  readonly look: string
  readonly text: string
}

/** Colours from the palette's first to its last. */
export const heatSteps = 9

/** The step of the palette for a value from 1 to `highest`. */
export function heatStep(value: number, highest: number): number {
  return highest <= 1 ? heatSteps - 1 : Math.round(((Math.min(value, highest) - 1) / (highest - 1)) * (heatSteps - 1))
}

/** The highest value of a measure, by which colours are chosen; 3 for scores, so that reports can be compared. */
export function highestValue(counts: CellCounts, measure: Measure): number {
  return measure === 'best' ? 3 : counts.capabilities.reduce((a, b) => Math.max(a, b), 0)
}

/** How the cell of a technique looks. */
export function viewCell(entry: ReportEntry, counts: CellCounts, measure: Measure, highest: number): CellView {
  const [technique, ...subTechniques] = entry
  const { capabilities, best, denied } = counts
  const count = capabilities[technique] ?? 0
  const value = measure === 'count' ? count : (best[technique] ?? 0)
  if (value > 0) return { look: `heat-${heatStep(value, highest)}`, text: String(value) }
  if (count > 0) return { look: 'unscored', text: '✓' }
  if (denied[technique] === true) return { look: 'denied', text: '×' }
  const isThrough = subTechniques.some((sub) => (capabilities[sub] ?? 0) > 0)
  return { look: isThrough ? 'through' : 'none', text: '0' }
}
