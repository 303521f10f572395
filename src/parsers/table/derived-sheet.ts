import type { Code } from '../../diagnostics/catalogue.js'
import type { DiagnosticDetails } from '../../diagnostics/diagnostic.js'
import type { TableSheet } from '../../formats/decoded.js'

/** A row of a derived sheet: its cells, and the row and column of the source that each comes from. */
export interface DerivedRow {
  readonly cells: readonly string[]
  /** Row of the source. */
  readonly row: number
  /** Column of the source for a column of this row; the same column if absent. */
  readonly from?: (column: number) => number
}

/** A sheet with other rows than its source, whose cells keep the places and links of the source. */
export function deriveSheet(source: TableSheet, rows: readonly DerivedRow[]): TableSheet {
  const at = (row: number, column: number): readonly [number, number] => {
    const derived = rows[row]
    return derived ? [derived.row, derived.from?.(column) ?? column] : [row, column]
  }
  return {
    ...source,
    rows: rows.map(({ cells }) => cells),
    link: (row, column) => source.link(...at(row, column)),
    place: (row, column) => source.place(...at(row, column)),
    ...(source.kind && { kind: (row: number, column: number) => source.kind?.(...at(row, column)) }),
  }
}

/** A diagnostic about the layout of a sheet, at a cell of the source. */
export interface Remark {
  readonly code: Code
  readonly row: number
  readonly column: number
  readonly details: DiagnosticDetails
}
