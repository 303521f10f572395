import type { Mapping } from '../../model/mapping.js'
import type { NormaliseRule } from '../rule.js'

/** An id that was typed in small letters or with a full stop behind it, as some pages print it. */
const nearlyAnId = /^(t[0-9]{4}(?:\.[0-9]{3})?)\.?$/i

/** "T1036." and "t1036" are T1036: only so do look-ups, layers and bundles know the technique. */
export const techniqueIds: NormaliseRule = (set, report) => {
  const changed = new Map<string, { id: string; first: Mapping; count: number }>()
  const mappings = set.mappings.map((mapping) => {
    if (mapping.kind === 'unmapped-capability') return mapping
    const written = mapping.technique.id
    const id = nearlyAnId.exec(written)?.[1]?.toUpperCase()
    if (id === undefined || id === written) return mapping
    const known = changed.get(written)
    changed.set(written, { id, first: known?.first ?? mapping, count: (known?.count ?? 0) + 1 })
    return { ...mapping, technique: { ...mapping.technique, id } }
  })
  if (changed.size === 0) return set
  for (const [written, { id, first, count }] of changed) {
    const [origin] = first.origins
    report('normalise/technique-id', { message: `"${written}" was taken to be ${id}`, found: written, expected: id, count, ...(origin && { origin }) })
  }
  return { ...set, mappings }
}
