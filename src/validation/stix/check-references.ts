import type { TreeValue } from '../../formats/decoded.js'
import { isTreeObject, textOf } from '../../formats/tree-fields.js'
import type { BundleGraph, PlacedObject } from './bundle-graph.js'
import { tlpMarkingIds } from './check-markings.js'
import { type FaultLog, showValue } from './fault-log.js'
import { typePrefix } from './stix-ids.js'

const predefined: ReadonlySet<string> = new Set(tlpMarkingIds.values())

/** References that are no fault, but that some readers need to know of. */
interface ReferenceCounts {
  /** Those that lead to a later object, where another order of the bundle would have it the other way round. */
  readonly forward: number
  /** Those of a bundle of ours that lead to techniques which the platform is to hold already (profile `attack-present`). */
  readonly elsewhere: number
}

/**
 * References that lead out of the bundle. STIX allows them, but platforms lose them; in a bundle of ours they are an error, save
 * those to techniques, which one profile leaves out.
 */
export function checkReferences({ objects, byId }: BundleGraph, own: boolean, { tell }: FaultLog): ReferenceCounts {
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
      tell(index, {
        code: own ? 'verify/meaning' : 'verify/reference',
        message: `${steps.findLast((step) => typeof step === 'string') ?? 'a reference'} leads out of the bundle`,
        found: showValue(target),
        steps: [...steps],
      }, 'reference')
    })
  }
  return { forward, elsewhere }
}

/** No order puts each of two after the other one: MITRE made the marking that MITRE's identity has. */
function refersTo({ type, object }: PlacedObject, id: string): boolean {
  return type === 'marking-definition' && textOf(object, 'created_by_ref') === id
}

type Steps = (string | number)[]

/**
 * Calls `visit` with every reference of an object, at any depth: texts under names that end in `_ref`, and in the lists under
 * those that end in `_refs` (STIX 2.1, section 3.1). Those in a container of observables name its own entries: they are left out.
 * `steps` is reused: who keeps them copies them. Documents are at most 200 levels deep.
 */
function visitReferences(value: TreeValue, visit: (target: string, steps: Steps) => void, steps: Steps = []): void {
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1) descend(value[index], index)
  } else if (isTreeObject(value)) {
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
