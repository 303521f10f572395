import type { StoredObject } from './stored-object.js'

/** An object, and where it stands: the number of its file, and its own there. */
export interface PlacedObject {
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
export function orderByReferences(objects: readonly PlacedObject[]): readonly StoredObject[] {
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
