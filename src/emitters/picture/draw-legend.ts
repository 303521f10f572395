import { measureText } from './measure-text.js'
import type { Painter } from './create-painter.js'
import type { PageSize } from './page-size.js'
import { round, type PictureCell } from './picture.js'
import { createText } from './place-text.js'

/** What colours and marks mean, in rows from left to right; and where they end. */
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
    const baseLine = y + swatchHeight * 0.79
    const markX = x + (swatchWidth - measureText(mark, size, 'bold')) / 2
    cells.push({
      kind: 'legend', title: label,
      x: round(x), y: round(y), width: round(swatchWidth), height: round(swatchHeight),
      fill, ...(stroke !== undefined && { stroke }),
      texts: [
        ...(mark === '' ? [] : [createText(mark, markX, baseLine, size, 'bold', color)]),
        createText(label, x + swatchWidth + base * 0.45, baseLine, size, 'regular', '#222222'),
      ],
    })
    x += taken + base * 1.5
  }
  return { cells, end: y + swatchHeight }
}
