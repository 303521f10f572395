import type { ResolvedSet } from '../../model/mapping-set.js'
import type { Mapping, TechniqueRef } from '../../model/mapping.js'
import { createUuids } from '../../model/uuid-v5.js'

/** Gives ids of mappings. Their namespace is a random UUID that must never change. */
const idOf = createUuids('9b0c1f4e-6a52-4d0b-8a77-3f1f3c0d6e21')

const cache = new WeakMap<ResolvedSet, readonly string[]>()

/**
 * Ids of a set's rows, in order: UUIDv5 (RFC 9562, section 5.5) of the releases of the set and the content of the row, but not of
 * its place. So an id never moves to a row with other content, whatever rows are added and in whichever order documents are read; a
 * row that is changed gets a new id. Rows with equal content are distinguished by an ordinal, from 1.
 */
export function mappingIds(set: ResolvedSet): readonly string[] {
  const cached = cache.get(set)
  if (cached) return cached
  const contentOf = createRowContents(startOf(set))
  // Rows with the same first id have the same content.
  const seen = new Map<string, number>()
  const ids = set.mappings.map((mapping) => {
    const content = contentOf(mapping)
    const first = idOf(`1 ${content}`)
    const ordinal = (seen.get(first) ?? 0) + 1
    seen.set(first, ordinal)
    return ordinal === 1 ? first : idOf(`${ordinal} ${content}`)
  })
  cache.set(set, ids)
  return ids
}

/**
 * Gives the ids of some rows of a set by their indexes, as `mappingIds` does for all. Rows of one content must be among them all or not at all.
 */
export function createMappingId(set: ResolvedSet, indexes: Iterable<number>): (index: number) => string | undefined {
  const contentOf = createRowContents(startOf(set))
  const seen = new Map<string, number>()
  const texts = new Map<number, string>()
  for (const index of indexes) {
    const mapping = set.mappings[index]
    if (!mapping) continue
    const content = contentOf(mapping)
    const ordinal = (seen.get(content) ?? 0) + 1
    seen.set(content, ordinal)
    texts.set(index, `${ordinal} ${content}`)
  }
  return (index) => {
    const text = texts.get(index)
    return text === undefined ? undefined : idOf(text)
  }
}

/** The start of every row's content, in JSON. */
function startOf({ framework, attack }: ResolvedSet): string {
  return JSON.stringify([framework.id, framework.version, attack.domain, attack.version]).slice(0, -1)
}

/**
 * Creates the function that gives the content of a row in a fixed order, as JSON after `start`; it has null for values that are not stated.
 * Parts that the row before had as well are not written anew: rows of one capability, or without comments, are many.
 */
function createRowContents(start: string): (mapping: Mapping) => string {
  const techniques = new Map<string, { readonly name: string | undefined; readonly json: string }>()
  const capability = createMemory((values) => JSON.stringify(values))
  const rest = createMemory(([relation, group, category, value, related, comments, references, status, ...others]) => JSON.stringify([
    relation, group, [category, value, related], comments, references, status, others.slice(0, 3), others.slice(3),
  ]).slice(1))
  return (mapping) => {
    const { score, author, release } = mapping
    const ofCapability = mapping.kind === 'unmapped-technique' ? 'null' : capability([mapping.capability.id, mapping.capability.description])
    const ofTechnique = mapping.kind === 'unmapped-capability' ? 'null' : techniqueJson(mapping.technique)
    return `${start},${ofCapability},${ofTechnique},${rest([
      mapping.relation, mapping.group, score?.category, score?.value, score?.related, mapping.comments, mapping.references, mapping.status,
      author?.name, author?.contact, author?.organization,
      release?.framework, release?.frameworkVersion, release?.domain, release?.attackVersion,
    ])}`
  }

  function techniqueJson({ id, name }: TechniqueRef): string {
    const known = techniques.get(id)
    if (known && known.name === name) return known.json
    const json = JSON.stringify([id, name])
    techniques.set(id, { name, json })
    return json
  }
}

/** Creates a function that writes values only if they differ from those of its last call. */
function createMemory(write: (values: readonly unknown[]) => string): (values: readonly unknown[]) => string {
  let last: readonly unknown[] = []
  let written = ''
  return (values) => {
    if (values.length !== last.length || values.some((value, index) => value !== last[index])) {
      last = values
      written = write(values)
    }
    return written
  }
}
