import { releaseName, tacticPage } from '../../attack/attack-index.js'
import type { SetCoverage, TechniqueCoverage, UnionCoverage } from '../../coverage/coverage.js'
import { buildMatrix, type MatrixColumn, nameTactic } from '../../coverage/matrix.js'
import type { CoverageScope } from '../../coverage/unite-coverage.js'
import { countNoun } from '../../diagnostics/counts-in-words.js'
import type { CellTexts } from '../table/cell-text.js'
import { setTitle } from '../table/set-facts.js'
import { nameDomainSheet } from './coverage-sheets.js'
import { describeTechnique, type MatrixLook, paintTechniques, stateWords, type TechniquePaint } from './render-grid.js'
import { createTechniqueTexts, type TechniqueTexts } from './technique-texts.js'
import type { GridCell, GridSheet } from './workbook.js'

type Clean = (text: string) => string

/** The widths of a technique's cell and of its number. */
const widths = [19, 4.5] as const
const frozenRows = 4

/** The ATT&CK matrix of each domain; every technique has the number of capabilities that are mapped to it. */
export function matrixSheets(shown: readonly CoverageScope[], look: MatrixLook, texts: CellTexts): readonly GridSheet[] {
  return shown.map((scope) => {
    const name = nameDomainSheet('Matrix', scope, shown)
    return matrixSheet(name, scope.coverage, look, (text) => texts.clean(text, name))
  })
}

type Pair = readonly [GridCell, GridCell]
type PairOf = (technique: TechniqueCoverage, kind: 'entry' | 'inner') => Pair

function matrixSheet(name: string, coverage: SetCoverage | UnionCoverage, look: MatrixLook, clean: Clean): GridSheet {
  const paint = paintTechniques(coverage, look)
  const columns = buildMatrix(coverage)
  const legend = legendCells(coverage, paint)
  const textsOf = createTechniqueTexts(coverage.release)
  const pairOf: PairOf = (technique, kind) => techniqueCells(technique, kind, textsOf(technique), paint, clean)
  const cells = columns.map((column) => columnCells(column, pairOf))
  const height = cells.reduce((tallest, column) => Math.max(tallest, column.length), 0)
  return {
    layout: 'grid',
    name,
    widths: Array.from({ length: Math.max(columns.length, legend.length) }, () => widths).flat(),
    frozenRows,
    rows: [
      [{ kind: 'title', value: clean(describeMatrix(coverage)) }],
      [{ kind: 'note', value: explain(coverage, look) }],
      legend.flatMap((key) => [key, null]),
      columns.flatMap((column) => headingCells(column, clean)),
      ...Array.from({ length: height }, (_, row) => cells.flatMap((column) => column[row] ?? [null, null])),
    ],
  }
}

function describeMatrix(coverage: SetCoverage | UnionCoverage): string {
  if (!('of' in coverage)) return `Matrix: ${setTitle(coverage.set)}`
  const older = new Set(coverage.of.map(({ release }) => release.version)).size - 1
  const others = older > 0 ? ` and ${countNoun(older, 'older release')}` : ''
  return `Matrix: ${coverage.of.length} mapping sets and ${releaseName(coverage.release)}${others}`
}

function explain(coverage: SetCoverage | UnionCoverage, look: MatrixLook): string {
  const sets = 'of' in coverage ? coverage.of : [coverage]
  const outside = new Set(sets.flatMap((set) => set.outside.filter(({ reason }) => reason !== 'not-in-index').map(({ id }) => id))).size
  const newer = sets.flatMap((set) => set.outside.filter(({ reason }) => reason === 'not-in-index'))
  const rows = countNoun(newer.reduce((sum, one) => sum + one.rows, 0), 'row')
  const [subject, verb] = [countNoun(new Set(newer.map(({ id }) => id)).size, 'technique'), newer.length === 1 ? 'is' : 'are']
  const colour = look['matrix-score'] === 'best' ? 'best score' : 'number'
  return [
    'The number beside a technique counts the capabilities that are mapped to it, and links to its page.',
    `The colour repeats the ${colour}.`,
    'The number beside a tactic counts those of its techniques that are mapped.',
    ...(outside === 0 ? [] : [`Not shown: ${countNoun(outside, 'technique')} that this release does not have; see By technique.`]),
    ...(newer.length === 0 ? [] : [`Not shown: ${subject} (${rows}) that ${verb} not in the index; see By technique.`]),
  ].join(' ')
}

function legendCells({ techniques }: SetCoverage | UnionCoverage, paint: TechniquePaint): readonly GridCell[] {
  const used = new Set(techniques.map(({ state }) => state)).add('not-mentioned')
  const states = stateWords.filter(({ state }) => used.has(state))
  return [
    { kind: 'key', value: 'Legend' },
    ...paint.legend.map(({ label, color }): GridCell => ({ kind: 'key', value: label, fill: color })),
    ...states.map(({ word, fill }): GridCell => ({ kind: 'key', value: word, ...(fill !== undefined && { fill }) })),
  ]
}

function headingCells({ tactic, counts }: MatrixColumn, clean: Clean): Pair {
  const text = `${nameTactic(tactic)}\n${countNoun(counts.all.attack, 'technique')}`
  const link = tactic && tacticPage(tactic.id)
  return [
    { kind: 'heading', value: clean(text) },
    { kind: 'heading', value: counts.all.mapped, ...(link !== undefined && { link }) },
  ]
}

function columnCells({ entries }: MatrixColumn, pairOf: PairOf): readonly Pair[] {
  const pairs: Pair[] = []
  for (const { technique, subTechniques } of entries) {
    pairs.push(pairOf(technique, technique.isSubTechnique ? 'inner' : 'entry'))
    for (const subTechnique of subTechniques) pairs.push(pairOf(subTechnique, 'inner'))
  }
  return pairs
}

function techniqueCells(
  technique: TechniqueCoverage, kind: 'entry' | 'inner', { label, page: link }: TechniqueTexts, paint: TechniquePaint, clean: Clean,
): Pair {
  const fill = paint.fills.get(technique.id)
  const word = describeTechnique(technique, paint)
  const look = fill === undefined ? {} : { fill }
  return [
    { kind, value: clean(word === undefined ? label : `${label} · ${word}`), ...look },
    { kind: 'count', value: technique.capabilities.length, ...look, ...(link !== undefined && { link }) },
  ]
}
