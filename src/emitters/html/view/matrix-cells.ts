import { countNoun } from '../../../diagnostics/counts-in-words.js'
import { scoreRank } from '../../../model/vocabulary.js'
import type { ReportData, ReportEntry, ReportTactic } from '../report-data.js'

/** Counts of each technique, by its index in `techniques`. */
export interface CellCounts {
  /** How many capabilities map to it. */
  readonly capabilities: readonly number[]
  /** The best score of its rows: 1 to 3; 0 if none has a known score. */
  readonly best: readonly number[]
  /** A row declares that nothing maps to it. */
  readonly denied: readonly boolean[]
}

/** The indices of all rows. */
export function allRows({ rows }: ReportData): readonly number[] {
  return rows.technique.map((_technique, row) => row)
}

/**
 * Counts the given rows for each technique, by the rules of a set's coverage: techniques without a cell in the set's own ATT&CK release
 * are not counted, nor are pairs declared non-mappable.
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

/** The number in a cell: how many capabilities, or the best score. */
export type Measure = 'count' | 'best'

/** The look of a cell: its CSS class and its text. */
export interface CellView {
  readonly look: string
  readonly text: string
}

/** Number of colours, from the palette's first to its last. */
export const heatSteps = 9

/** The colour for a value from 1 to `highest`, as an index from 0 to `heatSteps` - 1. */
export function heatStep(value: number, highest: number): number {
  return highest <= 1 ? heatSteps - 1 : Math.round(((Math.min(value, highest) - 1) / (highest - 1)) * (heatSteps - 1))
}

/** The highest value of a measure, where the colour scale ends; always 3 for scores, so that reports can be compared. */
export function highestValue(counts: CellCounts, measure: Measure): number {
  return measure === 'best' ? 3 : counts.capabilities.reduce((a, b) => Math.max(a, b), 0)
}

/** The look of a technique's cell. */
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

/** What the legend says of a technique that an adversary uses and that nothing maps to. */
export const openMeaning: LegendEntry = { look: 'open', text: '0', meaning: 'used by the adversary, not mapped' }

/**
 * The look of a cell where filters leave only some techniques: those of an adversary that nothing maps to stand out, and a technique
 * that is shown only for its sub-techniques says nothing.
 */
export function viewFiltered(
  [technique]: ReportEntry, cell: CellView, { only, isAgainst }: { readonly only: ReadonlySet<number> | undefined; readonly isAgainst: boolean },
): CellView {
  if (only && !only.has(technique)) return { look: 'holder', text: '' }
  return isAgainst && cell.text === '0' ? { look: openMeaning.look, text: openMeaning.text } : cell
}

/** How many techniques of a tactic are mapped, without sub-techniques; one that has its own entry counts as a technique. */
export function countColumn(entries: readonly ReportEntry[], { capabilities }: CellCounts): { readonly covered: number; readonly all: number } {
  return { covered: entries.filter(([technique]) => (capabilities[technique] ?? 0) > 0).length, all: entries.length }
}

/** A swatch of the legend, and its meaning. */
interface LegendEntry extends CellView {
  readonly meaning: string
}

const others: readonly LegendEntry[] = [
  { look: 'none', text: '0', meaning: 'not mapped' },
  { look: 'through', text: '0', meaning: 'only sub-techniques' },
  { look: 'denied', text: '×', meaning: 'declared unmappable' },
]

const steps = 4

const scores = ['minimal', 'partial', 'significant']

/** The legend of the matrix. */
export function listLegend(measure: Measure, highest: number): readonly LegendEntry[] {
  const values = measure === 'best' ? [1, 2, 3] : spread(highest)
  const known = values.map((value, index) => ({
    look: `heat-${heatStep(value, highest)}`,
    text: String(value),
    meaning: measure === 'best' ? (scores[value - 1] ?? '')
      : index < values.length - 1 ? '' : countNoun(value, 'capability').replace(/^\d+ /, ''),
  }))
  const unscored = { look: 'unscored', text: '✓', meaning: 'no known score' }
  return [...known, ...(measure === 'best' ? [unscored] : []), ...others]
}

/** Up to five values from 1 to the highest, evenly spread. */
function spread(highest: number): readonly number[] {
  if (highest < 1) return []
  const count = Math.min(highest - 1, steps)
  return Array.from({ length: count + 1 }, (_, step) => (count === 0 ? highest : Math.round(1 + ((highest - 1) * step) / count)))
}

/** The tactics of each technique, by its index. */
export function tacticsOf({ matrices, techniques }: ReportData): readonly (readonly ReportTactic[])[] {
  const found = techniques.map((): ReportTactic[] => [])
  for (const tactic of matrices.flatMap(({ tactics }) => tactics)) {
    for (const technique of tactic.entries.flat()) found[technique]?.push(tactic)
  }
  return found
}
