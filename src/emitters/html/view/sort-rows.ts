import { scoreRank } from '../../../model/score-scale.js'
import { compareNaturally } from '../../../model/compare-naturally.js'
import { compareText } from '../../../model/compare-text.js'
import type { ReportData } from '../report-data.js'

/** What the table of rows can be sorted by. */
export type SortKey = 'row' | 'set' | 'capability' | 'technique' | 'relation' | 'score' | 'group' | 'comments'

/** A row's place by one key; what is not stated comes last in either direction. */
type Rank = (row: number) => number

/** Sorts rows. */
export type RowSorter = (rows: readonly number[], key: SortKey, isDescending: boolean) => readonly number[]

/** Makes a sorter of a report's rows. Each list is sorted once; rows are then compared by numbers. */
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
