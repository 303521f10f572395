import type { Cell, CellStyle, WriteSheet } from 'hucre/xlsx'
import { readableOn } from '../matrix/score-rows.js'
import { standardFont } from './cell-styles.js'
import { excelText, linkTarget, mostLinks } from './excel-cells.js'
import { fitRowHeights, printSetup, type RowHeights } from './sheet-layout.js'
import type { GridCell, GridCellKind, GridSheet } from './workbook.js'

/** Smaller than the standard font: fourteen tactics are side by side. */
const fontSize = 9
/** How many more characters of the smaller font fit in a width. */
const narrower = standardFont.size / fontSize

/** Three lines of bold text, in points. */
const headingHeight = 42

/** A grid as a sheet of hucre: A3, one page wide. */
export function gridSheet({ name, widths, frozenRows, rows }: GridSheet): WriteSheet {
  const styleOf = createGridStyles()
  const cells = new Map<string, Partial<Cell>>()
  let links = 0
  for (const [row, line] of rows.entries()) {
    for (const [column, cell] of line.entries()) {
      if (!cell) continue
      const target = cell.link === undefined || links >= mostLinks ? undefined : linkTarget(cell.link)
      if (target !== undefined) links += 1
      cells.set(`${row},${column}`, {
        style: styleOf(cell),
        ...(target !== undefined && { hyperlink: { target } }),
        ...(typeof cell.value === 'string' && cell.value.startsWith('#') && { richText: [{ text: excelText(cell.value) }] }),
      })
    }
  }
  return {
    name,
    columns: widths.map((width) => ({ width })),
    rows: rows.map((line) => line.map((cell) => (cell === null ? null : cellValue(cell.value)))),
    cells,
    freezePane: { rows: frozenRows },
    rowDefs: gridHeights(rows, widths),
    view: { showGridLines: false },
    ...printSetup(name, 'a3'),
  }
}

function gridHeights(rows: GridSheet['rows'], widths: GridSheet['widths']): RowHeights {
  const wrapping = rows.map((cells) => cells.map((cell) => (cell === null || overflows(cell.kind) ? null : cell.value)))
  const heights = fitRowHeights(wrapping, widths.map((width) => width * narrower - indent), 0)
  for (const [row, cells] of rows.entries()) {
    if (cells.some((cell) => cell?.kind === 'heading')) heights.set(row, { height: headingHeight })
  }
  return heights
}

function cellValue(value: string | number): string | number {
  return typeof value === 'string' ? excelText(value) : value
}

/** The indentation of an inner entry, in characters. */
const indent = 2

function overflows(kind: GridCellKind): boolean {
  return kind === 'title' || kind === 'note'
}

const line = { style: 'thin', color: { rgb: 'BCCCDC' } } as const
const box = { top: line, right: line, bottom: line, left: line }
const leftPart = { top: line, bottom: line, left: line }
const rightPart = { top: line, bottom: line, right: line }
const wrapped = { vertical: 'top', wrapText: true } as const
const font = { ...standardFont, size: fontSize }

const looks: Readonly<Record<GridCellKind, CellStyle>> = {
  title: { font: { ...standardFont, size: 16, bold: true, color: { rgb: '102A43' } } },
  note: { font: standardFont },
  key: { font, alignment: { ...wrapped, horizontal: 'center' }, border: box },
  heading: {
    font: { ...standardFont, bold: true, color: { rgb: 'FFFFFF' } },
    fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: '243B53' } },
    alignment: { ...wrapped, vertical: 'center', horizontal: 'center' },
    border: box,
  },
  entry: { font: { ...font, bold: true }, alignment: wrapped, border: leftPart },
  inner: { font, alignment: { ...wrapped, horizontal: 'left', indent: 1 }, border: leftPart },
  count: { font: { ...font, bold: true }, alignment: { vertical: 'top', horizontal: 'center' }, numFmt: '0', border: rightPart },
}

/** Creates the styles of cells by kind and fill, each once. */
function createGridStyles(): (cell: GridCell) => CellStyle {
  const styles = new Map<string, CellStyle>()
  return ({ kind, fill }) => {
    if (fill === undefined) return looks[kind]
    const known = styles.get(`${kind} ${fill}`) ?? filled(looks[kind], fill)
    styles.set(`${kind} ${fill}`, known)
    return known
  }
}

function filled(look: CellStyle, fill: string): CellStyle {
  return {
    ...look,
    font: { ...look.font, color: { rgb: readableOn(fill).slice(1).toUpperCase() } },
    fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: fill.slice(1).toUpperCase() } },
  }
}
