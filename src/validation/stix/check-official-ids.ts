import type { AttackIndex } from '../../attack/attack-index.js'
import { itemsOf, textOf } from '../tree-fields.js'
import type { BundleGraph } from './bundle-graph.js'
import type { FaultLog } from './fault-log.js'

/**
 * Attack patterns that refer to a technique of ATT&CK under an id of their own: a platform that holds ATT&CK gets the
 * technique twice. Every release counts, since MITRE never changes the id of a technique.
 */
export function checkOfficialIds({ objects }: BundleGraph, attack: AttackIndex, { tell }: FaultLog): void {
  for (const { index, id, type, object } of objects) {
    if (type !== 'attack-pattern') continue
    const technique = itemsOf(object, 'external_references')
      .filter((reference) => (textOf(reference, 'source_name') ?? '').startsWith('mitre-'))
      .map((reference) => textOf(reference, 'external_id'))
      .find((cited) => cited !== undefined && /^T\d{4}(?:\.\d{3})?$/.test(cited))
    if (technique === undefined) continue
    const official = new Set(attack.domainsOf(technique).flatMap((domain) => {
      const found = attack.release(domain).technique(technique)
      return found ? [found.stixId] : []
    }))
    if (official.size === 0 || official.has(id)) continue
    tell(index, {
      code: 'verify/doubtful',
      message: 'a technique does not have its official id; platforms that hold ATT&CK get it twice',
      found: `${technique} as ${id.slice(0, 120)}`,
      expected: [...official].join(' or '),
      steps: ['id'],
    })
  }
}
