import type { BundleGraph } from './bundle-graph.js'
import type { FaultLog } from './fault-log.js'
import { visitReferences } from './list-references.js'
import { showValue } from './show-value.js'
import { typePrefix } from './stix-ids.js'
import { tlpMarkingIds } from './tlp-markings.js'

const predefined: ReadonlySet<string> = new Set(tlpMarkingIds.values())

/**
 * References that lead out of the bundle. STIX allows them, but platforms lose them; in a bundle of ours they are an error, save
 * those to techniques (profile `attack-present` leaves them to the platform). Gives how many lead to a later object.
 */
export function checkReferences({ objects, byId }: BundleGraph, own: boolean, { tell }: FaultLog): number {
  let forward = 0
  for (const { index, object } of objects) {
    visitReferences(object, (target, steps) => {
      const found = byId.get(target)
      if (found) {
        if (found.index > index) forward += 1
        return
      }
      if (predefined.has(target)) return
      const isLost = own && typePrefix(target) !== 'attack-pattern'
      tell(index, {
        code: isLost ? 'verify/meaning' : 'verify/reference',
        message: `${steps.findLast((step) => typeof step === 'string') ?? 'a reference'} leads out of the bundle`,
        found: showValue(target),
        steps: [...steps],
      }, 'reference')
    })
  }
  return forward
}
