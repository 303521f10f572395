import type { WriteSheet } from 'hucre/xlsx'
import { columnName } from './column-name.js'
import { excelText } from './excel-text.js'
import type { TableSheet } from './workbook.js'

/** Rows that a chart takes beside those of its bars: title, axis and legend. */
const framingRows = 7
const rowsPerBar = 1.4

/** The chart of a table as stacked bars below it, the first row of the table at the top as in the table. */
export function tableChart({ name, chart, rows, totals = [], columns }: TableSheet): Pick<WriteSheet, 'charts'> {
  if (!chart || rows.length === 0) return {}
  const from = { row: rows.length + totals.length + 2, col: 0 }
  const to = { row: from.row + Math.ceil(rows.length * rowsPerBar) + framingRows, col: columns.length }
  // The first row is below the header.
  const rangeOf = (column: number): string => `'${name}'!$${columnName(column)}$2:$${columnName(column)}$${rows.length + 1}`
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
