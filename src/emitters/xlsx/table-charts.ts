import type { WriteSheet } from 'hucre/xlsx'
import { columnName } from './column-name.js'
import { excelText } from './excel-text.js'
import type { TableChart, TableSheet } from './workbook.js'

/** Rows that a chart takes beside those of its bars: title, axis and legend. */
const framingRows = 7
const rowsPerBar = 1.4

/** The charts of a table as stacked bars below it, the first row of the table at the top as in the table. */
export function tableCharts(sheet: TableSheet): Pick<WriteSheet, 'charts'> {
  const { charts = [], rows, totals = [], columns } = sheet
  if (charts.length === 0) return {}
  let next = rows.length + totals.length + 2
  return {
    charts: charts.map((chart, index) => {
      const height = Math.ceil((chart.lastRow - chart.firstRow + 1) * rowsPerBar) + framingRows
      const from = { row: next, col: 0 }
      next += height + 1
      return {
        type: 'bar',
        title: excelText(chart.title),
        titleFontSize: 12,
        titleBold: true,
        altText: excelText(`${chart.title}. The table above has the same numbers.`),
        frameTitle: `Chart ${index + 1}`,
        anchor: { from, to: { row: from.row + height, col: columns.length } },
        barGrouping: 'stacked',
        overlap: 100,
        gapWidth: 40,
        legend: 'bottom',
        autoTitleDeleted: false,
        roundedCorners: false,
        series: chart.parts.map(({ column, colour }) => ({
          name: excelText(columns[column]?.title ?? ''),
          values: rangeOf(sheet, chart, column),
          categories: rangeOf(sheet, chart, chart.names),
          color: colour.slice(1).toUpperCase(),
        })),
        axes: {
          x: { reverse: true },
          y: { gridlines: { major: true }, crosses: 'max' },
        },
      }
    }),
  }
}

/** The cells of a column that a chart draws; the first row is below the header. */
function rangeOf({ name }: TableSheet, { firstRow, lastRow }: TableChart, column: number): string {
  const letters = columnName(column)
  return `'${name}'!$${letters}$${firstRow + 2}:$${letters}$${lastRow + 2}`
}
