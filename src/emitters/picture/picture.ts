import type { Weight } from './measure-text.js'
import type { PageSize } from './page-size.js'

/** A line of text. `x` is its left end, `y` its base line, `width` what it takes at most. */
export interface PictureText {
  readonly text: string
  readonly x: number
  readonly y: number
  readonly size: number
  readonly weight: Weight
  readonly color: string
  readonly width: number
}

/** A rectangle. */
export interface PictureBox {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly fill: string
  readonly stroke?: string
}

/** A box with its texts: a technique, a tactic's heading, an item of the legend. */
export interface PictureCell extends PictureBox {
  readonly kind: 'technique' | 'sub-technique' | 'tactic' | 'legend'
  /** The ATT&CK id of a technique or tactic. */
  readonly id?: string
  /** All that the cell tells, for tooltips and screen readers. */
  readonly title: string
  readonly texts: readonly PictureText[]
}

/**
 * A matrix as a picture before it is drawn: schemas/matrix-picture.schema.json. Lengths are in the units of the page; nothing
 * reaches beyond the page, and no text beyond its cell.
 */
export interface Picture {
  readonly size: PageSize['name']
  readonly width: number
  readonly height: number
  readonly printedWidth: string
  readonly printedHeight: string
  readonly title: string
  readonly description: string
  readonly texts: readonly PictureText[]
  readonly cells: readonly PictureCell[]
}

/** Two decimals are more than anyone sees. */
export function round(length: number): number {
  return Math.round(length * 100) / 100
}
