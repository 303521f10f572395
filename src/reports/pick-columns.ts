import type { ReportColumn, ReportTable } from './analysis-report.js'

/** The table with the columns that stand in text, or in files. */
export function pickColumns(table: ReportTable, where: NonNullable<ReportColumn['only']>): ReportTable {
  return keepColumns(table, ({ only }) => only === undefined || only === where)
}

/** The table without the columns that are blank in every row. */
export function dropBlankColumns(table: ReportTable): ReportTable {
  return keepColumns(table, (_column, index) => table.rows.some((row) => (row[index] ?? null) !== null))
}

function keepColumns(table: ReportTable, keep: (column: ReportColumn, index: number) => boolean): ReportTable {
  const kept = table.columns.map(keep)
  const pick = <Value>(values: readonly Value[]): readonly Value[] => values.filter((_value, index) => kept[index])
  return { ...table, columns: pick(table.columns), rows: table.rows.map(pick) }
}
