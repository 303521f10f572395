import type { WriteSheet } from 'hucre/xlsx'
import { shareBarColour } from './cell-styles.js'
import { columnName } from './column-name.js'
import type { TableSheet } from './workbook.js'

/**
 * Bars in the cells of shares: a full one is the whole, whatever the largest share of the column is. Excel's shortest bar is not
 * of length nothing: shares of nothing get none.
 */
export function shareBars({ columns, rows }: TableSheet): Pick<WriteSheet, 'conditionalRules'> {
  const ranges = columns.flatMap(({ format }, column) => {
    if (format !== 'share') return []
    const runs = listRuns(rows.map((row) => typeof row[column] === 'number' && row[column] > 0), columnName(column))
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
