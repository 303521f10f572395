import { measureText } from '../../src/emitters/picture/measure-text.js'
import type { Picture, PictureBox, PictureText } from '../../src/emitters/picture/picture.js'

// Lengths are rounded to two decimals.
const slack = 0.03
// How far letters reach above and below their base line in DejaVu Sans: capitals, and "g".
const [above, below] = [0.73, 0.24]

/** What of a picture lies where it should not: texts beyond their cells, cells beyond the page or upon each other. */
export function findOverflows(picture: Picture): readonly string[] {
  const page = { x: 0, y: 0, width: picture.width, height: picture.height }
  const lines = [...picture.texts, ...picture.cells.flatMap(({ texts }) => texts)]
  return [
    ...lines.filter((text) => measureText(text.text, text.size, text.weight) > text.width + slack).map(({ text }) => `${text} is wider than said`),
    ...[...lines.map(boxOf), ...picture.cells].filter((box) => !contains(page, box)).map((box) => `${describe(box)} is not on the page`),
    ...picture.cells.filter(({ kind }) => kind !== 'legend').flatMap((cell) => [
      ...cell.texts.filter((text) => !contains(cell, boxOf(text))).map(({ text }) => `${text} is not in the cell of ${cell.title}`),
      ...findClashes(cell.texts.map(boxOf), slack).map((clash) => `${cell.title}: texts overlap: ${clash}`),
    ]),
    ...findClashes([...boxesOf(picture), ...picture.texts.map(boxOf)], slack),
  ]
}

/** Cells, and items of the legend with their labels. */
function boxesOf({ cells }: Picture): readonly PictureBox[] {
  return cells.map((cell) => (cell.kind === 'legend' ? unite([cell, ...cell.texts.map(boxOf)]) : cell))
}

function unite(boxes: readonly PictureBox[]): PictureBox {
  const [x, y] = [Math.min(...boxes.map((box) => box.x)), Math.min(...boxes.map((box) => box.y))]
  const width = Math.max(...boxes.map((box) => box.x + box.width)) - x
  return { x, y, width, height: Math.max(...boxes.map((box) => box.y + box.height)) - y, fill: '' }
}

function boxOf({ x, y, size, width }: PictureText): PictureBox {
  return { x, y: y - above * size, width, height: (above + below) * size, fill: '' }
}

function contains(outer: Omit<PictureBox, 'fill'>, inner: PictureBox): boolean {
  return inner.x >= outer.x - slack && inner.y >= outer.y - slack
    && inner.x + inner.width <= outer.x + outer.width + slack && inner.y + inner.height <= outer.y + outer.height + slack
}

/** Pairs of boxes that lie upon each other. */
function findClashes(boxes: readonly PictureBox[], tolerance: number): readonly string[] {
  const sorted = boxes.toSorted((a, b) => a.x - b.x)
  return sorted.flatMap((a, index) => {
    const clashes: string[] = []
    for (const b of sorted.slice(index + 1)) {
      if (b.x >= a.x + a.width - tolerance) break
      if (b.y < a.y + a.height - tolerance && a.y < b.y + b.height - tolerance) clashes.push(`${describe(a)} and ${describe(b)} overlap`)
    }
    return clashes
  })
}

function describe(box: PictureBox): string {
  const title = 'title' in box ? String(box.title) : 'a box'
  return `${title} (${box.x}, ${box.y}, ${box.width} by ${box.height})`
}
