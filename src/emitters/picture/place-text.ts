import { measureText, type Weight } from './measure-text.js'
import { round, type PictureText } from './picture.js'
import { wrapText } from './wrap-text.js'

/** Where a text begins, how large it is, and how much room it has. */
export interface TextPlace {
  readonly x: number
  /** The upper end of its first line. */
  readonly y: number
  readonly size: number
  readonly weight?: Weight
  readonly color: string
  readonly room: number
  readonly mostLines?: number
}

const leading = 1.3
/** From the upper end of a line to its base line, and how far letters such as g reach below that, in parts of the text's size. */
const ascent = 0.95

/** The lines of a text below one another, none wider than the room there is, and where they end. */
export function placeText(text: string, { x, y, size, weight = 'regular', color, room, mostLines = 1 }: TextPlace): {
  readonly texts: readonly PictureText[]
  readonly end: number
} {
  const { lines } = wrapText(text, { size, weight, width: room, first: room, mostLines })
  const texts = lines.map((line, index) => createText(line, x, y + (index * leading + ascent) * size, size, weight, color))
  return { texts, end: y + lines.length * leading * size }
}

/** A line of text with its base line at `y`. */
export function createText(text: string, x: number, y: number, size: number, weight: Weight, color: string): PictureText {
  // Rounded down: never larger than what was laid out.
  const drawn = Math.floor(size * 100) / 100
  return { text, x: round(x), y: round(y), size: drawn, weight, color, width: round(measureText(text, drawn, weight)) }
}
