import type { StoredObject } from './stored-object.js'

const wordSize = 4

/** Whether two objects are the same, byte for byte. */
export function isSameObject({ bytes: a }: StoredObject, { bytes: b }: StoredObject): boolean {
  if (a === b) return true
  if (a.length !== b.length) return false
  // Four bytes at a time, since all of a large bundle goes through it while requests wait.
  const [viewA, viewB] = [viewOf(a), viewOf(b)]
  const end = a.length - (a.length % wordSize)
  for (let at = 0; at < end; at += wordSize) if (viewA.getUint32(at) !== viewB.getUint32(at)) return false
  for (let at = end; at < a.length; at += 1) if (a[at] !== b[at]) return false
  return true
}

function viewOf({ buffer, byteOffset, length }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, length)
}
