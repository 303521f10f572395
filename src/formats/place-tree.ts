import { pointerSteps } from './json-pointer.js'

/** Where a value of a tree document starts: an offset for scalars, a branch for objects and lists. */
export type PlaceNode = number | PlaceBranch

/** An object (`keys` beside `items`) or a list. */
export interface PlaceBranch {
  readonly at: number
  readonly keys?: string[]
  readonly items: PlaceNode[]
}

/**
 * Finds the offset of the value at a JSON pointer; objects are indexed when first looked into. Of names that stand twice in
 * one object the last counts, as for values.
 */
export function placeFinder(root: PlaceNode): (pointer: string) => number | undefined {
  const indexes = new Map<PlaceBranch, Map<string, number>>()
  return (pointer) => {
    const steps = pointerSteps(pointer)
    if (!steps) return undefined
    let node: PlaceNode | undefined = root
    for (const step of steps) {
      if (node === undefined || typeof node === 'number') return undefined
      node = node.items[node.keys ? (indexOf(node, node.keys, indexes).get(step) ?? -1) : listPosition(step)]
    }
    return typeof node === 'object' ? node.at : node
  }
}

function indexOf(branch: PlaceBranch, keys: readonly string[], indexes: Map<PlaceBranch, Map<string, number>>): Map<string, number> {
  let index = indexes.get(branch)
  if (!index) {
    index = new Map(keys.map((key, position) => [key, position]))
    indexes.set(branch, index)
  }
  return index
}

function listPosition(step: string): number {
  return /^(?:0|[1-9][0-9]{0,9})$/.test(step) ? Number(step) : -1
}

/** A name that stands twice in one object: the name, and where a value stands that doesn't count or takes another's place. */
export interface Duplicate {
  readonly at: number
  readonly key: string
}

/** Adds the names of an object that stand in it more than once. */
export function collectDuplicates(branch: PlaceBranch, duplicates: Duplicate[]): void {
  const { keys } = branch
  if (!keys) return
  const seen = new Set(keys)
  if (seen.size === keys.length) return
  for (const [position, key] of keys.entries()) {
    if (seen.delete(key)) continue
    const item = branch.items[position]
    duplicates.push({ at: typeof item === 'number' ? item : (item?.at ?? branch.at), key })
  }
}
