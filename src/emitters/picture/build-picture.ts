import type { Coverage, SetCoverage } from '../../coverage/coverage.js'
import { buildMatrix, countCoverage, type MatrixColumn } from '../../coverage/matrix.js'
import { countNoun } from '../../diagnostics/counts-in-words.js'
import type { EmitContext } from '../emitter.js'
import { attackTitle, frameworkTitle } from '../table/set-facts.js'
import type { Painter, TextCleaner } from './create-painter.js'
import { drawLegend, drawMatrix, placeText } from './draw-matrix.js'
import { fitCells, headingsHeight } from './fit-cells.js'
import { type Area, columnWidth, layOutMatrix, type MatrixLayout, placeTactics } from './lay-out-matrix.js'
import { type PageSize, pageSizes, type PictureOptions } from './picture-options.js'
import type { Picture } from './picture.js'
import { type Choice, type PlannedTactic, planTactics } from './plan-tactics.js'

const ink = '#1a1a1a'
const faded = '#4d4d4d'

/** A picture, and how much did not fit. */
export interface BuiltPicture extends Pick<ChosenLayout, 'hidden' | 'shortened'> {
  readonly picture: Picture
}

/** Lays out a page: title, facts, legend, the matrix as large as it fits, and notes on what is not shown. */
export function buildPicture(subject: PictureSubject, painter: Painter, options: PictureOptions): BuiltPicture {
  const page = pageSizes[options['picture-size']]
  const { base } = page
  const margin = base * 1.6
  const room = page.width - 2 * margin
  const title = placeText(subject.title, { x: margin, y: margin, size: base * 1.75, weight: 'bold', color: ink, room })
  const facts = placeText(subject.facts.join(' · '), { x: margin, y: title.end, size: base, color: faded, room, mostLines: 2 })
  const legend = drawLegend(painter.legend, page, margin, facts.end + base * 0.35)
  const footTop = page.height - margin - base
  const area = { x: margin, y: legend.end + base * 0.7, width: room, height: footTop - base * 0.5 - legend.end - base * 0.7 }

  const { layout, choice, hidden, shortened } = chooseLayout(buildMatrix(subject.coverage), painter, area, page, options)
  const hasSubTechniques = subject.coverage.techniques.some(({ isSubTechnique, state }) => isSubTechnique && state === 'mapped')
  const notes = [
    ...(hidden.techniques > 0 ? [`no room for ${countNoun(hidden.techniques, 'technique')}`] : []),
    ...(hidden.subTechniques > 0 ? [`no room for ${countNoun(hidden.subTechniques, 'sub-technique')}`] : []),
    ...(choice.subTechniques === 'none' && hasSubTechniques ? ['+n: so many of its sub-techniques are mapped'] : []),
    ...(options['picture-techniques'] === 'mapped' ? ['only mapped techniques are shown'] : []),
    ...(shortened > 0 ? [`${countNoun(shortened, 'name')} shortened`] : []),
    ...subject.notes,
  ]
  const foot = placeText(notes.join(' · '), { x: margin, y: footTop, size: base * 0.8, color: faded, room })
  return {
    hidden,
    shortened,
    picture: {
      size: page.name,
      width: page.width, height: page.height, printedWidth: page.printedWidth, printedHeight: page.printedHeight,
      title: `${subject.title}: ${subject.facts[0] ?? ''}`,
      description: [...subject.facts, ...notes].join('. '),
      texts: [...title.texts, ...facts.texts, ...foot.texts],
      cells: [...legend.cells, ...drawMatrix(layout, area)],
    },
  }
}

/** The content of a picture: the coverage of one or more sets of one domain, and the texts around it. */
interface PictureSubject {
  readonly coverage: Coverage
  readonly title: string
  /** Below the title; the first names the matrix. */
  readonly facts: readonly string[]
  /** At the bottom, after the notes on what is not shown. */
  readonly notes: readonly string[]
}

/** The most sets that the title names. */
const mostNamed = 3

/** Describes the picture of sets. `coverage` is that of all of them together. */
export function describeSubject(
  of: readonly SetCoverage[], coverage: Coverage & Pick<SetCoverage, 'release'>,
  { created, tool }: EmitContext, { clean }: TextCleaner,
): PictureSubject {
  const { all, techniques, subTechniques } = countCoverage(coverage.techniques)
  const rows = of.reduce((sum, { countedRows }) => sum + countedRows.length, 0)
  const capabilities = of.reduce((sum, { countedRows }) =>
    sum + new Set(countedRows.map(({ capability }) => capability.id)).size, 0)
  const date = newest(of.flatMap(({ set: { about } }) => about.modified ?? about.created ?? created ?? []))
  const outside = new Set(of.flatMap((one) => one.outside.map(({ id }) => id))).size
  const isNewer = of.some((one) => one.outside.some(({ reason }) => reason === 'not-in-index'))
  const names = of.map(({ set }) => clean(frameworkTitle(set)))
  return {
    coverage,
    title: names.length > mostNamed ? `${of.length} mapping sets together` : names.join(', '),
    facts: [
      `Mapped to ${clean(attackTitle({ attack: coverage.release }))}${describeStated(of, coverage.release.version, clean)}`,
      [
        `${countNoun(techniques.mapped, 'technique')} of ${techniques.attack}`,
        ...(subTechniques.attack > 0 ? [`${countNoun(subTechniques.mapped, 'sub-technique')} of ${subTechniques.attack}`] : []),
      ].join(' and '),
      `${countNoun(rows, 'mapping')} of ${countNoun(capabilities, 'capability')}`,
      ...(date === undefined ? [] : [`as of ${clean(date)}`]),
      ...(names.length > mostNamed ? [[...new Set(of.map(({ set }) => clean(set.framework.name)))].join(', ')] : []),
    ],
    notes: [
      ...(outside > 0 ? [`${countNoun(outside, 'technique')} of the mappings ${isNewer ? 'not in the index' : 'not active in this release'}`] : []),
      ...(all.attack === 0 ? ['no techniques are known'] : []),
      `${tool.name} ${tool.version}`,
    ],
  }
}

