import { itemsOf, textOf } from '../../formats/tree-fields.js'
import type { BundleGraph, PlacedObject } from './bundle-graph.js'
import type { Fault, FaultLog } from './fault-log.js'

type Says = Pick<Fault, 'code' | 'message' | 'hint'>

/** Objects that refer to themselves, at once or by way of others, where that makes no sense. */
export function checkCycles({ objects, byId }: BundleGraph, { tell }: FaultLog): void {
  const containers = new Map<string, readonly string[]>()
  const markings = new Map<string, readonly string[]>()
  const authors = new Map<string, readonly string[]>()
  for (const placed of objects) {
    const { id, type, object } = placed
    if (byId.get(id) !== placed) continue
    if (itemsOf(object, 'object_refs').length > 0) containers.set(id, listTexts(placed, 'object_refs'))
    if (type === 'marking-definition') markings.set(id, listTexts(placed, 'object_marking_refs'))
    const author = textOf(object, 'created_by_ref')
    // That an identity made itself is usual, and every program reads it.
    if (type === 'identity' && author !== undefined && author !== id) authors.set(id, [author])
    if (type !== 'relationship') continue
    const source = textOf(object, 'source_ref')
    if (source !== undefined && source === textOf(object, 'target_ref')) {
      tell(placed.index, {
        code: 'verify/doubtful', message: 'the relationship leads from an object to itself', found: source.slice(0, 120),
        steps: ['target_ref'],
      })
    }
  }
  reportCycles(containers, 'object_refs', {
    code: 'verify/doubtful', message: 'object_refs: a container holds itself, at once or through others',
  })
  reportCycles(markings, 'object_marking_refs', {
    code: 'verify/meaning', message: 'object_marking_refs: a marking marks itself, at once or through others',
  })
  reportCycles(authors, 'created_by_ref', {
    code: 'verify/doubtful', message: 'created_by_ref: identities made one another in a circle',
  })

  function reportCycles(edges: ReadonlyMap<string, readonly string[]>, name: string, says: Says): void {
    for (const [from, to] of findCycles(edges)) {
      const placed = byId.get(from)
      if (placed) tell(placed.index, { ...says, found: `it leads back by ${to.slice(0, 120)}`, steps: [name] })
    }
  }
}

function listTexts({ object }: PlacedObject, name: string): readonly string[] {
  return itemsOf(object, name).flatMap((item) => (typeof item === 'string' ? [item] : []))
}

/**
 * The edges that close a circle, found by walking in depth: [from, to] where `to` led to `from`. One for each circle that the
 * walk closes. Without recursion, so that a chain of a million objects is no danger; every edge is looked at once.
 */
function findCycles(edges: ReadonlyMap<string, readonly string[]>): readonly (readonly [from: string, to: string])[] {
  const found: (readonly [string, string])[] = []
  const state = new Map<string, 'open' | 'done'>()
  for (const start of edges.keys()) {
    if (state.has(start)) continue
    const path = [{ id: start, next: 0 }]
    state.set(start, 'open')
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const target = edges.get(top.id)?.[top.next]
      top.next += 1
      if (target === undefined) {
        state.set(top.id, 'done')
        path.pop()
      } else if (state.get(target) === 'open') found.push([top.id, target])
      else if (!state.has(target) && edges.has(target)) {
        state.set(target, 'open')
        path.push({ id: target, next: 0 })
      }
    }
  }
  return found
}
