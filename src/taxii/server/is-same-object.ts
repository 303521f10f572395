import type { StoredObject } from './stored-object.js'

/** Whether two objects are the same, byte for byte. */
export function isSameObject({ bytes: a }: StoredObject, { bytes: b }: StoredObject): boolean {
  if (a === b) return true
  if (a.length !== b.length) return false
  // Plain, since all of a large bundle goes through it.
  for (let index = 0; index < a.length; index += 1) if (a[index] !== b[index]) return false
  return true
}
