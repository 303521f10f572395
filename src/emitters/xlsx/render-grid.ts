import type { SetCoverage, TechniqueCoverage, UnionCoverage } from '../../coverage/coverage.js'
import type { CoverageState } from '../../coverage/row-state.js'
import { createPairMap } from '../../model/lookups.js'
import { colourAt, type LegendItem, paintScores, readableOn, valueWeights, weighRow } from '../matrix/score-rows.js'
import { type CellStyle, lineStyles, standardFont } from './cell-styles.js'
import { createRowHeights, type HeightOf, rowStart } from './row-heights.js'
import type { StyleOf } from './row-writer.js'
import { printXml } from './sheet-layout.js'
import type { CellValue, GridCell, GridCellKind, GridSheet, PageLine, PageSheet } from './workbook.js'
import { columnXml, putCell, type SheetContext, type SheetLinks, type SheetPiece, type WorksheetFrame } from './worksheet.js'
import { putAscii, takeBytes } from './xml-bytes.js'
import type { XlsxOptions } from './xlsx.js'

/** The options that set the colours of a matrix. */
export type MatrixLook = Pick<XlsxOptions, 'palette' | 'matrix-score'>

/** The colours and words of a matrix. */
export interface TechniquePaint {
  /** The fill colours of techniques, by id: "#2171b5". */
  readonly fills: ReadonlyMap<string, string>
  /** The best score values of techniques, by id: "partial". */
  readonly best: ReadonlyMap<string, string>
  readonly legend: readonly LegendItem[]
}

interface StateWord {
  readonly state: CoverageState
  readonly word: string
  /** The word in a cell of the matrix; absent if the number 0 is enough. */
  readonly short?: string
  readonly fill?: string
}

/** The words and colours of states other than mapped. No palette contains grey. */
export const stateWords: readonly StateWord[] = [
  { state: 'unmappable', word: 'declared unmappable', short: 'unmappable', fill: '#d9d9d9' },
  { state: 'named', word: 'named only', short: 'named only', fill: '#eeeeee' },
  { state: 'not-mentioned', word: 'not mentioned' },
]

const shortWords = new Map(stateWords.map(({ state, short }) => [state, short]))
const scoreWords = new Map(Array.from(valueWeights, ([word, weight]) => [weight, word]))

/** Colours the techniques of a matrix by how many capabilities are mapped to each, or by the best score value. */
export function paintTechniques(
  coverage: SetCoverage | UnionCoverage, { palette, 'matrix-score': how }: MatrixLook,
): TechniquePaint {
  const weights = bestWeights('of' in coverage ? coverage.of : [coverage])
  const scores = new Map<string, number>()
  for (const { id, state, capabilities } of coverage.techniques) {
    const score = state !== 'mapped' ? undefined : how === 'best' ? weights.get(id) : capabilities.length
    if (score !== undefined) scores.set(id, score)
  }
  const { gradient, legendItems } = paintScores([...scores.values()], how, palette)
  const colours = new Map(Array.from(new Set(scores.values()), (score) => [score, colourAt(gradient, score)]))
  const states = new Map(stateWords.flatMap(({ state, fill }) => (fill === undefined ? [] : [[state, fill] as const])))
  const fills = new Map<string, string>()
  for (const { id, state } of coverage.techniques) {
    const score = scores.get(id)
    const fill = score === undefined ? states.get(state) : colours.get(score)
    if (fill !== undefined) fills.set(id, fill)
  }
  return {
    fills,
    best: new Map(Array.from(weights, ([id, weight]) => [id, scoreWords.get(weight) ?? ''])),
    // The number in "Partial (2)" has a meaning only in Navigator.
    legend: legendItems.map(({ label, color }) => ({ color, label: label.replace(/ \(\d\)$/, '').toLowerCase() })),
  }
}

/** What is after the id in a technique's cell, if anything: its best score or its state, as in "T1110 · partial", "T1583 · unmappable". */
export function describeTechnique({ id, state }: TechniqueCoverage, { best }: TechniquePaint): string | undefined {
  return state === 'mapped' ? best.get(id) : shortWords.get(state)
}

function bestWeights(sets: readonly SetCoverage[]): ReadonlyMap<string, number> {
  const best = new Map<string, number>()
  for (const { countedRows } of sets) {
    for (const row of countedRows) {
      const weight = weighRow(row)
      if (weight !== undefined && weight > (best.get(row.technique.id) ?? 0)) best.set(row.technique.id, weight)
    }
  }
  return best
}

/** Smaller than the standard font: fourteen tactics are side by side. */
const fontSize = 9
/** How many more characters of the smaller font fit in a width. */
const narrower = standardFont.size / fontSize

/** Three lines of bold text, in points. */
const headingHeight = 42

/** The frame of a grid's worksheet: A3, one page wide. */
export function gridFrame({ name, widths, frozenRows, rows }: GridSheet): WorksheetFrame {
  return {
    columns: widths.length,
    rows: rows.length,
    cols: widths.map((width, index) => columnXml(index, width)).join(''),
    frozen: { rows: frozenRows, columns: 0 },
    print: printXml(name, 'a3'),
  }
}

