import { parse, v5 } from 'uuid'

/** The UUIDv5 of "https://attack-crosswalk.example/taxii" in the URL namespace of RFC 9562. */
const namespace = '6d4bc230-6f0d-5c1e-93cf-d3d03dcb83e7'
const namespaceBytes = parse(namespace)
const encoder = new TextEncoder()

/** A UUIDv5 of ours: of the JSON text of the parts, so that they stay apart whatever they hold. */
export function makeId(...parts: readonly string[]): string {
  return v5(encoder.encode(JSON.stringify(parts)), namespaceBytes)
}
