import type { ConditionalRule, DataValidation, WriteSheet } from 'hucre/xlsx'
import { columnLetters } from '../../formats/places.js'
import { gridStyle, shareBarColour } from './cell-styles.js'
import { excelText } from './excel-cells.js'
import type { CellValue, EntryRule, TableSheet, WorkbookColumn } from './workbook.js'

const pointsPerLine = 12.9
const tallestRow = 409

/** Heights of rows, by their index. */
export type RowHeights = NonNullable<WriteSheet['rowDefs']>

/**
 * Heights of the rows whose wrapped text takes more than one line, by index. Excel would fit them itself; other programs do not. Lines are
 * estimated from the lengths of words; a row shows at most `mostLines`, and at most 409 points, Excel's limit.
 */
export function fitRowHeights(
  rows: readonly (readonly CellValue[])[],
  widths: readonly (number | undefined)[],
  firstRow: number,
  mostLines = Number.POSITIVE_INFINITY,
): RowHeights {
  const heights: RowHeights = new Map()
  for (const [index, row] of rows.entries()) {
    let lines = 1
    for (const [column, cell] of row.entries()) {
      const width = widths[column]
      if (width !== undefined && typeof cell === 'string' && (cell.length > width || cell.includes('\n')))
        lines = Math.max(lines, countLines(cell, width))
    }
    if (lines > 1) heights.set(index + firstRow, { height: Math.min(tallestRow, Math.min(lines, mostLines) * pointsPerLine) })
  }
  return heights
}

// Widths are in digits; letters are narrower on average.
const charactersPerWidth = 1.08

/** The number of lines that a text takes in a column, wrapped between words; words wider than the column are broken. */
function countLines(text: string, width: number): number {
  const room = width * charactersPerWidth
  let lines = 0
  for (const paragraph of text.split('\n')) {
    lines += 1
    let used = 0
    for (const word of paragraph.split(' ')) {
      const length = displayLength(word)
      if (used > 0 && used + length > room) {
        lines += 1
        used = 0
      }
      lines += Math.floor(length / room)
      used += (length % room) + 1
    }
  }
  return lines
}

// Scripts whose characters are twice as wide as Latin letters.
const wide = /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE4F\uFF00-\uFF60]/g

function displayLength(word: string): number {
  return word.length + (word.match(wide)?.length ?? 0)
}

const margin = 0.4

/** The widest sheet, in characters, that is legible when fitted to the width of one page: its text is then 5 to 6 points. */
const readableWidth = { a4: 280, a3: 350 } as const

/** How many pages side by side the unfolded columns of a table need to be legible. */
export function pagesAcross(columns: readonly Pick<WorkbookColumn, 'width' | 'folded'>[], paper: 'a4' | 'a3'): number {
  const width = columns.reduce((sum, column) => sum + (column.folded ? 0 : column.width), 0)
  return Math.max(1, Math.ceil(width / readableWidth[paper]))
}

/** Print setup: landscape, `across` pages wide, `pages` long (0: as many as needed). */
export function printSetup(
  footer: string, paper: 'a4' | 'a3', pages = 0, across = 1,
): Pick<WriteSheet, 'pageSetup' | 'headerFooter'> {
  return {
    pageSetup: {
      paperSize: paper,
      orientation: 'landscape',
      fitToPage: true,
      fitToWidth: across,
      fitToHeight: pages,
      margins: { left: margin, right: margin, top: 0.6, bottom: 0.6, header: 0.3, footer: 0.3 },
    },
    // An ampersand starts a code (ECMA-376 part 1, section 18.3.1.46); a footer has at most 255 characters.
    headerFooter: { oddFooter: `&L${footer.slice(0, 90).replaceAll('&', '&&')}&R&P / &N` },
  }
}

/** Rows that a chart takes in addition to its bars: title, axis and legend. */
const framingRows = 7
const rowsPerBar = 1.4

