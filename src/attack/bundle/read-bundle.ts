import type { Domain } from '../../model/mapping.js'
import { isRecord } from '../../model/stated.js'
import { type Adversary, readAdversaries } from './read-adversaries.js'
import { originalTypes, slimObject } from './reduce-bundle.js'
import { type ByteRange, createJsonSplitter } from './split-json.js'
import { parseStixObject, type StixObject, textOf } from './stix-object.js'

/**
 * `value`: a bundle for `readAttackBundle`, reduced to the objects and properties that it needs. `places`: byte ranges of the
 * original techniques, identities and markings, by STIX id. `problem`: a predicate that completes "<file> …".
 */
export type ReadBundle =
  | { readonly value: unknown; readonly places: ReadonlyMap<string, ByteRange> }
  | { readonly problem: string }

/** Reads a STIX bundle from a stream of bytes. */
interface BundleReader {
  /** Takes the next bytes, split anywhere. False if the rest is not needed because the input is not a bundle. */
  readonly push: (chunk: Uint8Array) => boolean
  readonly finish: () => ReadBundle
}

/**
 * Reads the JSON of a STIX bundle of any size, object by object; only what the index is built from stays in memory.
 * `readAttackBundle` interprets the result.
 */
export function createBundleReader(): BundleReader {
  const objects: StixObject[] = []
  const places = new Map<string, ByteRange>()
  const none = -1
  let problem: string | undefined
  const splitter = createJsonSplitter((entry, range) => {
    const object = parseStixObject(entry)
    if (!object) return none
    const id = textOf(object, 'id')
    if (id !== undefined && originalTypes.has(object['type'])) places.set(id, range)
    const slim = slimObject(object)
    return slim ? objects.push(slim) - 1 : none
  })

  function attempt(action: () => void): void {
    if (problem !== undefined) return
    try {
      action()
    } catch (error) {
      problem = describeError(error)
    }
  }

  return {
    push(chunk) {
      attempt(() => splitter.push(chunk))
      return problem === undefined
    },
    finish() {
      let value: unknown
      attempt(() => {
        const { frame, isCutOff } = splitter.finish()
        // Text that is not JSON may look truncated too: only input that starts with an object is reported as truncated.
        if (isCutOff && /^\uFEFF?\s*\{/.test(frame)) problem = 'is truncated'
        else value = fillFrame(JSON.parse(frame.replace(/^\uFEFF/, '')), objects)
      })
      return problem === undefined ? { value, places } : { problem }
    },
  }
}

function describeError(error: unknown): string {
  if (error instanceof SyntaxError) return 'is not JSON'
  if (error instanceof RangeError) return 'contains an object larger than 64 MB'
  if (error instanceof TypeError) return 'is not valid UTF-8'
  throw error
}

/** Replaces the positions in the frame's `objects` by the objects kept. */
function fillFrame(frame: unknown, objects: readonly StixObject[]): unknown {
  if (!isRecord(frame) || !Array.isArray(frame['objects'])) return frame
  const kept = frame['objects'].flatMap((entry: unknown) => {
    const [position] = Array.isArray(entry) ? entry : []
    return typeof position === 'number' ? objects[position] ?? [] : []
  })
  return { type: frame['type'], objects: kept }
}

/** Original objects of an ATT&CK bundle, unchanged: techniques, identities and markings. */
export interface OriginalObjects {
  /** Domain and version of the bundle's release. */
  readonly domain: Domain
  readonly version: string
  /** Object by STIX id, parsed on every call; undefined if the bundle has no object of these types with this id. */
  object(stixId: string): StixObject | undefined
  /** The groups, campaigns and software of the bundle, read on the first call. */
  adversaries(): readonly Adversary[]
}

/**
 * Parses objects from the bundle's bytes on demand: which ones a run needs is known only after its documents are read, and all
 * parsed objects take several times the memory of the bytes.
 */
export function createOriginalObjects(
  { domain, version }: Pick<OriginalObjects, 'domain' | 'version'>, bytes: Uint8Array, places: ReadonlyMap<string, ByteRange>,
): OriginalObjects {
  let adversaries: readonly Adversary[] | undefined
  return {
    domain,
    version,
    adversaries: () => (adversaries ??= readAdversaries(bytes)),
    object(stixId) {
      const place = places.get(stixId)
      return place && parseStixObject(new TextDecoder().decode(bytes.subarray(place.start, place.end)))
    },
  }
}
