import type { AttackTactic } from '../../attack/attack-index.js'
import { tacticPage, techniquePage } from '../../attack/attack-page.js'
import { releaseName } from '../../attack/release-name.js'
import { buildMatrix, type MatrixColumn } from '../../coverage/build-matrix.js'
import type { SetCoverage, TechniqueCoverage, UnionCoverage } from '../../coverage/coverage.js'
import type { CoverageScope } from '../../coverage/coverage-scope.js'
import { nameTactic } from '../../coverage/name-tactic.js'
import type { CellTexts } from '../table/cell-text.js'
import { setsTitle } from '../table/set-title.js'
import { describeTechnique, paintTechniques, stateWords, type MatrixLook, type TechniquePaint } from './paint-techniques.js'
import type { GridCell, GridSheet } from './workbook.js'

type Clean = (text: string) => string

const columnWidth = 21
const frozenRows = 4

/** The ATT&CK matrix of each domain as ATT&CK shows it, every technique with the number of capabilities that are mapped to it. */
export function matrixSheets(shown: readonly CoverageScope[], look: MatrixLook, texts: CellTexts): readonly GridSheet[] {
  return shown.map(({ coverage }) => {
    const name = shown.length > 1 ? `Matrix ${domainTitles[coverage.domain]}` : 'Matrix'
    return matrixSheet(name, coverage, look, (text) => texts.clean(text, name))
  })
}

const domainTitles = { enterprise: 'Enterprise', mobile: 'Mobile', ics: 'ICS' } as const

function matrixSheet(name: string, coverage: SetCoverage | UnionCoverage, look: MatrixLook, clean: Clean): GridSheet {
  const paint = paintTechniques(coverage, look)
  const columns = buildMatrix(coverage)
  const legend = legendCells(coverage, paint)
  const cells = columns.map((column) => columnCells(column, paint, clean))
  const height = cells.reduce((tallest, column) => Math.max(tallest, column.length), 0)
  return {
    layout: 'grid',
    name,
    widths: Array.from({ length: Math.max(columns.length, legend.length) }, () => columnWidth),
    frozenRows,
    rows: [
      [{ kind: 'title', text: clean(describeMatrix(coverage)) }],
      [{ kind: 'note', text: explain(coverage, look) }],
      legend,
      columns.map(({ tactic, counts }) => headingCell(tactic, `${counts.all.mapped} of ${counts.all.attack}`, clean)),
      ...Array.from({ length: height }, (_, row) => cells.map((column) => column[row] ?? null)),
    ],
  }
}

function describeMatrix(coverage: SetCoverage | UnionCoverage): string {
  const sets = 'of' in coverage ? coverage.of.map(({ set }) => set) : [coverage.set]
  const releases = new Set('of' in coverage ? coverage.of.map(({ release }) => release.version) : [])
  const name = releases.size > 1 ? `${releaseName(coverage.release)} and ${releases.size - 1} older` : releaseName(coverage.release)
  return sets.length === 1 ? `Matrix: ${setsTitle(sets)}` : `Matrix: ${sets.length} mapping sets and ${name}`
}

function explain(coverage: SetCoverage | UnionCoverage, look: MatrixLook): string {
  const outside = new Set(('of' in coverage ? coverage.of : [coverage]).flatMap((set) => set.outside.map(({ id }) => id))).size
  const colour = look['matrix-score'] === 'best' ? 'the best score' : 'that number'
  return [
    `After the id stands how many capabilities are mapped to the technique, and its best score; the colour repeats ${colour}.`,
    'Under a tactic: how many of its techniques are mapped.',
    ...(outside === 0 ? [] : [`${outside} mapped or named ${outside === 1 ? 'technique is' : 'techniques are'} not in this release: see By technique.`]),
  ].join(' ')
}

function legendCells({ techniques }: SetCoverage | UnionCoverage, paint: TechniquePaint): readonly GridCell[] {
  const states = stateWords.filter(({ state }) => state === 'not-mentioned' || techniques.some((technique) => technique.state === state))
  return [
    { kind: 'key', text: 'Legend' },
    ...paint.legend.map(({ label, color }): GridCell => ({ kind: 'key', text: label, fill: color })),
    ...states.map(({ word, fill }): GridCell => ({ kind: 'key', text: word, ...(fill !== undefined && { fill }) })),
  ]
}

function headingCell(tactic: AttackTactic | undefined, counts: string, clean: Clean): GridCell {
  const link = tactic && tacticPage(tactic.id)
  return { kind: 'heading', text: `${clean(nameTactic(tactic))}\n${counts}`, ...(link !== undefined && { link }) }
}

function columnCells({ entries }: MatrixColumn, paint: TechniquePaint, clean: Clean): readonly GridCell[] {
  return entries.flatMap(({ technique, subTechniques }) => [
    techniqueCell(technique, technique.isSubTechnique ? 'inner' : 'entry', paint, clean),
    ...subTechniques.map((subTechnique) => techniqueCell(subTechnique, 'inner', paint, clean)),
  ])
}

function techniqueCell(technique: TechniqueCoverage, kind: 'entry' | 'inner', paint: TechniquePaint, clean: Clean): GridCell {
  const fill = paint.fills.get(technique.id)
  const link = techniquePage(technique.id)
  return {
    kind,
    text: clean(`${technique.name}\n${describeTechnique(technique, paint)}`),
    ...(fill !== undefined && { fill }),
    ...(link !== undefined && { link }),
  }
}
