import type { Mapping } from '../../model/mapping.js'

/** What platforms filter by: scores, categories and mapping types of the rows, each once, in order of appearance. */
export function labelRows(rows: Iterable<Mapping>): readonly string[] {
  const labels = new Set<string>()
  for (const { relation, score } of rows) {
    if (score?.value !== undefined) labels.add(`score:${score.value}`)
    if (score?.category !== undefined) labels.add(`category:${score.category}`)
    if (relation !== undefined) labels.add(`mapping-type:${relation}`)
  }
  return [...labels]
}
