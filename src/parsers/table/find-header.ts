import type { Report } from '../../diagnostics/diagnostic.js'
import type { TableSheet } from '../../formats/decoded.js'
import { frameworks } from '../../frameworks/frameworks.js'
import { type ColumnRole, foldTitle, meaningOf, roleNamed } from './column-roles.js'
import { findTechniques } from './split-cells.js'

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

/** A column whose title is a mapping type, and whose cells hold the techniques that it maps to. */
interface RelationColumn {
  readonly column: number
  readonly relation: string
  readonly title: string
}

/** What the columns of a table hold, by their numbers from 0. */
export interface Columns {
  readonly byRole: ReadonlyMap<ColumnRole, number>
  readonly relations: readonly RelationColumn[]
  /** Columns with a title that is not known, or that another column has already. */
  readonly unknown: readonly number[]
}

const relationByTitle = new Map(
  frameworks.flatMap(({ relations }) => relations.toReversed().map((relation) => [foldTitle(relation), relation] as const))
)

/** Gives each column of a header its role. `asked` are columns that the user has named: they go first. */
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

/** A column that the user names: what it holds, and its title or its letter. */
export interface AskedColumn {
  readonly role: ColumnRole
  readonly title: string
}

/** Understands `--columns technique=ATT&CK,capability_id=B`. Names that mean no role are reported. */
export function readAskedColumns(
  columns: Readonly<Record<string, string>> | undefined, document: string, report: Report,
): readonly AskedColumn[] {
  return Object.entries(columns ?? {}).flatMap(([name, title]) => {
    const role = roleNamed(name)
    if (role) return [{ role, title: title.trim() }]
    report('parse/unknown-column', {
      message: `"${name}" is nothing that a column can hold`,
      origin: { document, place: { kind: 'file' } },
      found: `${name}=${title}`,
      expected: 'capability_id, capability_description, capability_group, technique, mapping_type, score_value, comments, …',
    })
    return []
  })
}

/**
 * The columns asked for in a row of titles; undefined when one of them is not there. With `letters`, titles that are
 * letters name columns.
 */
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

/** "A" is 0, "AB" is 27; numbers count from 1. */
function columnNumber(letters: string): number | undefined {
  if (/^[1-9]\d{0,4}$/.test(letters)) return Number(letters) - 1
  if (!/^[A-Za-z]{1,3}$/.test(letters)) return undefined
  return Array.from(letters.toUpperCase()).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
}
