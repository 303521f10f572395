import type { Mapping } from '../../model/mapping.js'
import type { NormaliseRule } from '../rule.js'

/** A technique id in lower case or followed by a full stop, as some pages print it. */
const unusualId = /^(t[0-9]{4}(?:\.[0-9]{3})?)\.?$/i

/** Corrects "T1036." and "t1036" to T1036, the only form that lookups, layers and bundles recognise. */
export const techniqueIds: NormaliseRule = (set, report) => {
  const changed = new Map<string, { id: string; first: Mapping; count: number }>()
  const mappings = set.mappings.map((mapping) => {
    if (mapping.kind === 'unmapped-capability') return mapping
    const written = mapping.technique.id
    const id = unusualId.exec(written)?.[1]?.toUpperCase()
    if (id === undefined || id === written) return mapping
    const known = changed.get(written)
    changed.set(written, { id, first: known?.first ?? mapping, count: (known?.count ?? 0) + 1 })
    return { ...mapping, technique: { ...mapping.technique, id } }
  })
  if (changed.size === 0) return set
  for (const [written, { id, first, count }] of changed) {
    const [origin] = first.origins
    const message = `"${written}" was read as ${id}`
    report('normalise/technique-id', { message, found: written, expected: id, count, ...(origin && { origin }) })
  }
  return { ...set, mappings }
}
