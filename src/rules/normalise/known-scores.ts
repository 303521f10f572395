import type { Mapping } from '../../model/mapping.js'
import { scoreCategories, scoreValues } from '../../model/vocabulary.js'
import type { NormaliseRule } from '../rule.js'

const known = {
  category: scoreCategories,
  value: scoreValues,
} as const

/** Lower-cases CTID's categories and values ("Protect", "PARTIAL"). Other scores are kept and reported. */
export const knownScores: NormaliseRule = (set, report) => {
  const unknown = new Map<string, { found: string; mapping: Mapping; count: number }>()

  function normaliseScore(mapping: Mapping, field: keyof typeof known, written: string): string {
    const lower = written.toLowerCase()
    if (known[field].some((score) => score === lower)) return lower
    // Layers have numbers as scores: reported once, not once for each number.
    const key = Number.isFinite(Number(written)) ? `${field} a number` : `${field} "${written}"`
    const first = unknown.get(key)
    unknown.set(key, { found: first?.found ?? `${field} "${written}"`, mapping: first?.mapping ?? mapping, count: (first?.count ?? 0) + 1 })
    return written
  }

  const mappings = set.mappings.map((mapping) => {
    const { score } = mapping
    if (score?.category === undefined && score?.value === undefined) return mapping
    const category = score.category === undefined ? undefined : normaliseScore(mapping, 'category', score.category)
    const value = score.value === undefined ? undefined : normaliseScore(mapping, 'value', score.value)
    if (category === score.category && value === score.value) return mapping
    return { ...mapping, score: { ...score, ...(category !== undefined && { category }), ...(value !== undefined && { value }) } }
  })
  for (const { found, mapping, count } of unknown.values()) {
    const [origin] = mapping.origins
    report('normalise/unknown-score', { found, count, ...(origin && { origin }) })
  }
  return { ...set, mappings }
}
