import type { Cell, CellStyle, ColumnDef, WriteOptions, WriteSheet } from 'hucre/xlsx'
import { columnLetters } from '../../formats/places.js'
import {
  columnStyles, decimalStyle, fillStyle, headerStyle, lineStyles, linkStyle, standardFont, toneStyle, totalStyle,
} from './cell-styles.js'
import { excelText, linkTarget, mostLinks } from './excel-cells.js'
import { gridSheet } from './render-grid.js'
import { entryRules, fitRowHeights, pagesAcross, printSetup, type RowHeights, tableChart, tableRules } from './sheet-layout.js'
import type { CellValue, GridSheet, PageSheet, Sheet, TableSheet, Workbook, WorkbookColumn } from './workbook.js'

/** The height of form rows, which are filled in by hand, in points. */
const formHeight = 26

type NamedRange = NonNullable<WriteOptions['namedRanges']>[number]
type Cells = Map<string, Partial<Cell>>
/** The style of a coloured word; undefined for other values. */
type StyleOf = (value: CellValue) => CellStyle | undefined

/**
 * Renders a workbook as XLSX with hucre. The same workbook gives the same bytes on one version of Node: hucre dates every zip entry
 * 1980-01-01, and the dates of the properties are those of the workbook. Between versions of Node, zlib may compress differently.
 */
export async function renderWorkbook(workbook: Workbook): Promise<Uint8Array> {
  const { writeXlsx } = await import('hucre/xlsx')
  const styleOf = createStyles(workbook)
  return writeXlsx({
    sheets: workbook.sheets.map((sheet) => renderSheet(sheet, workbook.title, styleOf)),
    namedRanges: workbook.sheets.flatMap((sheet) => (sheet.layout === 'page' ? [] : [repeatedHeader(sheet)])),
    properties: {
      title: excelText(workbook.title),
      creator: excelText(workbook.creator),
      created: new Date(`${workbook.created}T00:00:00Z`),
      modified: new Date(`${workbook.modified}T00:00:00Z`),
    },
    defaultFont: standardFont,
  })
}

function renderSheet(sheet: Sheet, title: string, styleOf: StyleOf): WriteSheet {
  if (sheet.layout === 'grid') return gridSheet(sheet)
  return sheet.layout === 'table' ? tableSheet(sheet, styleOf) : pageSheet(sheet, title, styleOf)
}

/** Styles of the workbook's own words, then those of scores and statuses, which are the same in every workbook. */
function createStyles({ tones = [] }: Workbook): StyleOf {
  const styles = new Map<CellValue, CellStyle>(tones.map(({ word, tone }) => [word, fillStyle(tone)]))
  return (value) => styles.get(value) ?? toneStyle(value)
}

/**
 * The print titles of a sheet: the header on every page, and the key columns if a table is several pages wide. Written as a named range:
 * hucre's own option does not quote sheet names that contain a space.
 */
function repeatedHeader(sheet: TableSheet | GridSheet): NamedRange {
  const rows = `'${sheet.name}'!$1:$${sheet.layout === 'grid' ? sheet.frozenRows : 1}`
  const keys = sheet.layout === 'table' && pagesAcross(sheet.columns, sheet.paper) > 1 ? keyColumns(sheet) : undefined
  const columns = keys && `'${sheet.name}'!$${columnLetters(keys[0])}:$${columnLetters(keys[1])}`
  return { name: '_xlnm.Print_Titles', range: columns === undefined ? rows : `${columns},${rows}`, scope: sheet.name }
}

function keyColumns({ keyColumns: named, frozenColumns }: TableSheet): TableSheet['keyColumns'] {
  return named ?? (frozenColumns > 0 ? [0, frozenColumns - 1] : undefined)
}

