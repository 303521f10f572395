import { textOf } from '../tree-fields.js'
import type { BundleGraph, PlacedObject } from './bundle-graph.js'
import type { FaultLog } from './fault-log.js'
import { visitReferences } from './list-references.js'
import { showValue } from './show-value.js'
import { typePrefix } from './stix-ids.js'
import { tlpMarkingIds } from './tlp-markings.js'

const predefined: ReadonlySet<string> = new Set(tlpMarkingIds.values())

/** References that are no fault, but that some readers need to know of. */
export interface ReferenceCounts {
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
