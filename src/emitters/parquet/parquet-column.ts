/** A value of a cell: what its schema in schemas/ validates. Dates are text in ISO form, and days since 1970 in the file. */
export type CellValue = string | boolean | readonly string[]

/** A row of a table. Cells that are undefined are null in the file. */
export type ParquetRow = Readonly<Record<string, CellValue | undefined>>

/** A column of a table. */
export interface ParquetColumn {
  readonly name: string
  readonly type: 'text' | 'date' | 'flag' | 'list'
  /** Never null. */
  readonly required?: true
}
