import { countNoun } from '../../diagnostics/count-noun.js'
import type { PaletteName } from './matrix-options.js'
import { palettes } from './palettes.js'
import { valueWeights, type ScoreKind } from './score-rows.js'

const legendSteps = 4

/** Colours from `minValue` to `maxValue`, evenly spread; `minValue` is below `maxValue`. */
export interface Gradient {
  readonly colors: readonly string[]
  readonly minValue: number
  readonly maxValue: number
}

/** What a colour means. */
export interface LegendItem {
  readonly label: string
  readonly color: string
}

/** What the colours of a matrix mean. */
export interface Paint {
  readonly gradient: Gradient
  readonly legendItems: readonly LegendItem[]
}

/**
 * Spreads a palette over the scores of the cells that are kept, and of no others. `minValue` is always below `maxValue`:
 * Navigator gives every cell the last colour otherwise, and fails without both. `best` has the same three colours in
 * every layer, so that they can be compared.
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
