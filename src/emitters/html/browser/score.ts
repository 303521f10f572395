import type { ReportData } from '../report-data.js'
import { scoreRank } from '../../../model/score-scale.js'
import { create, isolate } from './elements.js'

/** A row's score in words, with a mark that repeats how good it is; nothing where it has none. */
export function createScore({ rows, texts }: ReportData, row: number): readonly Node[] {
  const category = texts[rows.category?.[row] ?? -1]
  const value = texts[rows.value?.[row] ?? -1]
  const words = [category, value].filter((word) => word !== undefined).join(': ')
  if (words === '') return []
  return [create('span', { class: `score rank-${1 + scoreRank(value ?? '')}` }, isolate(words))]
}
