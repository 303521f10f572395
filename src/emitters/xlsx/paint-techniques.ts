import type { SetCoverage, TechniqueCoverage, UnionCoverage } from '../../coverage/coverage.js'
import type { CoverageState } from '../../coverage/row-state.js'
import type { MappedRow } from '../../model/mapping.js'
import { colourAt, type LegendItem, paintScores, scoreRows, valueWeights } from '../matrix/score-rows.js'
import type { XlsxOptions } from './xlsx.js'

/** The options that set the colours of a matrix. */
export type MatrixLook = Pick<XlsxOptions, 'palette' | 'matrix-score'>

/** The colours and words of a matrix. */
export interface TechniquePaint {
  /** The fill colours of techniques, by id: "#2171b5". */
  readonly fills: ReadonlyMap<string, string>
  /** The best score values of techniques, by id: "partial". */
  readonly best: ReadonlyMap<string, string>
  readonly legend: readonly LegendItem[]
}

interface StateWord {
  readonly state: CoverageState
  readonly word: string
  /** The word in a cell of the matrix; absent if the number 0 is enough. */
  readonly short?: string
  readonly fill?: string
}

/** The words and colours of states other than mapped. No palette contains grey. */
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
    // The number in "Partial (2)" has a meaning only in Navigator.
    legend: legendItems.map(({ label, color }) => ({ color, label: label.replace(/ \(\d\)$/, '').toLowerCase() })),
  }
}

/** The second line of a technique's cell: its id, and its best score or its state: "T1110 · partial", "T1583 · unmappable". */
export function describeTechnique({ id, state }: TechniqueCoverage, { best }: TechniquePaint): string {
  const word = state === 'mapped' ? best.get(id) : shortWords.get(state)
  return word === undefined ? id : `${id} · ${word}`
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
