import { itemsOf, textOf } from '../../formats/decoded.js'
import type { BundleGraph, PlacedObject } from './bundle-graph.js'
import type { Fault, FaultLog } from './fault-log.js'

type CycleFault = Pick<Fault, 'code' | 'message' | 'hint'>

/** Reports objects that refer to themselves, directly or through others, where that makes no sense. */
export function checkCycles({ objects, byId }: BundleGraph, { report }: FaultLog): void {
  const containers = new Map<string, readonly string[]>()
  const markings = new Map<string, readonly string[]>()
  const authors = new Map<string, readonly string[]>()
  for (const placed of objects) {
    const { id, type, object } = placed
    if (byId.get(id) !== placed) continue
    if (itemsOf(object, 'object_refs').length > 0) containers.set(id, listTexts(placed, 'object_refs'))
    if (type === 'marking-definition') markings.set(id, listTexts(placed, 'object_marking_refs'))
    const author = textOf(object, 'created_by_ref')
    // An identity that names itself as its author is common, and every consumer accepts it.
    if (type === 'identity' && author !== undefined && author !== id) authors.set(id, [author])
    if (type !== 'relationship') continue
    const source = textOf(object, 'source_ref')
    if (source !== undefined && source === textOf(object, 'target_ref')) {
      report(placed.index, {
        code: 'verify/doubtful', message: 'the relationship has the same source and target', found: source.slice(0, 120),
        steps: ['target_ref'],
      })
    }
  }
  reportCycles(containers, 'object_refs', {
    code: 'verify/doubtful', message: 'object_refs: a container includes itself, directly or through other containers',
  })
  reportCycles(markings, 'object_marking_refs', {
    code: 'verify/meaning', message: 'object_marking_refs: a marking marks itself, directly or through other markings',
  })
  reportCycles(authors, 'created_by_ref', {
    code: 'verify/doubtful', message: 'created_by_ref: identities name one another as authors in a cycle',
  })

  function reportCycles(edges: ReadonlyMap<string, readonly string[]>, name: string, fault: CycleFault): void {
    for (const [from, to] of findCycles(edges)) {
      const placed = byId.get(from)
      if (placed) report(placed.index, { ...fault, found: `the reference to ${to.slice(0, 120)} closes the cycle`, steps: [name] })
    }
  }
}

function listTexts({ object }: PlacedObject, name: string): readonly string[] {
  return itemsOf(object, name).flatMap((item) => (typeof item === 'string' ? [item] : []))
}

/**
 * The back edges of a depth-first search, [from, to] where `to` leads to `from`: one for each cycle that the search closes.
 * Iterative, so that a chain of a million objects does not exhaust the stack; visits every edge once.
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
