import { cellHeight, indent, lineHeight, padding, type FittedCell } from './fit-cells.js'
import type { Area, LaidTactic, MatrixLayout } from './lay-out-matrix.js'
import { measureText } from './measure-text.js'
import { round, type PictureCell } from './picture.js'
import { createText } from './place-text.js'

const headingFill = '#333f48'
const baseLine = 0.93

/** The headings and cells of a matrix, at their places. */
export function drawMatrix(layout: MatrixLayout, { y }: Area): readonly PictureCell[] {
  return layout.tactics.flatMap((tactic) => [
    drawHeading(tactic, layout, y),
    ...drawColumns(tactic, layout, y + layout.headingHeight),
  ])
}

function drawHeading(
  { tactic, x, width, heading }: LaidTactic, { size, headingSize, headingHeight }: MatrixLayout, y: number,
): PictureCell {
  const textX = x + padding * size
  const lineAt = (line: number): number => y + padding * size + (baseLine + line * lineHeight) * headingSize
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
  { x, columns }: LaidTactic, { size, columnWidth, columnGap }: MatrixLayout, top: number,
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
  const lineAt = (line: number): number => y + (padding * 0.7 + baseLine + line * lineHeight) * size
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
