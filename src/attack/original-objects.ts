import type { Domain } from '../model/mapping.js'
import type { ByteRange } from './bundle/split-json.js'
import { isStixObject, type StixObject } from './bundle/stix-object.js'

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
