import { compareOrigins } from './model/compare-origins.js'
import { createMappingSet } from './model/create-mapping-set.js'
import type { Mapping } from './model/mapping.js'
import type { About, ResolvedSet } from './model/mapping-set.js'
import { compareText } from './model/compare-text.js'

/**
 * Merges the sets of one framework release and ATT&CK release. A row that stands in several documents counts once, with
 * all its origins; a row that stands twice in one document counts twice. Documents count in the order of their names,
 * so the order in which inputs were named makes no difference.
 */
export function mergeSets(sets: readonly ResolvedSet[]): readonly ResolvedSet[] {
  const groups = new Map<string, ResolvedSet[]>()
  for (const set of sets) {
    const key = JSON.stringify([set.framework.id, set.framework.version, set.attack.domain, set.attack.version])
    const group = groups.get(key)
    if (group) group.push(set)
    else groups.set(key, [set])
  }
  return [...groups]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, group]) => mergeGroup(group.toSorted((a, b) => compareText(sourceName(a), sourceName(b)))))
}

function mergeGroup(sets: readonly ResolvedSet[]): ResolvedSet {
  const [first] = sets
  if (!first) throw new Error('a group of sets is never empty')
  if (sets.length === 1) return first
  const merged = createMappingSet({
    framework: first.framework,
    attack: first.attack,
    about: mergeAbout(sets),
    relations: firstOfEach(sets, (set) => set.relations),
    groups: firstOfEach(sets, (set) => set.groups),
    capabilities: firstOfEach(sets, (set) => set.capabilities),
    mappings: mergeRows(sets),
    sources: sets.flatMap((set) => set.sources),
  })
  return { ...merged, attack: first.attack }
}

function mergeRows(sets: readonly ResolvedSet[]): readonly Mapping[] {
  const rows = new Map<string, Mapping>()
  for (const set of sets) {
    const seen = new Map<string, number>()
    for (const mapping of set.mappings) {
      const content = rowContent(mapping)
      const nth = (seen.get(content) ?? 0) + 1
      seen.set(content, nth)
      const key = `${nth} ${content}`
      const known = rows.get(key)
      rows.set(key, known ? { ...known, origins: [...known.origins, ...mapping.origins].toSorted(compareOrigins) } : mapping)
    }
  }
  return [...rows.values()]
}

/** Everything that a row says, but not where: two rows with equal content are one row in two documents. */
function rowContent(mapping: Mapping): string {
  const { origins: _origins, completed: _completed, ...content } = mapping
  return JSON.stringify(sortKeys(content))
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys)
  if (typeof value !== 'object' || value === null) return value
  return Object.entries(value).toSorted(([a], [b]) => compareText(a, b)).map(([key, inner]) => [key, sortKeys(inner)])
}

function mergeAbout(sets: readonly ResolvedSet[]): About {
  return sets.reduce<About>((about, set) => ({ ...set.about, ...about }), {})
}

function firstOfEach<Value>(sets: readonly ResolvedSet[], entries: (set: ResolvedSet) => ReadonlyMap<string, Value>): Iterable<Value> {
  const found = new Map<string, Value>()
  for (const set of sets) {
    for (const [id, value] of entries(set)) if (!found.has(id)) found.set(id, value)
  }
  return found.values()
}

function sourceName(set: ResolvedSet): string {
  return set.sources[0]?.name ?? ''
}
