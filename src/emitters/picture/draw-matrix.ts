import type { Painter } from './create-painter.js'
import { cellHeight, type FittedCell, indent, lineHeight, padding } from './fit-cells.js'
import type { Area, PlacedTactic, MatrixLayout } from './lay-out-matrix.js'
import { measureText, type Weight, wrapText } from './measure-text.js'
import type { PageSize } from './picture-options.js'
import { type PictureCell, type PictureText, round } from './picture.js'

const headingFill = '#333f48'
const cellAscent = 0.93

/** The headings and cells of a matrix. */
export function drawMatrix(layout: MatrixLayout, { y }: Area): readonly PictureCell[] {
  return layout.tactics.flatMap((tactic) => [
    drawHeading(tactic, layout, y),
    ...drawColumns(tactic, layout, y + layout.headingHeight),
  ])
}

function drawHeading(
  { tactic, x, width, heading }: PlacedTactic, { size, headingSize, headingHeight }: MatrixLayout, y: number,
): PictureCell {
  const textX = x + padding * size
  const lineAt = (line: number): number => y + padding * size + (cellAscent + line * lineHeight) * headingSize
  const names = heading.map((line, index) => createText(line, textX, lineAt(index), headingSize, 'bold', '#ffffff'))
  const countsY = y + headingHeight - 2.4 * padding * size
  const countsFit = measureText(tactic.counts, size) <= width - 2 * padding * size
  return {
    kind: 'tactic',
    ...(tactic.id !== undefined && { id: tactic.id }),
    title: `${tactic.name}: ${tactic.counts} techniques mapped`,
    x: round(x), y: round(y), width: round(width), height: round(headingHeight - padding * size), fill: headingFill,
    texts: countsFit ? [...names, createText(tactic.counts, textX, countsY, size, 'regular', '#ffffff')] : names,
  }
}

function drawColumns(
  { x, columns }: PlacedTactic, { size, columnWidth, columnGap }: MatrixLayout, top: number,
): readonly PictureCell[] {
  return columns.flatMap((column, index) => {
    const left = x + index * (columnWidth + columnGap)
    let y = top
    return column.map((fitted) => {
      const drawn = drawCell(fitted, left, y, columnWidth, size)
      y += fitted.height
      return drawn
    })
  })
}

function drawCell({ cell, lines }: FittedCell, left: number, y: number, columnWidth: number, size: number): PictureCell {
  const { name: _, mark, color, ...rest } = cell
  const shift = cell.kind === 'sub-technique' ? indent * size : 0
  const [x, width] = [left + shift, columnWidth - shift]
  const lineAt = (line: number): number => y + (padding * 0.7 + cellAscent + line * lineHeight) * size
  const markX = x + width - padding * size - measureText(mark, size, 'bold')
  return {
    ...rest,
    x: round(x), y: round(y), width: round(width), height: round(cellHeight(lines.length, size)),
    texts: [
      ...lines.map((line, index) => createText(line, x + padding * size, lineAt(index), size, 'regular', color)),
      ...(mark === '' ? [] : [createText(mark, markX, lineAt(0), size, 'bold', color)]),
    ],
  }
}

/** The legend in rows from left to right, and its lower end. */
export function drawLegend(items: Painter['legend'], { base, width }: PageSize, left: number, top: number): {
  readonly cells: readonly PictureCell[]
  readonly end: number
} {
  const [swatchWidth, swatchHeight, rowHeight] = [base * 1.7, base * 1.15, base * 1.6]
  const size = base * 0.9
  const cells: PictureCell[] = []
  let [x, y] = [left, top]
  for (const { label, mark, fill, stroke, color } of items) {
    const taken = swatchWidth + base * 0.45 + measureText(label, size)
    if (x > left && x + taken > width - left) [x, y] = [left, y + rowHeight]
    const baseline = y + swatchHeight * 0.79
    const markX = x + (swatchWidth - measureText(mark, size, 'bold')) / 2
    cells.push({
      kind: 'legend', title: label,
      x: round(x), y: round(y), width: round(swatchWidth), height: round(swatchHeight),
      fill, ...(stroke !== undefined && { stroke }),
      texts: [
        ...(mark === '' ? [] : [createText(mark, markX, baseline, size, 'bold', color)]),
        createText(label, x + swatchWidth + base * 0.45, baseline, size, 'regular', '#222222'),
      ],
    })
    x += taken + base * 1.5
  }
  return { cells, end: y + swatchHeight }
}

/** The position, size and space of a text. */
interface TextPlace {
  readonly x: number
  /** The top of its first line. */
  readonly y: number
  readonly size: number
  readonly weight?: Weight
  readonly color: string
  readonly room: number
  readonly mostLines?: number
}

const leading = 1.3
/** From the top of a line to its baseline, relative to the font size. */
const ascent = 0.95

/** The lines of a text, wrapped to the width `room`, and its lower end. */
export function placeText(text: string, { x, y, size, weight = 'regular', color, room, mostLines = 1 }: TextPlace): {
  readonly texts: readonly PictureText[]
  readonly end: number
} {
  const { lines } = wrapText(text, { size, weight, width: room, first: room, mostLines })
  const texts = lines.map((line, index) => createText(line, x, y + (index * leading + ascent) * size, size, weight, color))
  return { texts, end: y + lines.length * leading * size }
}

/** A line of text with its baseline at `y`. */
function createText(text: string, x: number, y: number, size: number, weight: Weight, color: string): PictureText {
  // Rounded down: never larger than laid out.
  const drawn = Math.floor(size * 100) / 100
  return { text, x: round(x), y: round(y), size: drawn, weight, color, width: round(measureText(text, drawn, weight)) }
}
