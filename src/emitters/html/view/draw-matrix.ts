import { measureText, wrapText } from '../../picture/measure-text.js'
import type { Picture, PictureCell, PictureText } from '../../picture/picture.js'
import type { ReportData, ReportEntry, ReportMatrix } from '../report-data.js'
import type { CellView } from './matrix-cells.js'

/** The colours of a cell (#rrggbb). */
export interface CellColours {
  readonly fill: string
  readonly color: string
  readonly stroke?: string
}

/** The content of a picture of a matrix: the look of its cells, what they mean, and what is shown. */
export interface DrawnMatrix {
  readonly data: ReportData
  readonly matrix: ReportMatrix
  readonly view: (entry: ReportEntry) => CellView
  readonly colours: (look: string) => CellColours
  readonly legend: readonly (CellView & { readonly meaning: string })[]
  /** The filter in words; undefined if all rows are shown. */
  readonly filter: string | undefined
  /** The techniques that filters leave; undefined for all. */
  readonly only?: ReadonlySet<number> | undefined
}

const [columnWidth, gap, margin, lineHeight] = [128, 6, 24, 13]
const [nameSize, headSize] = [10, 11]
const ink = '#1b2430'

/** Draws a matrix with one column for each tactic, as high as the longest. Sub-techniques are drawn if something maps to them. */
export function drawMatrix(drawn: DrawnMatrix): Picture {
  const { data, matrix } = drawn
  const title = clean(`${data.title}: ${matrix.title}`)
  const description = drawn.filter === undefined ? 'All rows' : clean(`Filtered: ${drawn.filter}`)
  const width = 2 * margin + matrix.tactics.length * (columnWidth + gap) - gap
  const room = width - 2 * margin
  const titles = [
    ...writeLines(title, margin, 42, room, 20, 'bold'),
    ...writeLines(description, margin, 64, room, 12, 'regular'),
  ]
  const legend = drawLegend(drawn, room)
  const columns = matrix.tactics.flatMap(({ name, entries }, index) => {
    const x = margin + index * (columnWidth + gap)
    const { only } = drawn
    const isDrawn = ([sub]: ReportEntry): boolean => (only ? only.has(sub) : drawn.view([sub]).text !== '0')
    const shown = entries.filter((entry) => !only || entry.some((technique) => only.has(technique))).flatMap((entry): readonly ReportEntry[] => [
      entry, ...entry.slice(1).map((sub): ReportEntry => [sub]).filter(isDrawn),
    ])
    const counted = only ? [...new Set(entries.flat())].filter((technique) => only.has(technique)).map((one): ReportEntry => [one]) : entries
    const mapped = counted.filter((entry) => !['0', '\u00d7'].includes(drawn.view(entry).text)).length
    return drawColumn(`${clean(name)}: ${mapped} of ${counted.length}`, shown, x, drawn)
  })
  const cells = [...legend, ...columns]
  const height = cells.reduce((end, cell) => Math.max(end, cell.y + cell.height), 0) + margin
  return {
    size: 'screen', width, height, printedWidth: String(width), printedHeight: String(height), title, description, texts: titles, cells,
  }
}

// Characters that XML 1.0 forbids (section 2.2, "Char"), other controls, and those that change the direction of text (UAX 9).
const unprintable = /[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069\ufffe\uffff]+/gu

function clean(text: string): string {
  return text.replaceAll(unprintable, ' ')
}

function drawColumn(heading: string, entries: readonly ReportEntry[], x: number, drawn: DrawnMatrix): readonly PictureCell[] {
  const headLines = writeLines(heading, x + 4, 126, columnWidth - 8, headSize, 'bold', 2, '#ffffff')
  const head: PictureCell = {
    kind: 'tactic', title: heading, x, y: 110, width: columnWidth, height: 38, fill: '#333f48', texts: headLines,
  }
  let y = 152
  const cells = entries.map((entry): PictureCell => {
    const { id: ownId = '', name: ownName = '' } = drawn.data.techniques[entry[0]] ?? {}
    const [id, name] = [clean(ownId), clean(ownName)]
    const { look, text } = drawn.view(entry)
    const { fill, color, stroke } = drawn.colours(look)
    const indent = id.includes('.') && entry.length === 1 ? 8 : 0
    const mark = text === '0' ? '' : text
    const markWidth = Math.ceil(measureText(mark, nameSize, 'bold'))
    const lines = writeLines(`${id} ${name}`, x + indent + 4, y + 12, columnWidth - indent - 12 - markWidth, nameSize, 'regular', 2, color)
    const height = lines.length * lineHeight + 6
    const cell: PictureCell = {
      kind: indent > 0 ? 'sub-technique' : 'technique', id, title: `${id} ${name}: ${text}`,
      x: x + indent, y, width: columnWidth - indent, height, fill, ...(stroke !== undefined && { stroke }),
      texts: mark === '' ? lines
        : [...lines, createText(mark, x + columnWidth - 4 - markWidth, y + 12, nameSize, 'bold', color)],
    }
    y += height + 2
    return cell
  })
  return [head, ...cells]
}

function drawLegend({ legend, colours }: DrawnMatrix, room: number): readonly PictureCell[] {
  let x = margin
  return legend.flatMap(({ look, text, meaning }): readonly PictureCell[] => {
    const { fill, color, stroke } = colours(look)
    const left = x
    const label = createText(meaning, left + 32, 92, 11, 'regular', ink)
    x += meaning === '' ? 32 : 32 + label.width + 18
    if (x > margin + room) return []
    return [{
      kind: 'legend', title: meaning === '' ? text : meaning, x: left, y: 79, width: 26, height: 17, fill, ...(stroke !== undefined && { stroke }),
      texts: [createText(text, left + 6, 92, 11, 'bold', color), ...(meaning === '' ? [] : [label])],
    }]
  })
}

function writeLines(
  text: string, x: number, y: number, room: number, size: number, weight: PictureText['weight'], mostLines = 1, color = ink,
): readonly PictureText[] {
  const { lines } = wrapText(text, { size, weight, width: room, first: room, mostLines })
  return lines.map((line, index) => createText(line, x, y + index * lineHeight, size, weight, color))
}

function createText(text: string, x: number, y: number, size: number, weight: PictureText['weight'], color: string): PictureText {
  return { text, x, y, size, weight, color, width: Math.ceil(measureText(text, size, weight)) }
}