/** The releases that the sets state, if not only the one shown. */
function describeStated(of: readonly SetCoverage[], shown: string, clean: TextCleaner['clean']): string {
  const stated = new Set(of.map(({ set }) => set.attack.version ?? ''))
  if (stated.size === 1 && stated.has(shown)) return ''
  const versions = [...stated].filter((version) => version !== '').map(clean)
  return versions.length === 0 ? ' (release not stated)' : ` (stated: ${versions.join(', ')})`
}

function newest(dates: readonly string[]): string | undefined {
  return dates.toSorted().at(-1)
}

/** A layout, the part of the matrix that it shows, and how much of what was requested does not fit. */
interface ChosenLayout {
  readonly layout: MatrixLayout
  readonly choice: Choice
  /** Cells that were requested but are not shown; a technique of several tactics counts in each. */
  readonly hidden: { readonly techniques: number; readonly subTechniques: number }
  /** Names that end in "…". */
  readonly shortened: number
}

// Ids are shown only if they reduce the size of text by no more than this factor.
const leastWithIds = 0.9
const anyLines = 8

/**
 * The first of these layouts that is legible: everything requested; with shorter names; without sub-techniques; without unmapped
 * techniques. If none is, the mapped techniques that fit.
 */
function chooseLayout(
  matrix: readonly MatrixColumn[], painter: Painter, area: Area, page: PageSize, options: PictureOptions,
): ChosenLayout {
  const { 'picture-sub-techniques': subTechniques, 'picture-techniques': techniques } = options
  const requested: Choice = { subTechniques, techniques, ids: false }
  const withoutSubs: Choice = { ...requested, subTechniques: 'none' }
  const attempts: readonly (readonly [Choice, mostLines: number])[] = [
    [requested, anyLines], [requested, 3], [requested, 2],
    [withoutSubs, anyLines], [withoutSubs, 2],
    [{ ...withoutSubs, techniques: 'mapped' }, 2],
  ]
  const wanted = countCells(planTactics(matrix, painter, requested).map(({ cells }) => cells))
  for (const [choice, mostLines] of attempts) {
    const layout = layOutMatrix(planTactics(matrix, painter, choice), area, page, mostLines)
    if (!layout) continue
    const withIds = { ...choice, ids: true }
    const named = layOutMatrix(planTactics(matrix, painter, withIds), area, page, mostLines)
    return named && named.size >= layout.size * leastWithIds ? describe(named, withIds) : describe(layout, choice)
  }
  const last: Choice = { subTechniques: 'none', techniques: 'mapped', ids: false }
  return describe(cutMatrix(planTactics(matrix, painter, last), area, page), last)

  function describe(layout: MatrixLayout, choice: Choice): ChosenLayout {
    const fitted = layout.tactics.flatMap(({ columns }) => columns.flat())
    const shown = countCells([fitted.map(({ cell }) => cell)])
    return {
      layout,
      choice,
      hidden: { techniques: wanted.techniques - shown.techniques, subTechniques: wanted.subTechniques - shown.subTechniques },
      shortened: fitted.filter((cell) => cell.shortened).length,
    }
  }
}

function countCells(lists: readonly (readonly { readonly kind: string }[])[]): ChosenLayout['hidden'] {
  const cells = lists.flat()
  const subTechniques = cells.filter(({ kind }) => kind === 'sub-technique').length
  return { techniques: cells.length - subTechniques, subTechniques }
}

// The narrowest column of a cut matrix, relative to the font size.
const narrowest = 7

/** The last resort: one line for each technique in the smallest text; what is beyond the page is omitted. */
function cutMatrix(tactics: readonly PlannedTactic[], area: Area, page: PageSize): MatrixLayout {
  const size = page.smallest
  const kept = tactics.filter((_, index) => columnWidth(index + 1, index + 1, size, area) >= narrowest * size)
  const width = columnWidth(kept.length, kept.length, size, area)
  const height = area.height - headingsHeight(kept, width, size)
  const filled = kept.map(({ cells }) => {
    let used = 0
    return [fitCells(cells, width, size, 1).filter((fitted) => (used += fitted.height) <= height)]
  })
  return placeTactics(kept, filled, size, kept.length, area)
}
