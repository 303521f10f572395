import type { TableSheet } from '../../formats/decoded.js'
import { frameworks } from '../../frameworks/frameworks.js'
import { type AskedColumn, findAskedColumns } from './asked-columns.js'
import { type TechniqueNamed, wholeTechnique } from './column-views.js'
import type { ColumnRole } from './column-titles.js'
import { type Columns, matchColumns } from './match-columns.js'
import { hasTechnique } from './split-cells.js'
import { rawCell } from './cells.js'

/** The header of a sheet. `row` counts from 0; without titles, it is the row before the first mapping, which may be -1. */
export interface Header {
  readonly row: number
  readonly columns: Columns
}

/** Non-blank rows that are searched for a header. */
const SEARCHED_ROWS = 30

/** Rows that are examined to find out what a column contains. */
export const SAMPLED_ROWS = 200

/**
 * The row that names columns for capabilities and techniques: of the rows that do, the first with technique ids below it. Titles,
 * logos and notes may precede it; a row of data is none. If there is none, the columns that the user names by letter. Undefined if
 * neither gives a table of mappings.
 */
export function findHeader(sheet: TableSheet, asked: readonly AskedColumn[], isName?: TechniqueNamed): Header | undefined {
  let first: Header | undefined
  for (const row of searchedRows(sheet)) {
    const cells = sheet.rows[row] ?? []
    const named = findAskedColumns(asked, cells, false)
    if (!named || (asked.length === 0 && isData(cells))) continue
    const below = sheet.rows.slice(row + 1, row + 1 + SAMPLED_ROWS)
    const columns = checkRelations(matchColumns({ titles: cells, below, ...(isName && { isName }) }, named), below)
    if (!isMappingTable(columns)) continue
    if (hasTechniques(columns, below)) return { row, columns }
    first ??= { row, columns }
  }
  if (first) return first
  const lettered = asked.length === 0 ? undefined : findAskedColumns(asked, [], true)
  const columns = lettered && matchColumns({ titles: [], below: [] }, lettered)
  return columns && isMappingTable(columns) ? { row: firstRowOf(sheet, columns) - 1, columns } : undefined
}

/** The non-blank rows that may be a header, in order. */
export function searchedRows({ rows }: TableSheet): readonly number[] {
  const found: number[] = []
  for (const [row, cells] of rows.entries()) {
    if (cells.length === 0) continue
    found.push(row)
    if (found.length === SEARCHED_ROWS) break
  }
  return found
}

/** Whether a text is wholly an id of a form that one framework alone has. */
function isDistinctive(text: string): boolean {
  return frameworks.some(({ distinctiveId }) => distinctiveId?.exec(text)?.[0].length === text.length)
}

/** An ATT&CK object (a group, software, a mitigation), a STIX id or a UUID. */
const objectId = /^(?:[GSMC]\d{4}|(?:[a-z-]+--)?[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/i

/** Whether a row contains ids in cells of their own, as rows of data do, and titles do not. */
function isData(cells: readonly string[]): boolean {
  return cells.some((cell) => {
    const text = cell.trim()
    return wholeTechnique.test(text) || objectId.test(text) || isDistinctive(text)
  })
}

/** Includes tables that map to ATT&CK groups, so that the user learns why they are not read. */
function isMappingTable({ byRole, relations }: Columns): boolean {
  const namesTechniques = relations.length > 0 || byRole.has('technique') || byRole.has('subtechnique')
  return byRole.has('attackGroup') || (namesTechniques && (byRole.has('capability') || byRole.has('name')))
}

function hasTechniques({ views, relations }: Columns, below: TableSheet['rows']): boolean {
  if (relations.length > 0) return true
  const columns = views.flatMap((view) => [view.get('technique') ?? [], view.get('subtechnique') ?? []].flat())
  return below.some((row) => columns.some((column) => hasTechnique(rawCell(row, column))))
}

/**
 * A title such as "Mitigates" names a column of techniques only if there are techniques below it. If no such column has any,
 * all of them are unknown columns.
 */
function checkRelations(columns: Columns, below: TableSheet['rows']): Columns {
  if (columns.relations.some(({ column }) => below.some((row) => hasTechnique(rawCell(row, column))))) return columns
  const taken = new Map(Array.from(columns.taken).filter(([one]) => columns.relations.every(({ column }) => column !== one)))
  return { ...columns, relations: [], taken }
}

/** The first row with a technique, in a sheet without a header. Anything above it is a heading. */
function firstRowOf({ rows }: TableSheet, { byRole, views }: Columns): number {
  const roles: readonly ColumnRole[] = ['technique', 'subtechnique']
  const columns = [byRole, ...views].flatMap((view) => roles.flatMap((role) => view.get(role) ?? []))
  const first = rows.slice(0, SEARCHED_ROWS).findIndex((row) => columns.some((column) => hasTechnique(rawCell(row, column))))
  return Math.max(first, 0)
}
