import type { DataValidation, WriteSheet } from 'hucre/xlsx'
import { columnLetters } from '../../formats/places.js'
import { shareBarColour } from './cell-styles.js'
import { excelText } from './excel-cells.js'
import type { EntryRule, TableSheet } from './workbook.js'

/** Rows that a chart takes beside those of its bars: title, axis and legend. */
const framingRows = 7
const rowsPerBar = 1.4

/** The chart of a table as stacked bars below it, the first row of the table at the top as in the table. */
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
 * Bars in the cells of shares: a full one is the whole, whatever the largest share of the column is. Excel's shortest bar is not
 * of length nothing: shares of nothing get none.
 */
export function shareBars({ columns, rows }: TableSheet): Pick<WriteSheet, 'conditionalRules'> {
  const ranges = columns.flatMap(({ format }, column) => {
    if (format !== 'share') return []
    const runs = listRuns(rows.map((row) => typeof row[column] === 'number' && row[column] > 0), columnLetters(column))
    return runs.length === 0 ? [] : [runs.join(' ')]
  })
  if (ranges.length === 0) return {}
  const ends = [{ type: 'num', value: '0' } as const, { type: 'num', value: '1' } as const]
  return {
    conditionalRules: ranges.map((range, index) =>
      ({ type: 'dataBar', priority: index + 1, range, dataBar: { cfvo: ends, color: shareBarColour } })),
  }
}

/** The ranges of a column's wanted rows; the first row is the one below the header. */
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
 * The rules of the cells that are filled in by hand, one for each column and not for each cell (ECMA-376 Part 1, 18.3.1.32). A word that
 * is none of a list is taken after a question; a text that is too long is not.
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
