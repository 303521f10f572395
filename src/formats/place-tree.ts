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

function indexOf(
  branch: PlaceBranch, keys: readonly string[], indexes: Map<PlaceBranch, Map<string, number>>,
): ReadonlyMap<string, number> {
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

/** A name that stands twice in one object, and where its second value stands. */
export interface Duplicate {
  readonly at: number
  readonly key: string
}

/** The names that stand more than once in an object, in the order of the text. */
export function findDuplicates(root: PlaceNode): readonly Duplicate[] {
  const duplicates: Duplicate[] = []
  visit(root)
  return duplicates

  function visit(node: PlaceNode): void {
    if (typeof node === 'number') return
    const seen = new Set(node.keys)
    const repeats = node.keys !== undefined && seen.size < node.keys.length
    for (const [position, item] of node.items.entries()) {
      const key = node.keys?.[position]
      if (repeats && key !== undefined && !seen.delete(key)) {
        duplicates.push({ at: typeof item === 'number' ? item : item.at, key })
      }
      visit(item)
    }
  }
}
