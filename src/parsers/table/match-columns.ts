import { columnLetters } from '../../formats/places.js'
import { frameworks } from '../../frameworks/frameworks.js'
import type { FoundColumns } from './asked-columns.js'
import { foldTitle, meaningOf, repeatable, type TitleMeaning } from './column-roles.js'
import type { ColumnRole } from './column-titles.js'
import { createViews, isProse, isRowCount, isTechniqueList, namesTechniques, type TechniqueNamed, type View } from './column-views.js'

/** A column whose title is a mapping type and whose cells contain the techniques mapped by it. */
interface RelationColumn {
  readonly column: number
  readonly relation: string
  readonly title: string
}

/** The roles of a table's columns, which count from 0. */
export interface Columns {
  /** The first column of each role. */
  readonly byRole: View
  /** Ways to read a row, one for each pair of a capability column and a technique column. The first is `byRole` in most tables. */
  readonly views: readonly View[]
  /** The columns of text that is read from several columns: comments and references. */
  readonly joined: ReadonlyMap<ColumnRole, readonly number[]>
  readonly relations: readonly RelationColumn[]
  /** Each column that is read: its role, and why. */
  readonly taken: ReadonlyMap<number, { readonly role: ColumnRole; readonly why: string }>
}

/** A row of titles, and the rows below it that show what its columns contain. */
interface Titled {
  readonly titles: readonly string[]
  readonly below: readonly (readonly string[])[]
  readonly isName?: TechniqueNamed
  /** Why the columns that are asked for are read as they are. */
  readonly why?: string
}

/** Assigns roles to the columns of a header. `asked` are the columns that the user names; they take precedence. */
export function matchColumns({ titles, below, isName, why: asking = 'named in --columns' }: Titled, asked: FoundColumns): Columns {
  const columns = new Map<ColumnRole, number[]>()
  const bases = new Map<ColumnRole, string>()
  const taken = new Map<number, { readonly role: ColumnRole; readonly why: string }>()
  const numbers = new Map<number, number>()
  const take = (role: ColumnRole, column: number, why: string): void => {
    taken.set(column, { role, why })
    columns.set(role, [...(columns.get(role) ?? []), column])
  }
  for (const [role, found] of asked) for (const column of found) take(role, column, asking)

  const place = (meaning: TitleMeaning, column: number, why: string): void => {
    const { role, otherwise, base, number } = meaning
    for (const candidate of [role, ...(otherwise ? [otherwise] : [])]) {
      const isFree = !columns.has(candidate)
      const isFurther = repeatable.has(candidate) && bases.get(candidate) === `${role} ${base}`
      if (!isFree && !isFurther && candidate !== 'derived') continue
      if (isFree) bases.set(candidate, `${role} ${base}`)
      if (number !== undefined) numbers.set(column, number)
      return take(candidate, column, isFurther ? `${why}; read together with the other columns of this kind` : why)
    }
  }
  const meanings = titles.map((title) => meaningOf(title))
  for (const strong of [true, false]) {
    for (const [column, meaning] of meanings.entries()) {
      if (!meaning || meaning.strong !== strong || taken.has(column)) continue
      if (isOutranked(meaning, meanings)) continue
      if (!strong && (generic.has(meaning.base) || (meaning.role === 'capability' && isProse(below, column)))) continue
      place(meaning, column, 'by its title')
    }
  }
  placeIds(titles, below, columns, taken, place)
  placeNames({ titles, below, ...(isName && { isName }) }, meanings, columns, taken, place)

  const relations = columns.has('technique') ? [] : titles.flatMap((title, column): readonly RelationColumn[] => {
    const relation = taken.has(column) ? undefined : relationByTitle().get(foldTitle(title))
    return relation === undefined ? [] : [{ column, relation, title: title.trim() }]
  })
  for (const { column } of relations) taken.set(column, { role: 'technique', why: 'its title is a mapping type' })
  const { views, joined, left } = createViews(columns, numbers)
  for (const column of left) taken.delete(column)
  const byRole: View = new Map(Array.from(columns, ([role, [first = 0]]) => [role, first] as const))
  return { byRole, views, joined, relations, taken }
}

let relationTitles: ReadonlyMap<string, string> | undefined

function relationByTitle(): ReadonlyMap<string, string> {
  relationTitles ??= new Map(
    frameworks.flatMap(({ relations }) => relations.toReversed().map((relation) => [foldTitle(relation), relation] as const))
  )
  return relationTitles
}

/** ATT&CK's mitigations beside controls ("mitigationID", "controlID") explain the mappings of these; they are not mapped themselves. */
function isOutranked({ role, base }: TitleMeaning, meanings: readonly (TitleMeaning | undefined)[]): boolean {
  return role === 'capability' && base === 'mitigationid'
    && meanings.some((other) => other?.role === 'capability' && other.strong && other.base !== base)
}

/** Titles that name whatever is beside them. */
const generic: ReadonlySet<string> = new Set(['name', 'title', 'displayname'])

type Place = (meaning: TitleMeaning, column: number, why: string) => void
type Roles = ReadonlyMap<ColumnRole, readonly number[]>

/** A column with the title "ID" contains techniques or capabilities, as its cells show, if no other column does. */
function placeIds(titles: Titled['titles'], below: Titled['below'], columns: Roles, taken: Columns['taken'], place: Place): void {
  for (const [column, title] of titles.entries()) {
    if (taken.has(column) || !['id', 'ids', 'externalid', 'objectid'].includes(foldTitle(title))) continue
    if (isTechniqueList(below, column)) {
      if (!columns.has('technique')) place({ role: 'technique', strong: true, base: 'id' }, column, 'its cells are technique ids')
    } else if (!columns.has('capability') && !isRowCount(below, column)) {
      place({ role: 'capability', strong: false, base: 'id' }, column, 'by its title; its cells are no technique ids')
    }
  }
}

/** "Name" beside a technique's id is the technique's name, unless its cells show otherwise; beside anything else, the capability's. */
function placeNames(
  { titles, below, isName }: Titled, meanings: readonly (TitleMeaning | undefined)[], columns: Roles, taken: Columns['taken'], place: Place,
): void {
  for (const [column, meaning] of meanings.entries()) {
    if (!meaning || taken.has(column) || !generic.has(meaning.base)) continue
    const techniques = columns.get('technique') ?? []
    const before = taken.get(column - 1)?.role
    const letters = techniques.map(columnLetters).join(', ')
    const technique = techniques.find((one) => namesTechniques(below, one, column, before === 'technique' && one === column - 1, isName))
    if (technique !== undefined && !columns.has('techniqueName')) {
      place({ ...meaning, role: 'techniqueName' }, column, `names the techniques of column ${letters}`)
    } else if (!taken.has(column) && titles[column] !== undefined) {
      place(meaning, column, 'by its title')
    }
  }
}
