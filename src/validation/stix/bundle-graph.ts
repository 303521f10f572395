import { isObject, textOf, type TreeObject, type TreeValue } from '../../formats/decoded.js'
import type { FaultLog } from './fault-log.js'

/** An object with an id and a type, and its index in the bundle's `objects`. */
export interface PlacedObject {
  readonly index: number
  readonly id: string
  readonly type: string
  readonly object: TreeObject
}

/** The objects of a bundle, for the checks that relate objects to one another. */
export interface BundleGraph {
  readonly objects: readonly PlacedObject[]
  /** By id: the first object that has it. */
  readonly byId: ReadonlyMap<string, PlacedObject>
}

/** Collects the objects that have an id and a type. */
export function createBundleGraph(values: readonly TreeValue[]): BundleGraph {
  const objects: PlacedObject[] = []
  const byId = new Map<string, PlacedObject>()
  for (let index = 0; index < values.length; index += 1) {
    const object = values[index]
    const [id, type] = [textOf(object, 'id'), textOf(object, 'type')]
    if (!isObject(object) || id === undefined || type === undefined) continue
    const placed = { index, id, type, object }
    objects.push(placed)
    if (!byId.has(id)) byId.set(id, placed)
  }
  return { objects, byId }
}

/** A platform that imports bundles; `check` reports what its import refuses, drops, merges or changes. */
export interface Platform {
  readonly id: string
  readonly title: string
  readonly check: (graph: BundleGraph, log: FaultLog) => void
}
