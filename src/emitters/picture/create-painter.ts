import type { Coverage, TechniqueCoverage } from '../../coverage/coverage.js'
import type { MappedRow } from '../../model/mapping.js'
import { colourAt, type LegendItem, paintScores, readableOn, scoreRows } from '../matrix/score-rows.js'
import type { PictureOptions } from './picture-options.js'

/** The look of a technique's cell: its number or mark, and its colours (#rrggbb). */
interface CellPaint {
  readonly mark: string
  readonly fill: string
  readonly stroke?: string
  readonly color: string
}

/** Chooses the look of cells, and explains it. */
export interface Painter extends Pick<TextCleaner, 'clean'> {
  /** The requested score; `count` if no row has a score value. */
  readonly score: PictureOptions['matrix-score']
  readonly legend: readonly (LegendItem & CellPaint)[]
  paint(technique: TechniqueCoverage): CellPaint
}

// Numbers and marks convey what colours do, for readers who cannot distinguish these.
const blank: CellPaint = { mark: '', fill: '#ffffff', stroke: '#c4c4c4', color: '#595959' }
const unmappable: CellPaint = { ...blank, mark: '×' }
const unscored: CellPaint = { mark: '•', fill: '#e4e4e4', color: '#000000' }

/** Creates the painter of the coverage of one or more sets. `rows` are the rows that count. */
export function createPainter(
  { techniques }: Coverage, rows: readonly MappedRow[], options: PictureOptions, { clean }: TextCleaner,
): Painter {
  const best = scoreBest(rows)
  const score = best.size > 0 ? options['matrix-score'] : 'count'
  const scoreOf = ({ id, capabilities }: TechniqueCoverage): number | undefined =>
    (score === 'best' ? best.get(id) : capabilities.length)
  const mapped = techniques.filter(({ state }) => state === 'mapped')
  const { gradient, legendItems } = paintScores(mapped.flatMap((technique) => scoreOf(technique) ?? []), score, options.palette)
  const paintScore = (value: number): CellPaint => {
    const fill = colourAt(gradient, value)
    return { mark: String(value), fill, color: readableOn(fill) }
  }
  const has = (state: TechniqueCoverage['state']): boolean => techniques.some((technique) => technique.state === state)
  return {
    clean,
    score,
    legend: [
      ...legendItems.map((item) => ({ ...item, mark: '', fill: item.color, color: readableOn(item.color) })),
      ...(mapped.some((technique) => scoreOf(technique) === undefined) ? [{ label: 'Mapped, no score', ...unscored }] : []),
      ...(has('unmappable') ? [{ label: 'Declared unmappable', ...unmappable }] : []),
      { label: 'Not mapped', ...blank },
    ],
    paint(technique) {
      if (technique.state === 'unmappable') return unmappable
      if (technique.state !== 'mapped') return blank
      const value = scoreOf(technique)
      return value === undefined ? unscored : paintScore(value)
    },
  }
}

/** The best score value of each technique that has one. */
function scoreBest(rows: readonly MappedRow[]): ReadonlyMap<string, number> {
  const best = new Map<string, number>()
  for (const row of rows) {
    const value = scoreRows([row], 'best')
    if (value !== undefined) best.set(row.technique.id, Math.max(value, best.get(row.technique.id) ?? 0))
  }
  return best
}

// Characters that XML 1.0 forbids (section 2.2, "Char"), other controls, halves of surrogate pairs, and noncharacters.
const illegal = /[\p{Cc}\p{Cs}\ufffe\uffff]/gu
// Bidirectional embeddings, overrides and isolates (UAX 9), which the one-line texts of a picture do not need.
const bidiControls = /[\u202a-\u202e\u2066-\u2069]/g

/** Cleans texts of documents; see `createTextCleaner`. */
export interface TextCleaner {
  /** The text on one line, without characters that a picture cannot contain. */
  readonly clean: (text: string) => string
  /** The number of texts changed so far. */
  readonly changed: () => number
}

/** Creates a cleaner, which also counts the texts that it changes; changes of white space do not count. */
export function createTextCleaner(): TextCleaner {
  const changed = new Set<string>()
  return {
    clean(text) {
      const spaced = text.replaceAll(/\s+/g, ' ').trim()
      const clean = spaced.replaceAll(illegal, '\ufffd').replaceAll(bidiControls, '')
      if (clean !== spaced) changed.add(text)
      return clean === '' ? '\ufffd' : clean
    },
    changed: () => changed.size,
  }
}
