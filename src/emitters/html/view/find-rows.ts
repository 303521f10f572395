import { compareNaturally, compareText } from '../../../model/text.js'
import { scoreRank } from '../../../model/vocabulary.js'
import type { ReportData, ReportRows } from '../report-data.js'

/** Columns that rows can be filtered by, each by one value. */
export const filteredColumns =
  ['set', 'relation', 'group', 'category', 'value', 'status'] as const satisfies readonly (keyof ReportRows)[]
export type FilteredColumn = (typeof filteredColumns)[number]

/** A query for rows. Absent columns are not filtered. */
export interface RowQuery {
  readonly words: string
  readonly columns: { readonly [Name in FilteredColumn]?: number }
  /** The techniques of a tactic; absent for all. */
  readonly techniques?: ReadonlySet<number>
  readonly kind: 'all' | 'mapped' | 'unmapped'
}

/** The indices of the rows that match a query, in order. */
export function filterRows({ rows }: ReportData, query: RowQuery, search: RowSearch): readonly number[] {
  const wanted = filteredColumns.flatMap((name) => {
    const value = query.columns[name]
    return value === undefined ? [] : [{ column: rows[name] ?? [], value }]
  })
  const isFound = search(query.words)
  const found: number[] = []
  for (const [row, technique] of rows.technique.entries()) {
    if (wanted.some(({ column, value }) => column[row] !== value)) continue
    if (query.techniques && !query.techniques.has(technique)) continue
    const isMapped = technique >= 0 && (rows.capability[row] ?? -1) >= 0
    if (query.kind !== 'all' && isMapped !== (query.kind === 'mapped')) continue
    if (isFound(row)) found.push(row)
  }
  return found
}

/** Whether a row matches. */
type RowTest = (row: number) => boolean

/** Creates the test for a search text. */
type RowSearch = (words: string) => RowTest

/**
 * Creates the search in a report's rows. Each capability, technique and text is searched once per word; rows refer to them by index. All
 * words must be in the row, in any of its fields.
 */
export function createRowSearch({ rows, capabilities, techniques, texts }: ReportData): RowSearch {
  const folded = {
    capabilities: capabilities.map(({ id, name = '', groups = [] }) => foldText([id, name, ...groups].join('\n'))),
    techniques: techniques.map(({ id, name = '' }) => foldText(`${id}\n${name}`)),
    texts: texts.map(foldText),
  }
  return (words) => {
    const tests = foldText(words).split(/\s+/).filter((word) => word !== '').map(testWord)
    return (row) => tests.every((test) => test(row))
  }

  function testWord(word: string): RowTest {
    const has = (text: string): boolean => text.includes(word)
    const found = {
      capabilities: folded.capabilities.map(has),
      techniques: folded.techniques.map(has),
      texts: folded.texts.map(has),
    }
    const inText = (column: readonly number[] | undefined, row: number): boolean => found.texts[column?.[row] ?? -1] === true
    return (row) =>
      found.capabilities[rows.capability[row] ?? -1] === true
      || found.techniques[rows.technique[row] ?? -1] === true
      || inText(rows.comments, row) || inText(rows.relation, row) || inText(rows.group, row)
      || inText(rows.category, row) || inText(rows.value, row) || inText(rows.status, row)
      || (rows.references?.[row]?.some((reference) => found.texts[reference] === true) ?? false)
  }
}

/** Folds text for searching: case and accents are ignored. */
function foldText(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()
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
