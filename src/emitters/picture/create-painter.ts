import type { Coverage, TechniqueCoverage } from '../../coverage/coverage.js'
import type { MappedRow } from '../../model/mapping.js'
import { colourAt, type LegendItem, paintScores, readableOn, scoreRows } from '../matrix/score-rows.js'
import type { PictureOptions } from './picture-options.js'

/** What a technique looks like: the number on it, and colours (#rrggbb). */
interface CellPaint {
  readonly mark: string
  readonly fill: string
  readonly stroke?: string
  readonly color: string
}

/** Says what techniques look like, and what that means. */
export interface Painter extends Pick<TextCleaner, 'clean'> {
  /** As asked for, save that mappings without score values are counted. */
  readonly score: PictureOptions['matrix-score']
  readonly legend: readonly (LegendItem & CellPaint)[]
  paint(technique: TechniqueCoverage): CellPaint
}

// Numbers and marks say what colours say, for those who don't see them.
const blank: CellPaint = { mark: '', fill: '#ffffff', stroke: '#c4c4c4', color: '#595959' }
const unmappable: CellPaint = { ...blank, mark: '×' }
const unscored: CellPaint = { mark: '•', fill: '#e4e4e4', color: '#000000' }

/** A painter for what mapping sets cover together. `rows` are those that count. */
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
// Marks that turn the text after them round (UAX 9): a picture has nothing that would need them.
const turning = /[\u202a-\u202e\u2066-\u2069]/g

/** A text that is on one line, and how it had to be changed; see `createTextCleaner`. */
export interface TextCleaner {
  /** The text without what a picture can't hold. */
  readonly clean: (text: string) => string
  /** How many texts were changed so far. */
  readonly changed: () => number
}

/** Cleans texts of documents for a picture, and counts those that had to be changed, save for their white space. */
export function createTextCleaner(): TextCleaner {
  const changed = new Set<string>()
  return {
    clean(text) {
      const spaced = text.replaceAll(/\s+/g, ' ').trim()
      const clean = spaced.replaceAll(illegal, '\ufffd').replaceAll(turning, '')
      if (clean !== spaced) changed.add(text)
      return clean === '' ? '\ufffd' : clean
    },
    changed: () => changed.size,
  }
}
