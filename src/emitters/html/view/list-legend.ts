import { countNoun } from '../../../diagnostics/count-noun.js'
import { heatStep, type CellView, type Measure } from './view-cell.js'

/** A swatch of the legend, and what it means. */
export interface LegendEntry extends CellView {
  readonly meaning: string
}

const others: readonly LegendEntry[] = [
  { look: 'none', text: '0', meaning: 'nothing maps to it' },
  { look: 'through', text: '0', meaning: 'only sub-techniques are mapped' },
  { look: 'denied', text: '×', meaning: 'declared: nothing maps to it' },
]

const steps = 4

const scores = ['minimal', 'partial', 'significant']

/** What the colours and signs of the matrix mean. */
export function listLegend(measure: Measure, highest: number): readonly LegendEntry[] {
  const values = measure === 'best' ? [1, 2, 3] : spread(highest)
  const known = values.map((value) => ({
    look: `heat-${heatStep(value, highest)}`,
    text: String(value),
    meaning: measure === 'best' ? (scores[value - 1] ?? '') : countNoun(value, 'capability').replace(/^\d+ /, ''),
  }))
  const unscored = { look: 'unscored', text: '✓', meaning: 'mapped, without a known score' }
  return [...known, ...(measure === 'best' ? [unscored] : []), ...others]
}

/** Up to five values from 1 to the highest, evenly spread. */
function spread(highest: number): readonly number[] {
  if (highest < 1) return []
  const count = Math.min(highest - 1, steps)
  return Array.from({ length: count + 1 }, (_, step) => (count === 0 ? highest : Math.round(1 + ((highest - 1) * step) / count)))
}
