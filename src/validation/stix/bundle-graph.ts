import type { TreeValue } from '../../formats/decoded.js'
import { isTreeObject, textOf, type TreeObject } from '../../formats/tree-fields.js'
import type { FaultLog } from './fault-log.js'

/** An object of a bundle with an id, and where it stands. */
export interface PlacedObject {
  readonly index: number
  readonly id: string
  readonly type: string
  readonly object: TreeObject
}

/** The objects of a bundle as checks of what they mean need them. */
export interface BundleGraph {
  readonly objects: readonly PlacedObject[]
  /** The first object with an id. */
  readonly byId: ReadonlyMap<string, PlacedObject>
}

/** Gathers the objects that have an id and a type. */
export function createBundleGraph(values: readonly TreeValue[]): BundleGraph {
  const objects: PlacedObject[] = []
  const byId = new Map<string, PlacedObject>()
  for (let index = 0; index < values.length; index += 1) {
    const object = values[index]
    const [id, type] = [textOf(object, 'id'), textOf(object, 'type')]
    if (!isTreeObject(object) || id === undefined || type === undefined) continue
    const placed = { index, id, type, object }
    objects.push(placed)
    if (!byId.has(id)) byId.set(id, placed)
  }
  return { objects, byId }
}

/** A program that bundles are imported into, and what is known of its import. */
export interface Platform {
  readonly id: string
  readonly title: string
  readonly check: (graph: BundleGraph, log: FaultLog) => void
}
