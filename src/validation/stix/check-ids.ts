import type { AttackIndex } from '../../attack/attack-index.js'
import type { TreeValue } from '../../formats/decoded.js'
import { isTreeObject, itemsOf, textOf } from '../../formats/tree-fields.js'
import type { BundleGraph, PlacedObject } from './bundle-graph.js'
import type { FaultLog } from './fault-log.js'

/**
 * One version of an object stands once (STIX 2.1, section 3.6): an id may repeat with another `modified`, but not say two things
 * at one time.
 */
export function checkCopies({ objects }: BundleGraph, { tell }: FaultLog): void {
  const versions = new Map<string, PlacedObject>()
  for (const placed of objects) {
    const version = `${placed.id} ${textOf(placed.object, 'modified') ?? ''}`
    const first = versions.get(version)
    if (!first) {
      versions.set(version, placed)
      continue
    }
    const same = isEqual(first.object, placed.object)
    tell(placed.index, {
      code: same ? 'verify/doubtful' : 'verify/meaning',
      message: same
        ? 'the object stands in the bundle twice'
        : 'two objects with other contents have this id and the same time of modification',
      found: `the first one is /objects/${first.index}`,
      steps: ['id'],
    })
  }
}

/** Whether two values are the same, whatever the order of names. Looks at no more than the smaller of them holds. */
function isEqual(first: TreeValue | undefined, second: TreeValue | undefined): boolean {
  if (first === second) return true
  if (Array.isArray(first)) {
    const others: readonly TreeValue[] = Array.isArray(second) ? second : []
    return Array.isArray(second) && first.length === others.length
      && first.every((item: TreeValue, index) => isEqual(item, others[index]))
  }
  if (!isTreeObject(first) || !isTreeObject(second)) return false
  const names = Object.keys(first)
  return names.length === Object.keys(second).length
    && names.every((name) => Object.hasOwn(second, name) && isEqual(first[name], second[name]))
}

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
