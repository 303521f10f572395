import { isObject, itemsOf, textOf, type TreeValue } from '../../formats/decoded.js'
import type { BundleGraph, PlacedObject } from './check-times.js'
import { typePrefix } from './check-ids.js'
import { tlpMarkingIds } from './check-markings.js'
import { type Fault, type FaultLog, showValue } from './fault-log.js'

const predefined: ReadonlySet<string> = new Set(Object.values(tlpMarkingIds))

/** References that are valid, but that notes mention. */
interface ReferenceCounts {
  /** References to later objects that another order of the bundle would avoid. */
  readonly forward: number
  /** In a bundle of ours, references to techniques that the platform must already have (profile `attack-present`). */
  readonly elsewhere: number
}

/**
 * Reports references to objects that are not in the bundle. STIX allows them, but platforms lose them; in a bundle of ours they are
 * an error, except those to techniques, which the profile `attack-present` leaves out.
 */
export function checkReferences({ objects, byId }: BundleGraph, own: boolean, { report }: FaultLog): ReferenceCounts {
  let forward = 0
  let elsewhere = 0
  for (const { index, id, object } of objects) {
    visitReferences(object, (target, steps) => {
      const found = byId.get(target)
      if (found) {
        if (found.index > index && !refersTo(found, id)) forward += 1
        return
      }
      if (predefined.has(target)) return
      if (own && typePrefix(target) === 'attack-pattern') {
        elsewhere += 1
        return
      }
      report(index, {
        code: own ? 'verify/meaning' : 'verify/reference',
        message: `${steps.findLast((step) => typeof step === 'string') ?? 'a reference'} refers to an object that is not in the bundle`,
        found: showValue(target),
        steps: [...steps],
      }, 'reference')
    })
  }
  return { forward, elsewhere }
}

/** For mutual references, no order avoids a forward one: MITRE's identity has the marking that MITRE created. */
function refersTo({ type, object }: PlacedObject, id: string): boolean {
  return type === 'marking-definition' && textOf(object, 'created_by_ref') === id
}

type Steps = (string | number)[]

/**
 * Calls `visit` for every reference of an object, at any depth: strings in properties whose names end in `_ref`, and in lists in
 * properties whose names end in `_refs` (STIX 2.1, section 3.1). Skips containers of observables, whose references are their own
 * keys. `steps` is reused: copy it to keep it. Recursion is safe, since documents nest at most 200 levels.
 */
function visitReferences(value: TreeValue, visit: Visit, steps: Steps = []): void {
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1) descend(value[index], index, visit, steps)
  } else if (isObject(value)) {
    for (const name of Object.keys(value)) {
      const child = value[name]
      if (typeof child === 'string') {
        if (name.endsWith('_ref')) visitAt(child, name, visit, steps)
      } else if (name.endsWith('_refs') && Array.isArray(child)) visitList(name, child, visit, steps)
      else if (!(name === 'objects' && steps.length === 0)) descend(child, name, visit, steps)
    }
  }
}

type Visit = (target: string, steps: Steps) => void

function visitAt(target: string, step: string | number, visit: Visit, steps: Steps): void {
  steps.push(step)
  visit(target, steps)
  steps.pop()
}

function descend(child: TreeValue | undefined, step: string | number, visit: Visit, steps: Steps): void {
  if (typeof child !== 'object' || child === null) return
  steps.push(step)
  visitReferences(child, visit, steps)
  steps.pop()
}

function visitList(name: string, list: readonly TreeValue[], visit: Visit, steps: Steps): void {
  steps.push(name)
  for (let index = 0; index < list.length; index += 1) {
    const target = list[index]
    if (typeof target === 'string') visitAt(target, index, visit, steps)
    else descend(target, index, visit, steps)
  }
  steps.pop()
}

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
