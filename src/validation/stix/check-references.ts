import { isObject, textOf, type TreeValue } from '../../formats/decoded.js'
import type { BundleGraph, PlacedObject } from './bundle-graph.js'
import { tlpMarkingIds } from './check-markings.js'
import { type FaultLog, showValue } from './fault-log.js'
import { typePrefix } from './stix-ids.js'

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
function visitReferences(value: TreeValue, visit: (target: string, steps: Steps) => void, steps: Steps = []): void {
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1) descend(value[index], index)
  } else if (isObject(value)) {
    for (const name of Object.keys(value)) {
      const child = value[name]
      if (name.endsWith('_ref') && typeof child === 'string') {
        steps.push(name)
        visit(child, steps)
        steps.pop()
      } else if (name.endsWith('_refs') && Array.isArray(child)) visitList(name, child)
      else if (!(name === 'objects' && steps.length === 0)) descend(child, name)
    }
  }

  function descend(child: TreeValue | undefined, step: string | number): void {
    if (typeof child !== 'object' || child === null) return
    steps.push(step)
    visitReferences(child, visit, steps)
    steps.pop()
  }

  function visitList(name: string, list: readonly TreeValue[]): void {
    steps.push(name)
    for (let index = 0; index < list.length; index += 1) {
      const target = list[index]
      if (typeof target === 'string') {
        steps.push(index)
        visit(target, steps)
        steps.pop()
      } else descend(target, index)
    }
    steps.pop()
  }
}
