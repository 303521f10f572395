import type { Picture } from '../../picture/picture.js'
import { renderSvg } from '../../picture/picture.js'
import type { ReportData, ReportMatrix } from '../report-data.js'
import { type CellColours, drawMatrix } from '../view/draw-matrix.js'
import type { FoundRows } from '../view/find-rows.js'
import { type CellCounts, heatSteps } from '../view/matrix-cells.js'
import { writeCsv, writeLayer } from '../view/take-away.js'
import { create, isolate } from './elements.js'
import type { ShownMatrix } from './matrix-view.js'

/** What is shown when something is saved. */
export interface Shown extends Pick<FoundRows, 'rows'>, ShownMatrix {
  readonly counts: CellCounts
  /** The filter in words; undefined if all rows are shown. */
  readonly filter: string | undefined
}

/** Creates the menu of what can be saved: the rows, and each matrix as a picture and as a layer. Nothing leaves the browser. */
export function createSaveMenu(data: ReportData, shown: () => Shown): HTMLElement {
  const name = nameFile(data.title)
  const list = create('ul', {}, createItem(['Rows as CSV'], () => saveText(`${name}.csv`, 'text/csv', writeCsv(data, shown().rows))))
  for (const matrix of data.matrices) {
    const file = data.matrices.length === 1 ? name : `${name}-${matrix.domain}`
    const of = data.matrices.length === 1 ? [] : [': ', isolate(matrix.title)]
    list.append(
      createItem(['Matrix as SVG', ...of], () => saveText(`${file}.svg`, 'image/svg+xml', renderSvg(draw(data, matrix, shown())))),
      createItem(['Matrix as PNG', ...of], () => savePng(`${file}.png`, draw(data, matrix, shown()))),
      createItem(['Navigator layer', ...of], () => {
        const { counts, filter, measure, highest, only, isAgainst } = shown()
        const colors = Array.from({ length: heatSteps }, (_, step) => readColours(`heat-${step}`).fill)
        saveText(`${file}.layer.json`, 'application/json', writeLayer(data, matrix, counts, { filter, measure, highest, colors, only, isAgainst }))
      }),
    )
  }
  const menu = create('details', { class: 'menu' }, create('summary', {}, 'Save'), list)
  menu.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return
    menu.open = false
    menu.querySelector('summary')?.focus()
  })
  document.addEventListener('click', ({ target }) => {
    if (!(target instanceof Node && menu.contains(target))) menu.open = false
  })
  return menu

  function createItem(label: readonly (Node | string)[], act: () => void): HTMLElement {
    return create('li', {}, create('button', {
      type: 'button',
      click: () => {
        act()
        menu.open = false
      },
    }, ...label))
  }
}

/** A file name of letters, digits and hyphens. */
function nameFile(title: string): string {
  const name = title.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '-').replaceAll(/^-|-$/g, '')
  return name.length <= 80 ? name : name.slice(0, 80).toWellFormed()
}

function draw(data: ReportData, matrix: ReportMatrix, { view, legend, filter, only }: Shown): Picture {
  return drawMatrix({ data, matrix, view, legend, filter, only, colours: readColours })
}

/** The colours of a kind of cell on light pages, as the style sheet of the page has them. */
function readColours(look: string): CellColours {
  const probe = create('span', { class: `probe ${look}` })
  document.body.append(probe)
  const { backgroundColor, color, borderTopColor, borderTopWidth } = getComputedStyle(probe)
  const colours = {
    fill: toHex(backgroundColor), color: toHex(color), ...(borderTopWidth !== '0px' && { stroke: toHex(borderTopColor) }),
  }
  probe.remove()
  return colours
}

/** Converts "rgb(198, 219, 239)" to "#c6dbef". Transparent colours become white. */
function toHex(colour: string): string {
  const [red = 255, green = 255, blue = 255, alpha = 1] = (colour.match(/[\d.]+/g) ?? []).map(Number)
  if (alpha === 0) return '#ffffff'
  return `#${[red, green, blue].map((channel) => Math.round(channel).toString(16).padStart(2, '0')).join('')}`
}

function saveText(name: string, type: string, text: string): void {
  save(name, new Blob([text], { type }))
}

function savePng(name: string, { width, height, texts, cells }: Picture): void {
  const scale = 2
  const canvas = create('canvas', { width: String(width * scale), height: String(height * scale) })
  const context = canvas.getContext('2d')
  if (!context) return
  context.scale(scale, scale)
  context.fillStyle = '#ffffff'
  context.fillRect(0, 0, width, height)
  for (const cell of cells) {
    context.fillStyle = cell.fill
    context.fillRect(cell.x, cell.y, cell.width, cell.height)
    if (cell.stroke === undefined) continue
    context.strokeStyle = cell.stroke
    context.lineWidth = 0.5
    context.strokeRect(cell.x + 0.25, cell.y + 0.25, cell.width - 0.5, cell.height - 0.5)
  }
  for (const { text, x, y, size, weight, color, width: most } of [...texts, ...cells.flatMap((cell) => cell.texts)]) {
    context.font = `${weight === 'bold' ? 700 : 400} ${size}px 'DejaVu Sans', Verdana, sans-serif`
    context.fillStyle = color
    context.fillText(text, x, y, most)
  }
  canvas.toBlob((blob) => {
    if (blob) save(name, blob)
  }, 'image/png')
}

/** Saves a file as a download; its address is that of a part of memory. */
function save(name: string, blob: Blob): void {
  const address = URL.createObjectURL(blob)
  const link = create('a', { href: address, download: name, hidden: '' })
  document.body.append(link)
  link.click()
  link.remove()
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}
