import { compareNaturally, compareText } from '../../../model/text.js'
import { scoreRank } from '../../../model/vocabulary.js'
import type { ReportData, ReportRows } from '../report-data.js'

/** Columns that rows can be filtered by, each by one value. */
export const filteredColumns =
  ['set', 'relation', 'group', 'category', 'value', 'status'] as const satisfies readonly (keyof ReportRows)[]
export type FilteredColumn = (typeof filteredColumns)[number]

/** Filters by properties of a row's technique. */
const techniqueParts = ['tactic', 'platform', 'against'] as const
export type TechniquePart = (typeof techniqueParts)[number]

/** A query for rows, without its words. Absent columns are not filtered. */
export interface RowQuery {
  readonly columns: { readonly [Name in FilteredColumn]?: number }
  /** The techniques of a tactic, on a platform, and of an adversary; absent for all. */
  readonly techniques: { readonly [Part in TechniquePart]?: ReadonlySet<number> }
  readonly kind: 'all' | 'mapped' | 'unmapped'
}

/** Rows that match a query, and how many rows each other value of a filter would show. */
export interface FoundRows {
  readonly rows: readonly number[]
  /** For each column, rows by value: those that match the query without its filter of this column. */
  readonly facets: Readonly<Record<FilteredColumn, ReadonlyMap<number, number>>>
  /** The same for the filters by technique: rows of each technique. */
  readonly byTechnique: Readonly<Record<TechniquePart, readonly number[]>>
  /** The same for `kind`. */
  readonly kinds: Readonly<Record<'mapped' | 'unmapped', number>>
}

/** Finds the rows of a query, in order, and counts the values of filters, in one pass. */
export function findRows({ rows, techniques }: ReportData, query: RowQuery, isFound: (row: number) => boolean): FoundRows {
  const columns = filteredColumns.map((name) => ({ name, values: rows[name] ?? [], wanted: query.columns[name] }))
  const facets = { set: new Map(), relation: new Map(), group: new Map(), category: new Map(), value: new Map(), status: new Map() } satisfies
    Record<FilteredColumn, Map<number, number>>
  const byTechnique = { tactic: techniques.map(() => 0), platform: techniques.map(() => 0), against: techniques.map(() => 0) }
  const parts = techniqueParts.flatMap((part) => (query.techniques[part] ? [{ part, wanted: query.techniques[part] }] : []))
  const kinds = { mapped: 0, unmapped: 0 }
  const found: number[] = []
  for (const [row, technique] of rows.technique.entries()) {
    const kind = technique >= 0 && (rows.capability[row] ?? -1) >= 0 ? 'mapped' : 'unmapped'
    // The only filter that the row fails, if it fails one; no lists are made, for there may be 56,000 rows.
    let only: FilteredColumn | TechniquePart | 'kind' | undefined
    let failed = 0
    const fail = (name: typeof only): void => {
      only = name
      failed += 1
    }
    for (const { name, values, wanted } of columns) if (wanted !== undefined && values[row] !== wanted) fail(name)
    for (const { part, wanted } of parts) if (!wanted.has(technique)) fail(part)
    if (query.kind !== 'all' && query.kind !== kind) fail('kind')
    if (failed > 1 || !isFound(row)) continue
    if (only === undefined) found.push(row)
    for (const { name, values } of columns) if (only === undefined || only === name) addOne(facets[name], values[row] ?? -1)
    if (technique >= 0) for (const part of techniqueParts) if (only === undefined || only === part) byTechnique[part][technique] = (byTechnique[part][technique] ?? 0) + 1
    if (only === undefined || only === 'kind') kinds[kind] += 1
  }
  return { rows: found, facets, byTechnique, kinds }
}

function addOne(counts: Map<number, number>, value: number): void {
  counts.set(value, (counts.get(value) ?? 0) + 1)
}

/** The sort keys of the table of rows. */
export type SortKey = 'row' | 'set' | 'capability' | 'technique' | 'relation' | 'score' | 'group' | 'comments'

/** A row's rank by one key; -1 for no value, which is last in either direction. */
type Rank = (row: number) => number

/** Sorts rows. */
type RowSorter = (rows: readonly number[], key: SortKey, isDescending: boolean) => readonly number[]

/** Creates the sorter of a report's rows. Each list is ranked once; rows are then compared by their ranks. */
export function createRowSorter(data: ReportData): RowSorter {
  const { rows: columns, capabilities, techniques, texts } = data
  const ranks = new Map<SortKey, Rank>()
  const makers: Readonly<Record<SortKey, () => Rank>> = {
    row: () => (row) => row,
    set: () => rankBy(data.sets.map(({ title }) => title), columns.set),
    capability: () => rankBy(capabilities.map(({ id }) => id), columns.capability),
    technique: () => rankBy(techniques.map(({ id }) => id), columns.technique),
    relation: () => rankBy(texts, columns.relation),
    group: () => rankBy(texts, columns.group),
    comments: () => rankBy(texts, columns.comments, compareText),
    score: () => rankScores(data),
  }
  return (rows, key, isDescending) => {
    const rank = ranks.get(key) ?? makers[key]()
    ranks.set(key, rank)
    const sign = isDescending ? -1 : 1
    return rows.toSorted((a, b) => {
      const [left, right] = [rank(a), rank(b)]
      if (left < 0 || right < 0) return Number(left < 0) - Number(right < 0) || a - b
      return (left - right) * sign || a - b
    })
  }
}

function rankBy(items: readonly string[], column: readonly number[] = [], compare = compareNaturally): Rank {
  const order = [...new Set(column)].filter((index) => index >= 0).toSorted((a, b) => compare(items[a] ?? '', items[b] ?? ''))
  const places = new Map(order.map((index, place) => [index, place]))
  return (row) => places.get(column[row] ?? -1) ?? -1
}

/** By the value, then by the category. */
function rankScores({ rows, texts }: ReportData): Rank {
  const categories = rankBy(texts, rows.category)
  return (row) => {
    const value = texts[rows.value?.[row] ?? -1]
    return value === undefined ? -1 : (1 + scoreRank(value)) * (texts.length + 1) + categories(row) + 1
  }
}

/** The techniques that filters by technique leave, of those in `parts`; undefined if none of them is set. */
export function shownTechniques({ techniques }: RowQuery, parts: readonly TechniquePart[] = techniqueParts): ReadonlySet<number> | undefined {
  const [first, ...others] = parts.flatMap((part) => techniques[part] ?? [])
  return first && new Set([...first].filter((technique) => others.every((other) => other.has(technique))))
}
