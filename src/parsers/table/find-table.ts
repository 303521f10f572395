import type { TableSheet } from '../../formats/decoded.js'
import type { AskedColumn } from './asked-columns.js'
import { findAttackRelationships } from './attack-layout.js'
import type { TechniqueNamed } from './column-views.js'
import type { Remark } from './derived-sheet.js'
import { findHeader, type Header, SAMPLED_ROWS } from './find-header.js'
import { findMatrix, isCross } from './matrix-layout.js'

/** A table of mappings on a sheet. */
export interface FoundTable {
  readonly source: TableSheet
  /** The sheet with one row for each mapping: another one if the layout of `source` is none of rows. */
  readonly sheet: TableSheet
  readonly header: Header
  /** The last row of titles in `source`; -1 if it has none. */
  readonly titles: number
  /** Diagnostics about the layout. */
  readonly remarks: readonly Remark[]
  /** What tells the names of techniques, with which the table was found. */
  readonly isName?: TechniqueNamed
}

/**
 * Finds the table of mappings on a sheet: ATT&CK's own relationships, a table with titles, a matrix. Columns that the user names
 * always mean a table with a mapping in a row.
 */
export function findTable(source: TableSheet, asked: readonly AskedColumn[], isName?: TechniqueNamed): FoundTable | undefined {
  const relationships = asked.length > 0 ? undefined : findAttackRelationships(source)
  if (relationships) return { source, ...relationships }
  const header = findHeader(source, asked, isName)
  const plain = header && { source, sheet: source, header, titles: header.row, remarks: [], ...(isName && { isName }) }
  if (header && (asked.length > 0 || !containsMarks(source, header))) return plain
  const matrix = asked.length > 0 ? undefined : findMatrix(source)
  return matrix ? { source, ...matrix } : plain
}

/** Whether the capabilities of a table are crosses: it is a matrix whose titles look like fields ("Control 1", "Control 2"). */
function containsMarks({ rows }: TableSheet, { row, columns }: Header): boolean {
  const own = new Set(columns.views.map((view) => view.get('capability')))
  if (own.size < 2) return false
  const cells = rows.slice(row + 1, row + 1 + SAMPLED_ROWS).flatMap((cell) => (
    Array.from(own, (column) => (column === undefined ? '' : (cell[column] ?? '').trim())).filter((text) => text !== '')
  ))
  return cells.length > 0 && cells.every(isCross)
}