/** The rows of a grid, in pieces. */
export function* gridRows(sheet: GridSheet, context: SheetContext, links: SheetLinks): Iterable<SheetPiece> {
  putGrid(sheet, context, links)
  yield takeBytes(context.xml)
}

// Loops are not in generators, which V8 compiles late.
function putGrid({ widths, rows }: GridSheet, context: SheetContext, links: SheetLinks): void {
  const styleOf = createGridStyles(context)
  const heightOf = createRowHeights(widths.map((width) => width * narrower - indent))
  for (const [index, row] of rows.entries()) {
    const height = row.some((cell) => cell?.kind === 'heading') ? headingHeight : heightOf(row.map(wrappedValue))
    putAscii(context.xml, rowStart(index + 1, height))
    for (let column = 0; column < row.length; column++) {
      const cell = row[column]
      if (!cell) continue
      putCell(context, column, index + 1, cell.value, styleOf(cell))
      if (cell.link !== undefined) links.link(column, index + 1, cell.link)
    }
    putAscii(context.xml, '</row>')
  }
}

function wrappedValue(cell: GridCell | null): CellValue {
  return cell === null || overflows(cell.kind) ? null : cell.value
}

/** The height of form rows, which are filled in by hand, in points. */
const formHeight = 26

/** The frame of a page's worksheet; `title` is in its footer. */
export function pageFrame({ widths, lines }: PageSheet, title: string): WorksheetFrame {
  const cols = widths.map((width, index) => columnXml(index, width)).join('')
  return { columns: widths.length, rows: lines.length, cols, print: printXml(title, 'a4') }
}

/** The lines of a page, in pieces. Blank cells are written only where they have a look of their own: headers and forms. */
export function* pageRows({ lines, widths }: PageSheet, context: SheetContext, styleOf: StyleOf): Iterable<SheetPiece> {
  const heightOf = createRowHeights(widths)
  for (const [index, line] of lines.entries()) putLine(line, index + 1, heightOf, context, styleOf)
  yield takeBytes(context.xml)
}

function putLine({ kind, cells }: PageLine, number: number, heightOf: HeightOf, context: SheetContext, styleOf: StyleOf): void {
  const { first, others } = lineStyles[kind]
  // Text and headings extend over the cells to their right, so they take one line.
  const overflowing = kind === 'text' || kind === 'title' || kind === 'heading'
  putAscii(context.xml, rowStart(number, kind === 'form' ? formHeight : overflowing ? undefined : heightOf(cells)))
  for (let column = 0; column < cells.length; column++) {
    const value = cells[column] ?? null
    const swatch = kind === 'swatch' && column === 0 ? styleOf(value) : undefined
    const style = context.styles.cellStyle(swatch ?? (column === 0 ? first : others))
    if (value !== null || kind === 'form' || kind === 'header') putCell(context, column, number, value, style)
  }
  putAscii(context.xml, '</row>')
}

/** The indentation of an inner entry, in characters. */
const indent = 2

function overflows(kind: GridCellKind): boolean {
  return kind === 'title' || kind === 'note'
}

const line = { style: 'thin', colour: 'BCCCDC' } as const
const box = { top: line, right: line, bottom: line, left: line }
const leftPart = { top: line, bottom: line, left: line }
const rightPart = { top: line, bottom: line, right: line }
const wrapped = { vertical: 'top', wrapText: true } as const
const font = { ...standardFont, size: fontSize }

const looks: Readonly<Record<GridCellKind, CellStyle>> = {
  title: { font: { ...standardFont, size: 16, bold: true, colour: '102A43' } },
  note: { font: standardFont },
  key: { font, alignment: { ...wrapped, horizontal: 'center' }, border: box },
  heading: {
    font: { ...standardFont, bold: true, colour: 'FFFFFF' },
    fill: '243B53',
    alignment: { ...wrapped, vertical: 'center', horizontal: 'center' },
    border: box,
  },
  entry: { font: { ...font, bold: true }, alignment: wrapped, border: leftPart },
  inner: { font, alignment: { ...wrapped, horizontal: 'left', indent: 1 }, border: leftPart },
  count: { font: { ...font, bold: true }, alignment: { vertical: 'top', horizontal: 'center' }, numFmt: '0', border: rightPart },
}

/** Creates the styles of cells by kind and fill, each looked up once. */
function createGridStyles({ styles }: SheetContext): (cell: GridCell) => number {
  const known = createPairMap<GridCellKind, string | undefined, number>()
  return ({ kind, fill }) =>
    known.get(kind, fill) ?? known.add(kind, fill, styles.cellStyle(fill === undefined ? looks[kind] : filled(looks[kind], fill)))
}

function filled(look: CellStyle, fill: string): CellStyle {
  return {
    ...look,
    font: { ...standardFont, ...look.font, colour: readableOn(fill).slice(1).toUpperCase() },
    fill: fill.slice(1).toUpperCase(),
  }
}
