import type { BundleFile, StoredObject } from './collection.js'

/**
 * The objects of files, each version once: in the order of the bundle, and, where there are several, so that what an
 * object refers to comes before it. Of two texts of one version the one in the file that changed last counts. Depends on
 * nothing but the files.
 */
export function chooseObjects(files: readonly BundleFile[]): readonly StoredObject[] {
  const chosen = new Map<string, PlacedObject>()
  for (const [file, { objects }] of files.toSorted(compareFiles).entries()) {
    for (const [index, object] of objects.entries()) {
      const key = versionKey(object)
      const other = chosen.get(key)
      if (other && isSameObject(other.object, object)) continue
      // Deleted first: a map keeps the place of a key that it knows.
      chosen.delete(key)
      chosen.set(key, { object, file, index })
    }
  }
  const placed = [...chosen.values()]
  return files.length > 1 ? orderByReferences(placed) : placed.map(({ object }) => object)
}

/** What a version of an object is known by. */
export function versionKey({ id, version }: StoredObject): string {
  return `${version} ${id}`
}

function compareFiles(a: BundleFile, b: BundleFile): number {
  return a.changedAt - b.changedAt || (a.name < b.name ? -1 : 1)
}

/** An object, and where it stands: the number of its file, and its own there. */
interface PlacedObject {
  readonly object: StoredObject
  readonly file: number
  readonly index: number
}

/** An object whose references are being followed. */
interface Visit {
  readonly placed: PlacedObject
  readonly pending: Iterator<PlacedObject>
}

/**
 * Puts what objects refer to before them, in all versions; else the order stays. Bundles may hold different versions of one
 * object, and only the last is given out: it may stand in a later bundle than what refers to it. Inside a bundle the order is the
 * bundle's own affair, so that circles (who made a marking may carry it) stay as they are.
 */
function orderByReferences(objects: readonly PlacedObject[]): readonly StoredObject[] {
  const byId = new Map<string, PlacedObject[]>()
  for (const placed of objects) {
    const versions = byId.get(placed.object.id)
    if (versions) versions.push(placed)
    else byId.set(placed.object.id, [placed])
  }
  const reached = new Set<PlacedObject>()
  const ordered: StoredObject[] = []
  for (const start of objects) {
    if (reached.has(start)) continue
    reached.add(start)
    // A stack of our own: chains of references may be long.
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

/** What must come before an object. */
function* listReferents(
  { object, file, index }: PlacedObject, byId: ReadonlyMap<string, readonly PlacedObject[]>,
): Generator<PlacedObject, undefined> {
  for (const id of object.refs) {
    for (const referent of byId.get(id) ?? []) if (referent.file !== file || referent.index < index) yield referent
  }
  return undefined
}

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
