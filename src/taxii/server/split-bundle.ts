import { type ByteRange, createJsonSplitter } from '../../attack/bundle/split-json.js'
import { type StixObject, textOf } from '../../attack/bundle/stix-object.js'
import { isRecord } from '../../model/stated.js'
import { readTimestamp, type StoredObject } from './collection.js'

/** The objects of a bundle, or why it can't be read, in words that follow the file's name. `isBundle`: it is one, but an invalid one. */
export type SplitBundle =
  | { readonly title?: string; readonly description?: string; readonly objects: readonly StoredObject[] }
  | { readonly problem: string; readonly isBundle: boolean }

/** A JSON object in the file, before it is known whether it is in the bundle's `objects`. */
interface Found {
  readonly object: StixObject
  readonly refs: readonly string[]
  readonly range: ByteRange
}

const chunkSize = 1 << 18
const noVersion = '1970-01-01T00:00:00.000Z'

/**
 * Finds the objects in a bundle's bytes, and the properties that requests filter by. The objects stay bytes, so that a large bundle
 * takes little more memory than its file. Yields now and then, so that the caller can serve requests.
 */
export function* splitBundle(bytes: Uint8Array): Generator<undefined, SplitBundle> {
  const found: Found[] = []
  const known = new Map<string, string>()
  const splitter = createJsonSplitter((entry, range) => {
    const object: unknown = JSON.parse(entry)
    const refs = listReferences(object).map((id) => known.get(id) ?? known.set(id, id).get(id) ?? id)
    return found.push({ object: isRecord(object) ? slim(object) : {}, refs, range }) - 1
  })
  try {
    for (let at = 0; at < bytes.length; at += chunkSize) {
      splitter.push(bytes.subarray(at, at + chunkSize))
      yield undefined
    }
    const { frame } = splitter.finish()
    return readFrame(JSON.parse(frame.replace(/^\uFEFF/, '')), found, bytes)
  } catch (error) {
    return { problem: describeFault(error), isBundle: false }
  }
}

/** The few properties that are needed, so that the whole object can be freed. */
function slim(object: StixObject): StixObject {
  const { id, type, modified, created, spec_version } = object
  const { name, description } = type === 'grouping' ? object : {}
  return { id, type, modified, created, spec_version, name, description }
}

function readFrame(frame: unknown, found: readonly Found[], bytes: Uint8Array): SplitBundle {
  if (!isRecord(frame) || frame['type'] !== 'bundle') return { problem: 'is not a STIX bundle', isBundle: false }
  const specVersion = textOf(frame, 'spec_version') ?? '2.1'
  const entries: unknown = frame['objects'] ?? []
  if (!Array.isArray(entries)) return { problem: 'has an objects property that is not a list', isBundle: true }
  const objects: StoredObject[] = []
  const groupings: StixObject[] = []
  for (const [index, entry] of entries.entries()) {
    const [position]: readonly unknown[] = Array.isArray(entry) ? entry : []
    const one = typeof position === 'number' ? found[position] : undefined
    const stored = one && store(one, specVersion, bytes)
    if (!stored) return { problem: `has an object without type or id, at index ${index}`, isBundle: true }
    objects.push(stored)
    if (one.object['type'] === 'grouping') groupings.push(one.object)
  }
  return { ...describe(groupings), objects }
}

function store({ object, refs, range }: Found, specVersion: string, bytes: Uint8Array): StoredObject | undefined {
  const [id, type] = [textOf(object, 'id'), textOf(object, 'type')]
  if (id === undefined || type === undefined) return undefined
  const stated = textOf(object, 'modified') ?? textOf(object, 'created') ?? noVersion
  const time = readTimestamp(stated)
  return {
    id, type,
    version: time === undefined ? noVersion : stated,
    versionTime: time ?? 0,
    specVersion: textOf(object, 'spec_version') ?? specVersion,
    refs,
    bytes: bytes.subarray(range.start, range.end),
  }
}

/** A bundle with exactly one mapping set gets the title and description of its grouping. */
function describe(groupings: readonly StixObject[]): { readonly title?: string; readonly description?: string } {
  const [only, ...others] = groupings
  if (!only || others.length > 0) return {}
  const [title, description] = [textOf(only, 'name'), textOf(only, 'description')]
  return { ...(title !== undefined && { title }), ...(description !== undefined && { description }) }
}

function describeFault(error: unknown): string {
  if (error instanceof SyntaxError) return 'is not JSON, or is truncated'
  if (error instanceof RangeError) return 'has an object of more than 64 MB'
  if (error instanceof TypeError) return 'is not UTF-8 text'
  throw error
}

/** The deepest that STIX has references: in granular markings and in extensions. */
const deepest = 5

/** The ids that an object refers to, each once: strings in properties whose names end in _ref or _refs (STIX 2.1, section 3.1). */
function listReferences(object: unknown): readonly string[] {
  const references = new Set<string>()
  collect(object, 0, references)
  return [...references]
}

function collect(value: unknown, depth: number, references: Set<string>): void {
  if (depth > deepest) return
  if (Array.isArray(value)) {
    for (const entry of value) collect(entry, depth + 1, references)
  } else if (isRecord(value)) {
    for (const [name, part] of Object.entries(value)) {
      if (name.endsWith('_ref') && typeof part === 'string') references.add(part)
      else if (name.endsWith('_refs') && Array.isArray(part)) for (const id of part) addText(id, references)
      else collect(part, depth + 1, references)
    }
  }
}

function addText(value: unknown, references: Set<string>): void {
  if (typeof value === 'string') references.add(value)
}
