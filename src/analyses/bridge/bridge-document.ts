import { tool } from '../../tool.js'
import { describeSetHead } from '../set-head.js'
import type { Bridge, BridgePair } from './bridge-sets.js'
import type { Bearing, Profile } from './technique-weights.js'

/** A bridge as JSON: schemas/bridge.schema.json. */
export function bridgeDocument(bridge: Bridge, shown: readonly BridgePair[], statement: string): object {
  return {
    kind: 'bridge',
    derived: { by: tool, statement },
    left: describeSetHead(bridge.left),
    right: describeSetHead(bridge.right),
    attackVersion: bridge.release.version,
    pairsFound: bridge.pairs.length,
    pairs: shown.map(({ left, right, strength, leftShare, rightShare, techniques }) => ({
      left: describeProfile(left),
      right: describeProfile(right),
      strength,
      leftShare,
      rightShare,
      techniques: techniques.map((technique) => ({
        id: technique.id,
        left: describeBearing(technique.id, technique.left),
        right: describeBearing(technique.id, technique.right),
      })),
    })),
  }
}

function describeProfile({ id, name, bearings }: Profile): object {
  return { id, ...(name !== undefined && { name }), techniques: bearings.size }
}

/** `writtenAs` where a side writes another id than the technique has now. */
function describeBearing(id: string, { ids, scores, weight }: Bearing): object {
  const others = [...ids].filter((written) => written !== id)
  return { weight, ...(scores.length > 0 && { scores }), ...(others.length > 0 && { writtenAs: [...ids] }) }
}
