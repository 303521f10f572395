import { itemsOf, textOf } from '../tree-fields.js'
import type { BundleGraph, PlacedObject } from './bundle-graph.js'
import type { FaultLog } from './fault-log.js'
import { findCycles } from './find-cycles.js'
import type { Fault } from './site.js'

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
  tellCycles(containers, 'object_refs', {
    code: 'verify/doubtful', message: 'object_refs: a container holds itself, at once or through others',
  })
  tellCycles(markings, 'object_marking_refs', {
    code: 'verify/meaning', message: 'object_marking_refs: a marking marks itself, at once or through others',
  })
  tellCycles(authors, 'created_by_ref', {
    code: 'verify/doubtful', message: 'created_by_ref: identities made one another in a circle',
  })

  function tellCycles(edges: ReadonlyMap<string, readonly string[]>, name: string, says: Says): void {
    for (const [from, to] of findCycles(edges)) {
      const placed = byId.get(from)
      if (placed) tell(placed.index, { ...says, found: `it leads back by ${to.slice(0, 120)}`, steps: [name] })
    }
  }
}

function listTexts({ object }: PlacedObject, name: string): readonly string[] {
  return itemsOf(object, name).flatMap((item) => (typeof item === 'string' ? [item] : []))
}
