import { parse, v5 } from 'uuid'
import type { StixId } from './stix-object.js'

/** The namespace of all our ids: the UUIDv5 of "https://attack-crosswalk.example/stix" in the URL namespace of RFC 9562. */
export const stixNamespace = '9119ef20-9a81-5b4a-b835-8796ddecc185'

const namespaceBytes = parse(stixNamespace)
const encoder = new TextEncoder()

/**
 * The id of an object of ours: its type and the UUIDv5 of the JSON text of [type, ...parts], in our namespace. JSON keeps
 * the parts apart whatever they hold; an absent part is null.
 */
export function stixId(type: string, ...parts: readonly (string | undefined)[]): StixId {
  const name = JSON.stringify([type, ...parts.map((part) => part ?? null)])
  return `${type}--${v5(encoder.encode(name), namespaceBytes)}`
}
