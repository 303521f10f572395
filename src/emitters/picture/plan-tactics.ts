import type { TechniqueCoverage } from '../../coverage/coverage.js'
import { type MatrixColumn, type MatrixEntry, nameTactic } from '../../coverage/matrix.js'
import { listBestScores } from '../../coverage/row-state.js'
import { countNoun } from '../../diagnostics/counts-in-words.js'
import type { Painter } from './create-painter.js'
import type { PictureOptions } from './picture-options.js'
import type { PictureCell } from './picture.js'

/** A cell without a position. */
export interface PlannedCell extends Pick<PictureCell, 'id' | 'title' | 'fill' | 'stroke'> {
  readonly kind: 'technique' | 'sub-technique'
  readonly name: string
  /** The number or mark at its right end. */
  readonly mark: string
  readonly color: string
}

/** A tactic, and its cells from top to bottom. */
export interface PlannedTactic {
  readonly id?: string
  readonly name: string
  /** "12 of 44". */
  readonly counts: string
  readonly cells: readonly PlannedCell[]
}

/** The part of a matrix that is shown. */
export interface Choice {
  readonly subTechniques: PictureOptions['picture-sub-techniques']
  readonly techniques: PictureOptions['picture-techniques']
  /** Whether names are preceded by ids. */
  readonly ids: boolean
}

/** Lists the cells of each tactic. Tactics without a cell are kept, to show that nothing is mapped there. */
export function planTactics(matrix: readonly MatrixColumn[], painter: Painter, choice: Choice): readonly PlannedTactic[] {
  return matrix.map(({ tactic, entries, counts }) => ({
    ...(tactic && { id: painter.clean(tactic.id) }),
    name: painter.clean(nameTactic(tactic)),
    counts: `${counts.techniques.mapped} of ${counts.techniques.attack}`,
    cells: entries.flatMap((entry) => planEntry(entry, painter, choice)),
  }))
}

function planEntry({ technique, subTechniques }: MatrixEntry, painter: Painter, choice: Choice): readonly PlannedCell[] {
  const shown = subTechniques.filter((sub) => isShown(sub, choice))
  const hidden = subTechniques.filter((sub) => sub.state === 'mapped' && !shown.includes(sub)).length
  const isEmpty = technique.state !== 'mapped' && shown.length === 0 && hidden === 0
  if (choice.techniques === 'mapped' && isEmpty) return []
  return [
    planCell(technique, technique.id, hidden, painter, choice),
    ...shown.map((sub): PlannedCell => ({
      ...planCell(sub, sub.id.slice(sub.id.indexOf('.')), 0, painter, choice), kind: 'sub-technique',
    })),
  ]
}

function isShown({ state }: TechniqueCoverage, { subTechniques, techniques }: Choice): boolean {
  if (subTechniques === 'none') return false
  if (state === 'mapped') return true
  if (techniques === 'mapped') return false
  return subTechniques === 'all' || state === 'unmappable'
}

function planCell(technique: TechniqueCoverage, id: string, hidden: number, painter: Painter, { ids }: Choice): PlannedCell {
  const { mark, ...paint } = painter.paint(technique)
  const name = painter.clean(technique.name)
  return {
    kind: 'technique',
    id: technique.id,
    name: ids ? `${id} ${name}` : name,
    mark: [mark, ...(hidden > 0 ? [`+${hidden}`] : [])].filter((part) => part !== '').join(' '),
    title: describeTechnique(technique, name, hidden),
    ...paint,
  }
}

/** The content of a cell in words: "T1190 Exploit Public-Facing Application: 2 capabilities; detect: partial". */
function describeTechnique(technique: TechniqueCoverage, name: string, hidden: number): string {
  const { id, state, capabilities } = technique
  // Other categories than CTID's could be text of any length.
  const scores = listBestScores(technique.best).filter((score) => knownScore.test(score))
  const parts = [
    state === 'mapped' ? [countNoun(capabilities.length, 'capability'), ...scores].join('; ') : stateNames[state],
    ...(hidden > 0 ? [`${countNoun(hidden, 'sub-technique')} mapped`] : []),
  ]
  return `${id} ${name}: ${parts.join('; ')}`
}

const knownScore = /^(?:protect|detect|respond): (?:minimal|partial|significant)$/

/** Names of states. Pictures have no threshold, so `below-threshold` and `unscored` do not occur. */
const stateNames: Readonly<Record<Exclude<TechniqueCoverage['state'], 'mapped'>, string>> = {
  'below-threshold': 'not mapped',
  'unscored': 'not mapped',
  'unmappable': 'declared unmappable',
  'named': 'not mapped',
  'not-mentioned': 'not mapped',
}
