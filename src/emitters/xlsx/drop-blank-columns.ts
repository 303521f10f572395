import type { TableSheet } from './workbook.js'

/** The sheet without those of the named columns in which no row says anything. */
export function dropBlankColumns(sheet: TableSheet, titles: readonly string[]): TableSheet {
  const kept = sheet.columns.map(({ title }, column) => !titles.includes(title) || sheet.rows.some((row) => row[column] !== null))
  if (!kept.includes(false)) return sheet
  return {
    ...sheet,
    columns: sheet.columns.filter((_, column) => kept[column]),
    rows: sheet.rows.map((row) => row.filter((_, column) => kept[column])),
  }
}
