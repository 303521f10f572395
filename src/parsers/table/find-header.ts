import type { Report } from '../../diagnostics/diagnostic.js'
import type { TableSheet } from '../../formats/decoded.js'
import { frameworks } from '../../frameworks/frameworks.js'
import { type ColumnRole, foldTitle, meaningOf, roleNamed } from './column-roles.js'
import { findTechniques } from './split-cells.js'

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
 * The first row that names columns for capabilities and techniques. Titles, logos and notes may precede it. If there is
 * none, the columns that the user names by letter. Undefined if neither gives a table of mappings.
 */
export function findHeader(sheet: TableSheet, asked: readonly AskedColumn[]): Header | undefined {
  let searched = 0
  for (const [row, cells] of sheet.rows.entries()) {
    if (cells.length === 0) continue
    if ((searched += 1) > SEARCHED_ROWS) break
    const named = findAskedColumns(asked, cells, false)
    if (!named) continue
    const columns = checkRelations(matchColumns(cells, named), sheet, row)
    if (isMappingTable(columns)) return { row, columns }
  }
  const lettered = asked.length === 0 ? undefined : findAskedColumns(asked, [], true)
  const columns = lettered && matchColumns([], lettered)
  return columns && isMappingTable(columns) ? { row: firstRowOf(sheet, columns) - 1, columns } : undefined
}

/** Includes tables that map to ATT&CK groups, so that the user learns why they are not read. */
function isMappingTable({ byRole, relations }: Columns): boolean {
  const hasTechniques = relations.length > 0 || byRole.has('technique') || byRole.has('subtechnique')
  return byRole.has('attackGroup') || (hasTechniques && (byRole.has('capability') || byRole.has('name')))
}

/**
 * A title such as "Mitigates" names a column of techniques only if there are techniques below it. If no such column has any,
 * all of them are unknown columns.
 */
function checkRelations(columns: Columns, { rows }: TableSheet, header: number): Columns {
  const below = rows.slice(header + 1, header + 1 + SAMPLED_ROWS)
  const hasTechniques = columns.relations.some(({ column }) => below.some((row) => findTechniques(row[column] ?? '').length > 0))
  if (hasTechniques) return columns
  const unknown = [...columns.unknown, ...columns.relations.map(({ column }) => column)].toSorted((a, b) => a - b)
  return { ...columns, relations: [], unknown }
}

/** The first row with a technique, in a sheet without a header. Anything above it is a heading. */
function firstRowOf({ rows }: TableSheet, { byRole }: Columns): number {
  const roles: readonly ColumnRole[] = ['technique', 'subtechnique']
  const columns = roles.flatMap((role) => byRole.get(role) ?? [])
  const first = rows.slice(0, SEARCHED_ROWS).findIndex((row) => columns.some((column) => findTechniques(row[column] ?? '').length > 0))
  return Math.max(first, 0)
}

/** A column whose title is a mapping type and whose cells contain the techniques mapped by it. */
interface RelationColumn {
  readonly column: number
  readonly relation: string
  readonly title: string
}

/** The roles of a table's columns, which count from 0. */
export interface Columns {
  readonly byRole: ReadonlyMap<ColumnRole, number>
  readonly relations: readonly RelationColumn[]
  /** Columns with an unknown title, or with a role that another column already has. */
  readonly unknown: readonly number[]
}

const relationByTitle = new Map(
  frameworks.flatMap(({ relations }) => relations.toReversed().map((relation) => [foldTitle(relation), relation] as const))
)

/** Assigns roles to the columns of a header. `asked` are the columns that the user names; they take precedence. */
function matchColumns(header: readonly string[], asked: ReadonlyMap<ColumnRole, number>): Columns {
  const byRole = new Map(asked)
  const taken = new Set(asked.values())
  const take = (role: ColumnRole, column: number): void => {
    taken.add(column)
    if (role !== 'derived' || !byRole.has(role)) byRole.set(role, column)
  }
  const free = (role: ColumnRole): boolean => role === 'derived' || !byRole.has(role)

  for (const strong of [true, false]) {
    for (const [column, title] of header.entries()) {
      const meaning = taken.has(column) ? undefined : meaningOf(title)
      if (meaning?.strong !== strong) continue
      if (free(meaning.role)) take(meaning.role, column)
      else if (meaning.otherwise && free(meaning.otherwise)) take(meaning.otherwise, column)
    }
  }
  const relations = byRole.has('technique') ? [] : header.flatMap((title, column): readonly RelationColumn[] => {
    const relation = taken.has(column) ? undefined : relationByTitle.get(foldTitle(title))
    return relation === undefined ? [] : [{ column, relation, title: title.trim() }]
  })
  for (const { column } of relations) taken.add(column)
  return { byRole, relations, unknown: Array.from(header.keys()).filter((column) => !taken.has(column)) }
}

/** A column that the user names: its role, and its title or letter. */
export interface AskedColumn {
  readonly role: ColumnRole
  readonly title: string
}

/** Reads `--columns technique=ATT&CK,capability_id=B`. Unknown fields are reported. */
export function readAskedColumns(
  columns: Readonly<Record<string, string>> | undefined, document: string, report: Report,
): readonly AskedColumn[] {
  return Object.entries(columns ?? {}).flatMap(([name, title]) => {
    const role = roleNamed(name)
    if (role) return [{ role, title: title.trim() }]
    report('parse/unknown-column', {
      message: `--columns: "${name}" is not a field of mapping rows`,
      origin: { document, place: { kind: 'file' } },
      found: `${name}=${title}`,
      expected: 'capability_id, capability_description, capability_group, technique, mapping_type, score_value, comments, …',
    })
    return []
  })
}

/** Finds the columns that the user names in a row of titles, or by `letters`; undefined if one is missing. */
function findAskedColumns(
  asked: readonly AskedColumn[], titles: readonly string[], letters: boolean,
): ReadonlyMap<ColumnRole, number> | undefined {
  const found = new Map<ColumnRole, number>()
  for (const { role, title } of asked) {
    const column = letters ? columnNumber(title) : findTitle(titles, title)
    if (column === undefined) return undefined
    found.set(role, column)
  }
  return found
}

function findTitle(titles: readonly string[], title: string): number | undefined {
  const exact = titles.findIndex((candidate) => candidate.trim() === title)
  if (exact >= 0) return exact
  const folded = foldTitle(title)
  const loose = folded === '' ? -1 : titles.findIndex((candidate) => foldTitle(candidate) === folded)
  return loose >= 0 ? loose : undefined
}

/** A column's number from 0: "A" is 0, "AB" is 27, "1" is 0. */
function columnNumber(letters: string): number | undefined {
  if (/^[1-9]\d{0,4}$/.test(letters)) return Number(letters) - 1
  if (!/^[A-Za-z]{1,3}$/.test(letters)) return undefined
  return Array.from(letters.toUpperCase()).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
}
