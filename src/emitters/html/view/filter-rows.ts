import type { ReportData, ReportRows } from '../report-data.js'
import type { RowSearch } from './search-rows.js'

/** Columns that rows are filtered by, each by one of its values. */
export const filteredColumns =
  ['set', 'relation', 'group', 'category', 'value', 'status'] as const satisfies readonly (keyof ReportRows)[]
export type FilteredColumn = (typeof filteredColumns)[number]

/** What rows are asked for. A column that is absent may hold anything. */
export interface RowQuery {
  readonly words: string
  readonly columns: { readonly [Name in FilteredColumn]?: number }
  /** The techniques of a tactic; all where it is absent. */
  readonly techniques?: ReadonlySet<number>
  readonly kind: 'all' | 'mapped' | 'unmapped'
}

/** The numbers of the rows that a query asks for, in their order. */
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
