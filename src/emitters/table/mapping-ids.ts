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
  const ids = set.mappings.map((mapping) => idOf(`1 ${contentOf(mapping)}`))
  // Rows with the same first id have the same content.
  const repeated = findRepeated(ids)
  const idOfRepeated = createMappingId(set, repeated)
  for (const index of repeated) ids[index] = idOfRepeated(index) ?? ''
  cache.set(set, ids)
  return ids
}

/**
 * The indexes of ids that occur several times, and of one id in thirty that does not, by bits of their hashes: a map of a million ids takes as
 * much memory as they do.
 */
function findRepeated(ids: readonly string[]): readonly number[] {
  const places = Math.min(2 ** 30, 2 ** Math.ceil(Math.log2(ids.length * 32 + 32)))
  const once = new Int32Array(places / 32)
  const again = new Int32Array(places / 32)
  const placeOf = (id: string): number => Number.parseInt(id.slice(0, 8), 16) & (places - 1)
  for (const id of ids) {
    const place = placeOf(id)
    const word = place >>> 5
    const bit = 1 << (place & 31)
    again[word] = (again[word] ?? 0) | ((once[word] ?? 0) & bit)
    once[word] = (once[word] ?? 0) | bit
  }
  return ids.flatMap((id, index) => {
    const place = placeOf(id)
    return ((again[place >>> 5] ?? 0) >>> (place & 31)) & 1 ? [index] : []
  })
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
