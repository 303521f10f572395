import type { TableSheet } from '../../formats/decoded.js'
import type { ColumnRole } from './column-roles.js'
import { findAskedColumns, type AskedColumn } from './asked-columns.js'
import { findTechniques } from './find-techniques.js'
import { matchColumns, type Columns } from './match-columns.js'

/** The header of a sheet: its row, or -1 where the user names the columns by their letters and there is none. */
export interface Header {
  readonly row: number
  readonly columns: Columns
}

/** How many rows that say something are looked at. */
const SEARCHED = 30
/** How many rows below a header are looked at to tell what its columns hold. */
const SAMPLE = 200

/**
 * The first row that names columns of capabilities and of what they map to. Titles, logos and notes may stand above it.
 * Undefined when no row does, nor the user.
 */
export function findHeader(sheet: TableSheet, asked: readonly AskedColumn[]): Header | undefined {
  let searched = 0
  for (const [row, cells] of sheet.rows.entries()) {
    if (cells.length === 0) continue
    if ((searched += 1) > SEARCHED) break
    const named = findAskedColumns(asked, cells, false)
    if (!named) continue
    const columns = keepRelations(matchColumns(cells, named), sheet, row)
    if (isMappingTable(columns)) return { row, columns }
  }
  const lettered = asked.length === 0 ? undefined : findAskedColumns(asked, [], true)
  const columns = lettered && matchColumns([], lettered)
  return columns && isMappingTable(columns) ? { row: firstRowOf(sheet, columns) - 1, columns } : undefined
}

/** Tables of ATT&CK groups are told, too: so that the user can be told why they are not read. */
function isMappingTable({ byRole, relations }: Columns): boolean {
  const hasTechniques = relations.length > 0 || byRole.has('technique') || byRole.has('subtechnique')
  return byRole.has('attackGroup') || (hasTechniques && (byRole.has('capability') || byRole.has('name')))
}

/**
 * A title such as "Mitigates" names a column of techniques only where techniques stand below it; where none of them has
 * any, none is.
 */
function keepRelations(columns: Columns, { rows }: TableSheet, header: number): Columns {
  const below = rows.slice(header + 1, header + 1 + SAMPLE)
  const holds = columns.relations.some(({ column }) => below.some((row) => findTechniques(row[column] ?? '').length > 0))
  if (holds) return columns
  const unknown = [...columns.unknown, ...columns.relations.map(({ column }) => column)].toSorted((a, b) => a - b)
  return { ...columns, relations: [], unknown }
}

/** Where rows begin that have no header: at the first that names a technique. What stands above is a heading. */
function firstRowOf({ rows }: TableSheet, { byRole }: Columns): number {
  const roles: readonly ColumnRole[] = ['technique', 'subtechnique']
  const columns = roles.flatMap((role) => byRole.get(role) ?? [])
  const first = rows.slice(0, SEARCHED).findIndex((row) => columns.some((column) => findTechniques(row[column] ?? '').length > 0))
  return Math.max(first, 0)
}