/** The chart of a table: stacked bars below it, in the order of its rows. */
export function tableChart({ name, chart, rows, totals = [], columns }: TableSheet): Pick<WriteSheet, 'charts'> {
  if (!chart || rows.length === 0) return {}
  const from = { row: rows.length + totals.length + 2, col: 0 }
  const to = { row: from.row + Math.ceil(rows.length * rowsPerBar) + framingRows, col: columns.length }
  // The first row is below the header.
  const rangeOf = (column: number): string => `'${name}'!$${columnLetters(column)}$2:$${columnLetters(column)}$${rows.length + 1}`
  return {
    charts: [{
      type: 'bar',
      title: excelText(chart.title),
      titleFontSize: 12,
      titleBold: true,
      altText: excelText(`${chart.title}. The table above has the same numbers.`),
      anchor: { from, to },
      barGrouping: 'stacked',
      overlap: 100,
      gapWidth: 40,
      legend: 'bottom',
      roundedCorners: false,
      series: chart.parts.map(({ column, colour }) => ({
        name: excelText(columns[column]?.title ?? ''),
        values: rangeOf(column),
        categories: rangeOf(chart.names),
        color: colour.slice(1).toUpperCase(),
      })),
      axes: { x: { reverse: true }, y: { gridlines: { major: true }, crosses: 'max' } },
    }],
  }
}

/**
 * The rules that format cells by their content: a thin light line around each cell of the table and its totals, and none around a chart,
 * which the sheet's own grid would cross; and bars in the cells of shares.
 */
export function tableRules({ columns, rows }: Pick<TableSheet, 'columns' | 'rows'>): Pick<WriteSheet, 'conditionalRules'> {
  if (rows.length === 0) return {}
  const table = `A2:${columnLetters(columns.length - 1)}${rows.length + 1}`
  const bars = shareBars(columns, rows)
  return {
    conditionalRules: [...bars, { type: 'expression', priority: bars.length + 1, range: table, formula: 'TRUE', style: gridStyle }],
  }
}

/**
 * Data bars in the cells of shares, scaled from 0 to 1 whatever the largest share of the column is. Excel draws a short bar even for 0, so
 * such cells get none.
 */
function shareBars(columns: TableSheet['columns'], rows: TableSheet['rows']): readonly ConditionalRule[] {
  const ranges = columns.flatMap(({ format }, column) => {
    if (format !== 'share') return []
    const runs = listRuns(rows.map((row) => typeof row[column] === 'number' && row[column] > 0), columnLetters(column))
    return runs.length === 0 ? [] : [runs.join(' ')]
  })
  const ends = [{ type: 'num', value: '0' } as const, { type: 'num', value: '1' } as const]
  return ranges.map((range, index) =>
    ({ type: 'dataBar', priority: index + 1, range, dataBar: { cfvo: ends, color: shareBarColour } }))
}

/** The ranges of the wanted rows of a column, as A1 references; the first row is below the header. */
function listRuns(wanted: readonly boolean[], letters: string): readonly string[] {
  const runs: string[] = []
  let start: number | undefined
  for (const [row, isWanted] of [...wanted, false].entries()) {
    if (isWanted) start ??= row
    else if (start !== undefined) {
      runs.push(`${letters}${start + 2}:${letters}${row + 1}`)
      start = undefined
    }
  }
  return runs
}

/**
 * The data validations of cells that are filled in by hand, one for each column (ECMA-376 part 1, section 18.3.1.32). A word that is not
 * in the list is accepted after a warning; text that is too long is rejected.
 */
export function entryRules({ columns, rows }: TableSheet): Pick<WriteSheet, 'dataValidations'> {
  if (rows.length === 0) return {}
  const rules = columns.flatMap(({ entry }, index): readonly DataValidation[] => {
    const name = columnLetters(index)
    return entry ? [entryRule(entry, `${name}2:${name}${rows.length + 1}`)] : []
  })
  return rules.length > 0 ? { dataValidations: rules } : {}
}

function entryRule({ title, message, choices, longest }: EntryRule, range: string): DataValidation {
  const shared = {
    range, allowBlank: true, showInputMessage: true, showErrorMessage: true, inputTitle: excelText(title), inputMessage: excelText(message),
  }
  if (choices) {
    return {
      ...shared, type: 'list', values: [...choices], errorStyle: 'warning', errorTitle: 'Not in the list',
      errorMessage: `The list has: ${choices.join(', ')}. Another word is kept, and reported when the workbook is read.`,
    }
  }
  return {
    ...shared, type: 'textLength', operator: 'lessThanOrEqual', formula1: String(longest), errorStyle: 'stop', errorTitle: 'Too long',
    errorMessage: `At most ${longest} characters.`,
  }
}
