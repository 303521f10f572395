import type { StoredObject } from './stored-object.js'

/** An object whose references are being followed: how many of them have been. */
interface Visit {
  readonly object: StoredObject
  readonly pending: Iterator<StoredObject>
}

/**
 * Puts what objects refer to before them, in all versions; else the order stays. Bundles may hold different versions of one object, and only the last is
 * given out: it may stand in a later bundle than what refers to it. Where objects refer to one another in a circle, the order stays too.
 */
export function orderByReferences(objects: readonly StoredObject[]): readonly StoredObject[] {
  const byId = new Map<string, StoredObject[]>()
  for (const object of objects) {
    const versions = byId.get(object.id)
    if (versions) versions.push(object)
    else byId.set(object.id, [object])
  }
  const reached = new Set<StoredObject>()
  const ordered: StoredObject[] = []
  for (const object of objects) {
    if (reached.has(object)) continue
    reached.add(object)
    // A stack of our own: chains of references may be long.
    const stack: Visit[] = [{ object, pending: listReferents(object, byId) }]
    for (let visit = stack.at(-1); visit; visit = stack.at(-1)) {
      const step = visit.pending.next()
      if (step.done === true) {
        ordered.push(visit.object)
        stack.pop()
      } else if (!reached.has(step.value)) {
        reached.add(step.value)
        stack.push({ object: step.value, pending: listReferents(step.value, byId) })
      }
    }
  }
  return ordered
}

function* listReferents({ refs }: StoredObject, byId: ReadonlyMap<string, readonly StoredObject[]>): Generator<StoredObject, undefined> {
  for (const id of refs) yield* byId.get(id) ?? []
  return undefined
}
