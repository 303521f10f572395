import type { Domain } from '../../model/mapping.js'
import { originalTypes, slimObject } from './reduce-bundle.js'
import { type ByteRange, createJsonSplitter } from './split-json.js'
import { isStixObject, type StixObject, textOf } from './stix-object.js'

/**
 * A bundle as `readAttackBundle` takes it, with the objects that it needs, and where those stand that other bundles may hold word
 * for word, by their ids; or why there is none, after the file's name.
 */
export type ReadBundle =
  | { readonly value: unknown; readonly places: ReadonlyMap<string, ByteRange> }
  | { readonly problem: string }

/** Reads a STIX bundle as its bytes come in. */
interface BundleReader {
  /** Bytes, cut anywhere. False when no more are wanted: they are no bundle. */
  readonly push: (chunk: Uint8Array) => boolean
  readonly finish: () => ReadBundle
}

/**
 * Reads the JSON of a STIX bundle of any size, object by object: only what the index is made of stays in memory. What it means
 * is `readAttackBundle`'s affair.
 */
export function createBundleReader(): BundleReader {
  const objects: StixObject[] = []
  const places = new Map<string, ByteRange>()
  const none = -1
  let problem: string | undefined
  const splitter = createJsonSplitter((entry, range) => {
    const object: unknown = JSON.parse(entry)
    if (!isStixObject(object)) return none
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
      problem = describeFault(error)
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
        // A text that never was JSON may look cut off too: only one that begins as a bundle does is called so.
        if (isCutOff && /^\uFEFF?\s*\{/.test(frame)) problem = 'ends too early: it is cut off'
        else value = fillFrame(JSON.parse(frame.replace(/^\uFEFF/, '')), objects)
      })
      return problem === undefined ? { value, places } : { problem }
    },
  }
}

function describeFault(error: unknown): string {
  if (error instanceof SyntaxError) return 'is not JSON'
  if (error instanceof RangeError) return 'holds an object of more than 64 MB'
  if (error instanceof TypeError) return 'is not text in UTF-8'
  throw error
}

/** Puts the kept objects back in their places. */
function fillFrame(frame: unknown, objects: readonly StixObject[]): unknown {
  if (!isStixObject(frame) || !Array.isArray(frame['objects'])) return frame
  const kept = frame['objects'].flatMap((entry: unknown) => {
    const [position] = Array.isArray(entry) ? entry : []
    return typeof position === 'number' ? objects[position] ?? [] : []
  })
  return { type: frame['type'], objects: kept }
}

/** The objects of an ATT&CK bundle as MITRE wrote them: its techniques, identities and markings. */
export interface OriginalObjects {
  /** The release that the bundle is. */
  readonly domain: Domain
  readonly version: string
  /** The object with a STIX id; undefined where the bundle has none of these types. Reads it anew each time. */
  object(stixId: string): StixObject | undefined
}

/**
 * Objects that are taken from the bundle's bytes when they are asked for. What a run refers to is known only after the
 * documents are read, and a bundle's objects take several times the memory of its bytes.
 */
export function createOriginalObjects(
  { domain, version }: Pick<OriginalObjects, 'domain' | 'version'>, bytes: Uint8Array, places: ReadonlyMap<string, ByteRange>,
): OriginalObjects {
  return {
    domain,
    version,
    object(stixId) {
      const place = places.get(stixId)
      if (!place) return undefined
      const object: unknown = JSON.parse(new TextDecoder().decode(bytes.subarray(place.start, place.end)))
      return isStixObject(object) ? object : undefined
    },
  }
}
