import { addToList } from '../../model/stated.js'
import type { BundleFile, StoredObject } from './collection.js'

/**
 * The objects of files, each version once: in the order of the bundle; of several bundles, so that objects come after those they
 * refer to. If files have different contents of a version, the file that changed last wins. Depends on nothing but the files.
 */
export function chooseObjects(files: readonly BundleFile[]): readonly StoredObject[] {
  const chosen = new Map<string, PlacedObject>()
  for (const [file, { objects }] of files.toSorted(compareFiles).entries()) {
    for (const [index, object] of objects.entries()) {
      const key = versionKey(object)
      const other = chosen.get(key)
      if (other && isSameObject(other.object, object)) continue
      // Deleted first, since a map keeps the position of an existing key.
      chosen.delete(key)
      chosen.set(key, { object, file, index })
    }
  }
  const placed = [...chosen.values()]
  return files.length > 1 ? orderByReferences(placed) : placed.map(({ object }) => object)
}

/** A key for one version of an object. */
export function versionKey({ id, version }: StoredObject): string {
  return `${version} ${id}`
}

function compareFiles(a: BundleFile, b: BundleFile): number {
  return a.changedAt - b.changedAt || (a.name < b.name ? -1 : 1)
}

/** An object, the index of its file, and its index in the file. */
interface PlacedObject {
  readonly object: StoredObject
  readonly file: number
  readonly index: number
}

/** An object on the stack, and the objects it refers to that are not yet visited. */
interface Visit {
  readonly placed: PlacedObject
  readonly pending: Iterator<PlacedObject>
}

/**
 * Moves objects after all versions of the objects that they refer to; else the order stays. The last version of an object, the only
 * one that clients get by default, may be in a later bundle than what refers to it. Within a bundle the order does not change, so
 * that cycles (the author of a marking may have that marking) need no special case.
 */
function orderByReferences(objects: readonly PlacedObject[]): readonly StoredObject[] {
  const byId = new Map<string, PlacedObject[]>()
  for (const placed of objects) addToList(byId, placed.object.id, placed)
  const reached = new Set<PlacedObject>()
  const ordered: StoredObject[] = []
  for (const start of objects) {
    if (reached.has(start)) continue
    reached.add(start)
    // Iterative, since chains of references may be long.
    const stack: Visit[] = [{ placed: start, pending: listReferents(start, byId) }]
    for (let visit = stack.at(-1); visit; visit = stack.at(-1)) {
      const step = visit.pending.next()
      if (step.done === true) {
        ordered.push(visit.placed.object)
        stack.pop()
      } else if (!reached.has(step.value)) {
        reached.add(step.value)
        stack.push({ placed: step.value, pending: listReferents(step.value, byId) })
      }
    }
  }
  return ordered
}

/** The objects that must come before an object. */
function* listReferents(
  { object, file, index }: PlacedObject, byId: ReadonlyMap<string, readonly PlacedObject[]>,
): Generator<PlacedObject, undefined> {
  for (const id of object.refs) {
    for (const referent of byId.get(id) ?? []) if (referent.file !== file || referent.index < index) yield referent
  }
  return undefined
}

const wordSize = 4

/** Whether two objects are equal byte for byte. */
export function isSameObject({ bytes: a }: StoredObject, { bytes: b }: StoredObject): boolean {
  if (a === b) return true
  if (a.length !== b.length) return false
  // Four bytes at a time: whole bundles are compared while requests wait.
  const [viewA, viewB] = [viewOf(a), viewOf(b)]
  const end = a.length - (a.length % wordSize)
  for (let at = 0; at < end; at += wordSize) if (viewA.getUint32(at) !== viewB.getUint32(at)) return false
  for (let at = end; at < a.length; at += 1) if (a[at] !== b[at]) return false
  return true
}

function viewOf({ buffer, byteOffset, length }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, length)
}
