import type { SetCoverage, TechniqueCoverage, UnionCoverage } from '../../coverage/coverage.js'
import type { CoverageState } from '../../coverage/row-state.js'
import type { MappedRow } from '../../model/mapping.js'
import { colourAt, type LegendItem, paintScores, scoreRows, valueWeights } from '../matrix/score-rows.js'
import type { XlsxOptions } from './xlsx.js'

/** How a matrix is coloured. */
export type MatrixLook = Pick<XlsxOptions, 'palette' | 'matrix-score'>

/** What the colours and words of a matrix are. */
export interface TechniquePaint {
  /** The fill of each technique that has one, by its id: "#2171b5". */
  readonly fills: ReadonlyMap<string, string>
  /** The best score value of each technique that has one, as a word. */
  readonly best: ReadonlyMap<string, string>
  readonly legend: readonly LegendItem[]
}

interface StateWord {
  readonly state: CoverageState
  readonly word: string
  /** What a cell of the matrix says; nothing where its number says it. */
  readonly short?: string
  readonly fill?: string
}

/** What is said of techniques that are not mapped; grey is no colour of a palette. */
export const stateWords: readonly StateWord[] = [
  { state: 'unmappable', word: 'declared unmappable', short: 'unmappable', fill: '#d9d9d9' },
  { state: 'named', word: 'named only', short: 'named only', fill: '#eeeeee' },
  { state: 'not-mentioned', word: 'not mentioned' },
]

const shortWords = new Map(stateWords.map(({ state, short }) => [state, short]))
const scoreWords = new Map(Array.from(valueWeights, ([word, weight]) => [weight, word]))

/** Colours the techniques of a matrix by how many capabilities are mapped to each, or by the best score value. */
export function paintTechniques(
  coverage: SetCoverage | UnionCoverage, { palette, 'matrix-score': how }: MatrixLook,
): TechniquePaint {
  const weights = bestWeights('of' in coverage ? coverage.of : [coverage])
  const scores = new Map(coverage.techniques.flatMap((technique): readonly (readonly [string, number])[] => {
    const score = how === 'best' ? weights.get(technique.id) : technique.capabilities.length
    return technique.state === 'mapped' && score !== undefined ? [[technique.id, score]] : []
  }))
  const { gradient, legendItems } = paintScores([...scores.values()], how, palette)
  const colours = new Map(Array.from(new Set(scores.values()), (score) => [score, colourAt(gradient, score)]))
  const states = new Map(stateWords.flatMap(({ state, fill }) => (fill === undefined ? [] : [[state, fill] as const])))
  return {
    fills: new Map(coverage.techniques.flatMap(({ id, state }) => {
      const score = scores.get(id)
      const fill = score === undefined ? states.get(state) : colours.get(score)
      return fill === undefined ? [] : [[id, fill]]
    })),
    best: new Map(Array.from(weights, ([id, weight]) => [id, scoreWords.get(weight) ?? ''])),
    // "Partial (2)": the number means something in Navigator alone.
    legend: legendItems.map(({ label, color }) => ({ color, label: label.replace(/ \(\d\)$/, '').toLowerCase() })),
  }
}

/** "T1110", and what is to be said of it in words: "T1110 · partial", "T1583 · unmappable". */
export function describeTechnique({ id, state }: TechniqueCoverage, { best }: TechniquePaint): string {
  const said = state === 'mapped' ? best.get(id) : shortWords.get(state)
  return said === undefined ? id : `${id} · ${said}`
}

function bestWeights(sets: readonly SetCoverage[]): ReadonlyMap<string, number> {
  const rows = new Map<string, MappedRow[]>()
  for (const row of sets.flatMap(({ countedRows }) => countedRows)) {
    const known = rows.get(row.technique.id)
    if (known) known.push(row)
    else rows.set(row.technique.id, [row])
  }
  return new Map(Array.from(rows).flatMap(([id, of]) => {
    const weight = scoreRows(of, 'best')
    return weight === undefined ? [] : [[id, weight]]
  }))
}
