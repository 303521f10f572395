import { observables } from '../observables.js'

const isObservable = (type: string): boolean => Object.hasOwn(observables, type)

/**
 * The relationships that OpenCTI allows between the types of the specification; it rejects others. Where OpenCTI distinguishes kinds
 * of identities and locations, a relationship that it allows for one kind counts for all. `observable` is any observable.
 * Source: OpenCTI-Platform/opencti, opencti-platform/opencti-graphql/src/database/stix.ts (stixCoreRelationshipsMapping and
 * checkStixCoreRelationshipMapping), commit 014e9c0.
 */
const table: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'attack-pattern': {
    'subtechnique-of': 'attack-pattern', 'targets': 'identity event location vulnerability', 'delivers': 'malware',
    'uses': 'malware tool',
  },
  'campaign': {
    'uses': 'attack-pattern channel narrative infrastructure malware tool', 'targets': 'event identity location vulnerability',
    'compromises': 'infrastructure', 'attributed-to': 'intrusion-set threat-actor', 'originates-from': 'location',
  },
  'course-of-action': {
    mitigates: 'attack-pattern indicator malware tool vulnerability', investigates: 'indicator',
    remediates: 'malware vulnerability',
  },
  'identity': {
    'part-of': 'identity', 'located-at': 'location', 'belongs-to': 'identity', 'has': 'vulnerability', 'uses': 'software',
    'owns': 'infrastructure', 'should-cover': 'attack-pattern', 'publishes': 'media-content',
  },
  'incident': {
    'uses': 'attack-pattern channel narrative infrastructure malware tool',
    'attributed-to': 'campaign intrusion-set threat-actor', 'targets': 'identity event location vulnerability',
    'compromises': 'infrastructure', 'originates-from': 'location',
  },
  'indicator': {
    'based-on': 'observed-data observable',
    'indicates':
      'attack-pattern campaign incident infrastructure intrusion-set malware threat-actor tool vulnerability relationship',
  },
  'infrastructure': {
    'consists-of': 'observed-data infrastructure software observable',
    'communicates-with': 'domain-name ipv4-addr ipv6-addr infrastructure url', 'controls': 'infrastructure malware',
    'uses': 'infrastructure', 'supports': 'infrastructure', 'located-at': 'location', 'delivers': 'malware',
    'hosts': 'malware tool software', 'has': 'vulnerability', 'technology': 'software', 'technology-to': 'software',
    'technology-from': 'software', 'belongs-to': 'identity', 'detects': 'attack-pattern',
  },
  'intrusion-set': {
    'uses': 'attack-pattern channel narrative infrastructure malware tool file',
    'targets': 'identity event location vulnerability', 'compromises': 'infrastructure', 'hosts': 'infrastructure',
    'owns': 'infrastructure', 'originates-from': 'location', 'attributed-to': 'threat-actor campaign', 'part-of': 'intrusion-set',
  },
  'location': { 'located-at': 'location' },
  'malware': {
    'communicates-with': 'domain-name ipv4-addr ipv6-addr url', 'downloads': 'file malware tool', 'drops': 'file malware tool',
    'uses': 'attack-pattern infrastructure malware tool', 'targets': 'identity event infrastructure location vulnerability',
    'beacons-to': 'infrastructure', 'exfiltrates-to': 'infrastructure', 'authored-by': 'intrusion-set threat-actor',
    'originates-from': 'location', 'controls': 'malware', 'variant-of': 'malware', 'exploits': 'vulnerability',
  },
  'threat-actor': {
    'uses': 'attack-pattern channel narrative infrastructure malware tool file', 'participates-in': 'campaign',
    'attributed-to': 'identity', 'impersonates': 'identity', 'targets': 'identity event location vulnerability',
    'compromises': 'infrastructure', 'hosts': 'infrastructure', 'owns': 'infrastructure', 'located-at': 'location',
    'part-of': 'threat-actor', 'cooperates-with': 'threat-actor',
  },
  'tool': {
    targets: 'identity event infrastructure location vulnerability', uses: 'attack-pattern infrastructure', delivers: 'malware',
    drops: 'malware', has: 'vulnerability',
  },
  'artifact': {
    'uses': 'narrative attack-pattern', 'interpreted-by': 'artifact file', 'communicates-with': 'ipv4-addr ipv6-addr domain-name',
  },
  'ipv4-addr': {
    'located-at': 'location', 'resolves-to': 'mac-addr', 'belongs-to': 'autonomous-system identity', 'communicates-with': 'ipv4-addr',
  },
  'ipv6-addr': { 'located-at': 'location', 'resolves-to': 'mac-addr', 'belongs-to': 'autonomous-system identity' },
  'domain-name': { 'resolves-to': 'domain-name hostname ipv4-addr ipv6-addr', 'uses': 'narrative', 'belongs-to': 'identity' },
  'file': {
    'uses': 'narrative attack-pattern', 'drops': 'file', 'downloads': 'file', 'interpreted-by': 'file artifact',
    'communicates-with': 'ipv4-addr ipv6-addr domain-name', 'targets': 'vulnerability', 'demonstrates': 'vulnerability',
  },
  'software': { has: 'vulnerability', remediates: 'vulnerability' },
  'url': { uses: 'narrative' },
  'user-account': { publishes: 'media-content' },
}

/** Types that allow `derived-from` between two objects of the type. */
const derived: ReadonlySet<string> = new Set([
  'attack-pattern', 'campaign', 'course-of-action', 'event', 'identity', 'incident', 'indicator', 'infrastructure',
  'intrusion-set', 'location', 'malware', 'threat-actor', 'tool', 'vulnerability', 'artifact', 'ipv4-addr', 'ipv6-addr',
  'domain-name', 'file', 'software', 'url', 'user-account',
])

/** Whether OpenCTI allows a relationship; undefined for a source type that is not in the table. */
export function isAllowedInOpencti(source: string, relationship: string, target: string): boolean | undefined {
  if (relationship === 'related-to' || relationship === 'revoked-by') return true
  if (relationship === 'derived-from' && source === target && derived.has(source)) return true
  if (!Object.hasOwn(table, source)) return undefined
  const ofSource = table[source]
  const targets = (ofSource && Object.hasOwn(ofSource, relationship) ? ofSource[relationship] : undefined)?.split(' ') ?? []
  return targets.includes(target) || (isObservable(target) && targets.includes('observable'))
}
