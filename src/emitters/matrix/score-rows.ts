import { countNoun } from '../../diagnostics/counts-in-words.js'
import type { MappedRow } from '../../model/mapping.js'
import { scoreCategories, scoreValues } from '../../model/vocabulary.js'
import type { PaletteName } from './matrix-options.js'

/** How the score of a technique is computed; see `scoreRows`. */
type ScoreKind = 'count' | 'best' | 'weighted'

/**
 * The score of a technique, from its rows. `count`: the number of capabilities; `best`: the best score value, 1 to 3; `weighted`: the sum
 * of the best values of its capabilities. Undefined if `best` or `weighted` find no score value: the cell has no colour then.
 */
export function scoreRows(rows: readonly MappedRow[], how: ScoreKind): number | undefined {
  const best = new Map<string, number | undefined>()
  for (const row of rows) {
    const known = best.get(row.capability.id)
    const weight = weighRow(row)
    best.set(row.capability.id, known === undefined || (weight ?? 0) > known ? weight : known)
  }
  if (how === 'count') return best.size
  const weights = [...best.values()].filter((weight) => weight !== undefined)
  if (weights.length === 0) return undefined
  return how === 'best' ? weights.reduce((a, b) => Math.max(a, b)) : weights.reduce((a, b) => a + b)
}

const categories: readonly string[] = scoreCategories

/** A number that sorts rows for people: protect, detect, respond, other categories; in each, the best value first. */
export function rankBearing(row: MappedRow): number {
  const category = categories.indexOf(row.score?.category?.toLowerCase() ?? '')
  return (category === -1 ? categories.length : category) * 4 - (weighRow(row) ?? 0)
}

/** The score value of a row as a number, 1 to 3; undefined if it has none of CTID's three values. */
export function weighRow(row: MappedRow): number | undefined {
  return row.score?.value === undefined ? undefined : valueWeights.get(row.score.value.toLowerCase())
}

/** CTID's three score values as numbers, 1 to 3. */
export const valueWeights: ReadonlyMap<string, number> = new Map(scoreValues.map((value, rank) => [value, rank + 1]))

/** Colours from `minValue` to `maxValue`, evenly spread; `minValue` is less than `maxValue`. */
export interface Gradient {
  readonly colors: readonly string[]
  readonly minValue: number
  readonly maxValue: number
}

/** A colour, and its meaning. */
export interface LegendItem {
  readonly label: string
  readonly color: string
}

/** The colours of a matrix, and their legend. */
export interface Paint {
  readonly gradient: Gradient
  readonly legendItems: readonly LegendItem[]
}

/**
 * Spreads a palette over the scores of the cells that are shown. `minValue` is always less than `maxValue`: otherwise Navigator gives
 * every cell the last colour; without either, it fails. `best` has the same three colours in every layer, so that layers can be compared.
 */
export function paintScores(scores: readonly number[], how: ScoreKind, palette: PaletteName): Paint {
  const colors = palettes[palette]
  if (scores.length === 0) return { gradient: { colors, minValue: 0, maxValue: 1 }, legendItems: [] }
  const highest = how === 'best' ? 3 : scores.reduce((a, b) => Math.max(a, b))
  const lowest = how === 'best' ? 1 : scores.reduce((a, b) => Math.min(a, b))
  const gradient = { colors, minValue: lowest < highest ? lowest : highest - 1, maxValue: highest }
  const legendItems = legendScores(lowest, highest).map((score) => ({ label: labelScore(score, how), color: colourAt(gradient, score) }))
  return { gradient, legendItems }
}

const legendSteps = 4

function legendScores(lowest: number, highest: number): readonly number[] {
  const steps = Math.min(highest - lowest, legendSteps)
  if (steps === 0) return [highest]
  return Array.from({ length: steps + 1 }, (_, step) => Math.round(lowest + ((highest - lowest) * step) / steps))
}

function labelScore(score: number, how: ScoreKind): string {
  if (how === 'count') return countNoun(score, 'capability')
  if (how === 'weighted') return `Weight ${score}`
  const [value = 'mapped'] = Array.from(valueWeights).find(([, weight]) => weight === score) ?? []
  return `${value.charAt(0).toUpperCase()}${value.slice(1)} (${score})`
}

/** The colour that Navigator paints for a score: linear in RGB between neighbouring colours. */
export function colourAt({ colors, minValue, maxValue }: Gradient, score: number): string {
  const position = ((score - minValue) / (maxValue - minValue)) * (colors.length - 1)
  const before = Math.min(Math.floor(position), colors.length - 2)
  const from = readChannels(colors[before])
  const to = readChannels(colors[before + 1])
  const mixed = from.map((channel, index) => Math.round(channel + ((to[index] ?? channel) - channel) * (position - before)))
  return `#${mixed.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`
}

function readChannels(colour = '#000000'): readonly number[] {
  return [1, 3, 5].map((start) => Number.parseInt(colour.slice(start, start + 2), 16))
}

/**
 * From low to high, each colour darker than the one before, so that lightness alone shows the order: safe for any kind of colour
 * blindness, and in grey print. No colour is near white, the colour of cells without a score. Blue and orange are ColorBrewer's; viridis
 * and cividis are matplotlib's, reversed.
 */
export const palettes: Readonly<Record<PaletteName, readonly string[]>> = {
  blue: ['#c6dbef', '#6baed6', '#2171b5', '#08306b'],
  orange: ['#fdd0a2', '#fd8d3c', '#d94801', '#7f2704'],
  viridis: ['#fde725', '#5ec962', '#21918c', '#3b528b', '#440154'],
  cividis: ['#fde737', '#bbaf71', '#7d7c78', '#434e6c', '#00224e'],
}

/** Text colours for light and for dark backgrounds. */
const inks = ['#000000', '#ffffff'] as const

/**
 * Black or white, whichever has the higher contrast with a colour ("#08306b"). It is at least 4.58 for any colour; WCAG 2.1 requires 4.5
 * (success criterion 1.4.3).
 */
export function readableOn(colour: string): (typeof inks)[number] {
  return contrast(colour, inks[0]) >= contrast(colour, inks[1]) ? inks[0] : inks[1]
}

/** The contrast ratio of two colours, from 1 to 21 (WCAG 2.1, "contrast ratio"). */
export function contrast(a: string, b: string): number {
  const [first, second] = [luminance(a), luminance(b)]
  return (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05)
}

/** The relative luminance of a colour (WCAG 2.1, "relative luminance"). */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const channel = Number.parseInt(colour.slice(start, start + 2), 16) / 255
    return channel <= 0.039_28 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
