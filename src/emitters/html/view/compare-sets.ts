import type { ReportData, ReportEntry, ReportSet } from '../report-data.js'
import { type CellCounts, type CellView, countCells } from './matrix-cells.js'
import { type Covered, isSubTechnique } from './counts.js'

/** How two sets, A and B, map the techniques of a report. */
export interface Comparison {
  readonly a: CellCounts
  readonly b: CellCounts
}

/** How one technique compares. Better and worse are by the best score; sets without known scores are the same. */
type Outcome = 'neither' | 'only-a' | 'only-b' | 'same' | 'a-better' | 'b-better'

/** Compares two sets by the given rows. */
export function compareSets(data: ReportData, rows: readonly number[], a: number, b: number): Comparison {
  const of = (set: number): CellCounts => countCells(data, rows.filter((row) => data.rows.set[row] === set))
  return { a: of(a), b: of(b) }
}

/** How a technique compares. */
function compareTechnique({ a, b }: Comparison, technique: number): Outcome {
  const [inA, inB] = [a, b].map(({ capabilities }) => (capabilities[technique] ?? 0) > 0)
  if (inA !== true) return inB === true ? 'only-b' : 'neither'
  if (inB !== true) return 'only-a'
  const [bestA = 0, bestB = 0] = [a, b].map(({ best }) => best[technique] ?? 0)
  return bestA === bestB ? 'same' : bestA > bestB ? 'a-better' : 'b-better'
}

const marks: Readonly<Record<Outcome, string>> = {
  'neither': '0', 'only-a': 'A', 'only-b': 'B', 'same': '=', 'a-better': 'A+', 'b-better': 'B+',
}

/** The look of a technique's cell in a comparison. */
export function viewCompared([technique, ...subs]: ReportEntry, comparison: Comparison): CellView {
  const outcome = compareTechnique(comparison, technique)
  if (outcome !== 'neither') return { look: outcome, text: marks[outcome] }
  const isThrough = subs.some((sub) => compareTechnique(comparison, sub) !== 'neither')
  return { look: isThrough ? 'through' : 'none', text: marks.neither }
}

/** The outcomes that the legend explains, and their meanings. */
export const comparedMeanings: readonly (CellView & { readonly meaning: string })[] = ([
  ['only-a', 'only A'], ['only-b', 'only B'], ['same', 'both, with the same best score'],
  ['a-better', 'both, A with the better score'], ['b-better', 'both, B with the better score'],
] as const).map(([look, meaning]) => ({ look, meaning, text: marks[look] }))

/** The comparison in words: "12 only in A, 30 only in B, 44 in both: 5 better in A, 3 better in B". */
export function describeComparison(data: ReportData, comparison: Comparison): string {
  const outcomes = data.techniques.map((_technique, index) => compareTechnique(comparison, index))
  const count = (...wanted: readonly Outcome[]): number => outcomes.filter((outcome) => wanted.includes(outcome)).length
  const both = count('same', 'a-better', 'b-better')
  const better = both === 0 ? '' : `: ${count('a-better')} better in A, ${count('b-better')} better in B`
  return `Techniques: ${count('only-a')} only in A, ${count('only-b')} only in B, ${both} in both${better}`
}

/** How one set covers its own ATT&CK release, by the given rows. */
export interface SetCovered extends Covered {
  readonly rows: number
  /** Techniques and sub-techniques that no other set of the report covers. */
  readonly only: number
}

/** Coverage by framework: one line for each set, in order. `only`: the techniques that filters leave. */
export function coverSets(data: ReportData, rows: readonly number[], only?: ReadonlySet<number>): readonly SetCovered[] {
  const bySet = data.sets.map((): number[] => [])
  for (const row of rows) bySet[data.rows.set[row] ?? -1]?.push(row)
  const counts = bySet.map((own) => countCells(data, own).capabilities)
  const covering = data.techniques.map((_technique, index) => counts.filter((own) => (own[index] ?? 0) > 0).length)
  return data.sets.map((own, set) => {
    const ofAttack = only ? countOnly(data, own, only) : own.ofAttack
    const covered = data.techniques.flatMap((_technique, index) => ((counts[set]?.[index] ?? 0) > 0 ? [index] : []))
    const subTechniques = covered.filter((index) => isSubTechnique(data, index)).length
    return {
      rows: bySet[set]?.length ?? 0,
      techniques: covered.length - subTechniques,
      ofTechniques: ofAttack.techniques,
      subTechniques,
      ofSubTechniques: ofAttack.subTechniques,
      only: covered.filter((index) => covering[index] === 1).length,
    }
  })
}

/** How many of the techniques that filters leave the release of a set has. */
function countOnly(data: ReportData, { matrix, absent = [] }: ReportSet, only: ReadonlySet<number>): ReportSet['ofAttack'] {
  const without = new Set(absent)
  const shown = data.matrices[matrix]?.tactics.flatMap(({ entries }) => entries.flat())
  const left = [...new Set(shown)].filter((technique) => only.has(technique) && !without.has(technique))
  const subTechniques = left.filter((technique) => isSubTechnique(data, technique)).length
  return { techniques: left.length - subTechniques, subTechniques }
}
