import type { ResolvedSet } from '../../model/mapping-set.js'
import type { CapabilityRef, Mapping, Score, TechniqueRef } from '../../model/mapping.js'
import { haveSameTexts } from '../../model/stated.js'
import { createUuids, createUuidWords, showUuid, uuidWords } from '../../model/uuid-v5.js'

/** The namespace of the ids of mappings: a random UUID that must never change. */
const namespace = '9b0c1f4e-6a52-4d0b-8a77-3f1f3c0d6e21'
const idOf = createUuids(namespace)
const wordsOf = createUuidWords(namespace)

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
  const words = new Int32Array(set.mappings.length * uuidWords)
  for (const [index, mapping] of set.mappings.entries()) wordsOf(`1 ${contentOf(mapping)}`, words, index * uuidWords)
  const ids = set.mappings.map((_, index) => showUuid(words, index * uuidWords))
  // Rows with the same first id have the same content.
  const repeated = findRepeated(words)
  const idOfRepeated = createMappingId(set, repeated)
  for (const index of repeated) ids[index] = idOfRepeated(index) ?? ''
  cache.set(set, ids)
  return ids
}

/**
 * The indexes of ids that occur several times, and of one id in thirty that does not, by bits of their hashes: a map of a million ids takes as
 * much memory as they do.
 */
function findRepeated(words: Int32Array): readonly number[] {
  const count = words.length / uuidWords
  const places = Math.min(2 ** 30, 2 ** Math.ceil(Math.log2(count * 32 + 32)))
  const once = new Int32Array(places / 32)
  const again = new Int32Array(places / 32)
  for (let index = 0; index < count; index += 1) {
    const place = (words[index * uuidWords] ?? 0) & (places - 1)
    const word = place >>> 5
    const bit = 1 << (place & 31)
    again[word] = (again[word] ?? 0) | ((once[word] ?? 0) & bit)
    once[word] = (once[word] ?? 0) | bit
  }
  const repeated: number[] = []
  for (let index = 0; index < count; index += 1) {
    const place = (words[index * uuidWords] ?? 0) & (places - 1)
    if (((again[place >>> 5] ?? 0) >>> (place & 31)) & 1) repeated.push(index)
  }
  return repeated
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
  let last: Mapping | undefined
  let ofCapability = 'null'
  let rest = ''
  return (mapping) => {
    const capability = capabilityOf(mapping)
    const before = last && capabilityOf(last)
    if (capability?.id !== before?.id || capability?.description !== before?.description) ofCapability = capabilityJson(capability)
    if (!last || !haveSameRest(mapping, last)) rest = restJson(mapping)
    last = mapping
    return `${start},${ofCapability},${mapping.kind === 'unmapped-capability' ? 'null' : techniqueJson(mapping.technique)},${rest}`
  }

  function techniqueJson({ id, name }: TechniqueRef): string {
    const known = techniques.get(id)
    if (known && known.name === name) return known.json
    const json = JSON.stringify([id, name])
    techniques.set(id, { name, json })
    return json
  }
}

function capabilityOf(mapping: Mapping): CapabilityRef | undefined {
  return mapping.kind === 'unmapped-technique' ? undefined : mapping.capability
}

function capabilityJson(capability: CapabilityRef | undefined): string {
  return capability ? JSON.stringify([capability.id, capability.description]) : 'null'
}

/** Whether `restJson` is the same for both. Authors and releases are few: those that are not the same object are taken for others. */
function haveSameRest(mapping: Mapping, last: Mapping): boolean {
  return mapping.relation === last.relation && mapping.group === last.group && mapping.comments === last.comments
    && mapping.status === last.status && mapping.author === last.author && mapping.release === last.release
    && haveSameTexts(mapping.references, last.references) && haveSameScore(mapping.score, last.score)
}

function haveSameScore(score: Score | undefined, last: Score | undefined): boolean {
  return score === last || (score?.category === last?.category && score?.value === last?.value && score?.related === last?.related)
}

function restJson({ relation, group, score, comments, references, status, author, release }: Mapping): string {
  return JSON.stringify([
    relation, group, [score?.category, score?.value, score?.related], comments, references, status,
    [author?.name, author?.contact, author?.organization],
    [release?.framework, release?.frameworkVersion, release?.domain, release?.attackVersion],
  ]).slice(1)
}
