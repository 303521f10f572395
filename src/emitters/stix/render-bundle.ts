import type { Bundle } from './stix-object.js'

/** A bundle as JSON with one object per line: small, and a comparison of two versions shows the objects that differ. */
export function renderBundle({ type, id, objects }: Bundle): Uint8Array {
  const lines = objects.map((object) => JSON.stringify(object)).join(',\n')
  return new TextEncoder().encode(`{"type":${JSON.stringify(type)},"id":${JSON.stringify(id)},"objects":[\n${lines}\n]}\n`)
}
