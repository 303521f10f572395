import { textOf } from '../../formats/decoded.js'
import type { BundleGraph } from './check-times.js'
import type { FaultLog } from './fault-log.js'
import { observables } from './observables.js'
import { typeInId } from './check-ids.js'

/** Reports relationships that the specification does not define for their source and target types: once a kind, with the count. */
export function checkRelationships({ objects }: BundleGraph, { report }: FaultLog): void {
  const kinds = new Map<string, { readonly index: number; count: number }>()
  for (const { index, type, object } of objects) {
    if (type !== 'relationship') continue
    const ends = ['source_ref', 'target_ref'].map((name) => typeInId(textOf(object, name) ?? ''))
    const [source, target] = ends
    const relationship = textOf(object, 'relationship_type')
    if (source === undefined || target === undefined || relationship === undefined) continue
    if (isDefinedRelationship(source, relationship, target)) continue
    const kind = `${source} ${relationship.slice(0, 100)} ${target}`
    const known = kinds.get(kind)
    if (known) known.count += 1
    else kinds.set(kind, { index, count: 1 })
  }
  for (const [kind, { index, count }] of kinds) {
    report(index, {
      code: 'verify/relationship',
      message: `the specification does not define this relationship${count > 1 ? `; the bundle has ${count} of them` : ''}`,
      found: kind,
      steps: ['relationship_type'],
    }, 'triple')
  }
}

const any = Object.keys(observables).join(' ')
const targets = 'identity location vulnerability'
const usable = 'attack-pattern infrastructure malware tool'
const network = 'ipv4-addr ipv6-addr domain-name url'

/**
 * By source type: relationship types and their target types, separated by spaces (STIX 2.1, sections 4 and 6, and appendix B).
 */
const table: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'attack-pattern': { delivers: 'malware', targets, uses: 'malware tool' },
  'campaign': {
    'attributed-to': 'intrusion-set threat-actor', 'compromises': 'infrastructure', 'originates-from': 'location', targets,
    'uses': usable,
  },
  'course-of-action': {
    investigates: 'indicator', mitigates: 'attack-pattern indicator malware tool vulnerability',
    remediates: 'malware vulnerability',
  },
  'identity': { 'located-at': 'location' },
  'indicator': {
    'indicates': 'attack-pattern campaign infrastructure intrusion-set malware threat-actor tool', 'based-on': 'observed-data',
  },
  'infrastructure': {
    'communicates-with': `infrastructure ${network}`, 'consists-of': `infrastructure observed-data ${any}`,
    'controls': 'infrastructure malware',
    'delivers': 'malware', 'has': 'vulnerability', 'hosts': 'tool malware', 'located-at': 'location', 'uses': 'infrastructure',
  },
  'intrusion-set': {
    'attributed-to': 'threat-actor', 'compromises': 'infrastructure', 'hosts': 'infrastructure', 'owns': 'infrastructure',
    'originates-from': 'location', targets, 'uses': usable,
  },
  'malware': {
    'authored-by': 'threat-actor intrusion-set', 'beacons-to': 'infrastructure', 'exfiltrate-to': 'infrastructure',
    'exfiltrates-to': 'infrastructure', 'communicates-with': network, 'controls': 'malware', 'downloads': 'malware tool file',
    'drops': 'malware tool file', 'exploits': 'vulnerability', 'originates-from': 'location',
    'targets': `infrastructure ${targets}`, 'uses': usable, 'variant-of': 'malware',
  },
  'malware-analysis': {
    'characterizes': 'malware', 'analysis-of': 'malware', 'static-analysis-of': 'malware', 'dynamic-analysis-of': 'malware',
  },
  'threat-actor': {
    'attributed-to': 'identity', 'compromises': 'infrastructure', 'hosts': 'infrastructure', 'owns': 'infrastructure',
    'impersonates': 'identity', 'located-at': 'location', targets, 'uses': usable,
  },
  'tool': {
    delivers: 'malware', drops: 'malware', has: 'vulnerability', targets: `infrastructure ${targets}`, uses: 'infrastructure',
  },
  'domain-name': { 'resolves-to': 'domain-name ipv4-addr ipv6-addr' },
  'ipv4-addr': { 'resolves-to': 'mac-addr', 'belongs-to': 'autonomous-system' },
  'ipv6-addr': { 'resolves-to': 'mac-addr', 'belongs-to': 'autonomous-system' },
}

/** Relationships between any two objects, and those between two objects of one type (STIX 2.1, section 3.7). */
const common: ReadonlySet<string> = new Set(['related-to'])
const ofOneType: ReadonlySet<string> = new Set(['duplicate-of', 'derived-from'])

/** Whether the specification defines a relationship between these types. */
function isDefinedRelationship(source: string, relationship: string, target: string): boolean {
  if (common.has(relationship) || (ofOneType.has(relationship) && source === target)) return true
  const ofSource = Object.hasOwn(table, source) ? table[source] : undefined
  const found = ofSource && Object.hasOwn(ofSource, relationship) ? ofSource[relationship] : undefined
  return found?.split(' ').includes(target) === true
}
