import { frameworks } from '../../frameworks/frameworks.js'
import { foldTitle, meaningOf, type ColumnRole } from './column-roles.js'

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
export function matchColumns(header: readonly string[], asked: ReadonlyMap<ColumnRole, number>): Columns {
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
