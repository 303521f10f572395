import type { Weight } from './measure-text.js'
import type { PageSize } from './picture-options.js'

/** A line of text. `x` is its left end, `y` its baseline, `width` its greatest width. */
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
  /** The content of the cell in words, for tooltips and screen readers. */
  readonly title: string
  readonly texts: readonly PictureText[]
}

/**
 * A matrix as a picture before it is drawn. Lengths are in the units of the page; nothing extends beyond the page, and no text beyond its
 * cell. Schema: schemas/matrix-picture.schema.json.
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

/** Rounds a length to two decimal places. */
export function round(length: number): number {
  return Math.round(length * 100) / 100
}

/**
 * Draws a picture as SVG 1.1: rectangles and selectable text. It has no script, no style sheet and no external resource, so that all
 * viewers show the same.
 */
export function renderSvg(picture: Picture): string {
  const { width, height, printedWidth, printedHeight, title, description, texts, cells } = picture
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<svg xmlns="http://www.w3.org/2000/svg" width="${printedWidth}" height="${printedHeight}" viewBox="0 0 ${width} ${height}"`
    + ' role="img" font-family="\'DejaVu Sans\', Verdana, sans-serif">',
    `<title>${escapeXml(title)}</title>`,
    `<desc>${escapeXml(description)}</desc>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    ...texts.map(drawText),
    ...cells.map(drawCell),
    '</svg>',
    '',
  ].join('\n')
}

function drawCell({ title, x, y, width, height, fill, stroke, texts }: PictureCell): string {
  // A stroke extends half its width beyond its rectangle: drawn that much smaller, it is inside.
  const box = stroke === undefined
    ? `x="${x}" y="${y}" width="${width}" height="${height}" fill="${fill}"`
    : `x="${round(x + 0.25)}" y="${round(y + 0.25)}" width="${round(width - 0.5)}" height="${round(height - 0.5)}" fill="${fill}"`
    + ` stroke="${stroke}" stroke-width="0.5"`
  return `<g><title>${escapeXml(title)}</title><rect ${box}/>${texts.map(drawText).join('')}</g>`
}

function drawText({ text, x, y, size, weight, color }: PictureText): string {
  const bold = weight === 'bold' ? ' font-weight="700"' : ''
  return `<text x="${x}" y="${y}" font-size="${size}" fill="${color}"${bold}>${escapeXml(text)}</text>`
}

function escapeXml(text: string): string {
  return text.replaceAll(/[&<>"]/g, (character) => escapes.get(character) ?? character)
}

const escapes: ReadonlyMap<string, string> = new Map([['&', '&amp;'], ['<', '&lt;'], ['>', '&gt;'], ['"', '&quot;']])