function tableSheet(sheet: TableSheet, styleOf: StyleOf): WriteSheet {
  const { name, columns, table, frozenColumns, totals = [] } = sheet
  const rows = [...sheet.rows, ...totals]
  const cells: Cells = new Map(columns.map(({ note }, column) => [
    `0,${column}`, { style: headerStyle, ...(note !== undefined && { comment: { author: 'Crosswalk', text: excelText(note) } }) },
  ]))
  // hucre writes blank cells that have a style: blank columns get none.
  const used = columns.map(({ format }, column) => format === 'input' || rows.some((row) => row[column] !== null))
  let links = 0
  for (const [index, row] of rows.entries()) {
    for (const [column, value] of row.entries()) {
      const cell = index < sheet.rows.length
        ? specialCell(value, columns[column]?.format, links < mostLinks, styleOf)
        : { style: totalStyle(columnStyle(columns[column]), index === sheet.rows.length) }
      if (!cell) continue
      if (cell.hyperlink) links += 1
      cells.set(`${index + 1},${column}`, cell)
    }
  }
  return {
    name,
    columns: columns.map((column, index) => ({
      width: column.width,
      ...(used[index] === true && { style: columnStyle(column) }),
      ...foldColumn(columns, index),
    })),
    rows: [columns.map(({ title }) => excelText(title)), ...rows.map((row) => row.map(cellValue))],
    cells,
    freezePane: { rows: 1, ...(frozenColumns > 0 && { columns: frozenColumns }) },
    // Excel reports a file as damaged if a table has no row.
    ...(sheet.rows.length > 0 && {
      tables: [{
        name: table,
        columns: columns.map(({ title }) => ({ name: excelText(title) })),
        style: 'TableStyleLight1',
        ...(totals.length > 0 && { range: `A1:${columnLetters(columns.length - 1)}${sheet.rows.length + 1}` }),
      }],
    }),
    rowDefs: tableHeights({ ...sheet, rows }),
    ...tableRules({ columns, rows }),
    view: { showGridLines: false },
    ...entryRules(sheet),
    ...tableChart(sheet),
    ...printSetup(name, sheet.paper, sheet.chart && 1, pagesAcross(columns, sheet.paper)),
  }
}

/** A folded column is hidden in a group, whose button [+] is above the column after it (ECMA-376 part 1, section 18.3.1.13). */
function foldColumn(columns: readonly WorkbookColumn[], index: number): Pick<ColumnDef, 'hidden' | 'outlineLevel' | 'collapsed'> {
  if (columns[index]?.folded) return { hidden: true, outlineLevel: 1 }
  return columns[index - 1]?.folded ? { collapsed: true } : {}
}

function columnStyle({ format, digits = 0 }: Pick<WorkbookColumn, 'format' | 'digits'> = { format: 'text' }): CellStyle {
  return format === 'decimal' ? decimalStyle(digits) : columnStyles[format]
}

function tableHeights({ columns, rows, mostLines }: TableSheet): RowHeights {
  const titles = columns.map(({ title }) => title)
  const widths = columns.map(({ width }) => width)
  // Titles are bold, and share their cells with the buttons of filters.
  return new Map([
    ...fitRowHeights([titles], widths.map((width) => width * 0.7), 0),
    ...fitRowHeights(rows, columns.map(wrappedWidth), 1, mostLines),
  ])
}

function wrappedWidth({ format, width }: WorkbookColumn): number | undefined {
  return format === 'wrapped' || format === 'url' || format === 'input' ? width : undefined
}

/** A cell whose style or content type differs from its column's; undefined if neither does. */
function specialCell(
  value: CellValue, format: string | undefined, mayLink: boolean, styleOf: StyleOf,
): Partial<Cell> | undefined {
  if (value === null) return undefined
  if (format === 'url' && mayLink) {
    const target = linkTarget(value)
    if (target !== undefined) return { style: linkStyle, hyperlink: { target } }
  }
  if (format === 'score' || format === 'status' || format === 'tone') {
    const style = format === 'tone' ? styleOf(value) : toneStyle(value)
    if (style) return { style }
  }
  return errorCell(value)
}

/** hucre reads text such as "#N/A" as an error value; rich text stays text. */
function errorCell(value: CellValue): Partial<Cell> | undefined {
  return typeof value === 'string' && value.startsWith('#') ? { richText: [{ text: excelText(value) }] } : undefined
}

function cellValue(value: CellValue): CellValue {
  return typeof value === 'string' ? excelText(value) : value
}

function pageSheet({ name, widths, lines }: PageSheet, title: string, styleOf: StyleOf): WriteSheet {
  const cells: Cells = new Map()
  for (const [row, { kind, cells: values }] of lines.entries()) {
    for (const [column, value] of values.entries()) {
      const { first, others } = lineStyles[kind]
      const swatch = kind === 'swatch' && column === 0 ? styleOf(value) : undefined
      cells.set(`${row},${column}`, { style: swatch ?? (column === 0 ? first : others), ...errorCell(value) })
    }
  }
  return {
    name,
    columns: widths.map((width) => ({ width })),
    rows: lines.map((line) => line.cells.map(cellValue)),
    cells,
    rowDefs: pageHeights(lines, widths),
    view: { showGridLines: false },
    ...printSetup(title, 'a4'),
  }
}

/** Text and headings extend over the cells to their right, so they take one line; form rows are taller. */
function pageHeights(lines: PageSheet['lines'], widths: PageSheet['widths']): RowHeights {
  const heights = fitRowHeights(
    lines.map(({ kind, cells }) => (kind === 'text' || kind === 'title' || kind === 'heading' ? [] : cells)),
    widths,
    0,
  )
  for (const [row, { kind }] of lines.entries()) if (kind === 'form') heights.set(row, { height: formHeight })
  return heights
}
