import { fieldOf, isList, textOf } from '../../../formats/decoded.js'
import type { BundleGraph, Platform } from '../check-times.js'
import { typeInId } from '../check-ids.js'
import type { FaultLog } from '../fault-log.js'
import { observables } from '../observables.js'
import { checkOpenctiMerges, checkOpenctiReferences } from './opencti-merges.js'

/** OpenCTI's file import, by its worker (client-python) and the checks of the platform. */
export const opencti: Platform & { readonly id: 'opencti' } = {
  id: 'opencti',
  title: 'OpenCTI',
  check(graph, log) {
    checkTypes(graph, log)
    checkRelationships(graph, log)
    checkOpenctiMerges(graph, log)
    checkOpenctiReferences(graph, log)
  },
}

function checkTypes({ objects }: BundleGraph, { report, reportOnce }: FaultLog): void {
  for (const { index, type, object } of objects) {
    if (!openctiTypes.has(type)) {
      reportOnce(index, {
        code: 'verify/platform', message: 'OpenCTI does not import objects of this type', found: type.slice(0, 120), steps: ['type'],
      }, type.slice(0, 120))
    }
    // The splitter does not check that the list exists (opencti_stix2_splitter.py, enlist_element).
    if (type === 'sighting' && fieldOf(object, 'where_sighted_refs') === undefined) {
      report(index, {
        code: 'verify/platform-refuses', message: 'OpenCTI aborts the import at a sighting without where_sighted_refs',
        hint: 'Add where_sighted_refs, or remove the sighting.',
      })
    }
    const places = fieldOf(object, 'where_sighted_refs')
    if (type === 'sighting' && isList(places) && places.length === 0) {
      report(index, { code: 'verify/platform', message: 'OpenCTI drops a sighting whose where_sighted_refs is empty' })
    }
  }
}

function checkRelationships({ objects, byId }: BundleGraph, { report, reportOnce }: FaultLog): void {
  for (const { index, type, object } of objects) {
    if (type !== 'relationship') continue
    const relationship = textOf(object, 'relationship_type') ?? ''
    const [source, target] = ['source_ref', 'target_ref'].map((name) => {
      const id = textOf(object, name)
      const end = id === undefined ? undefined : typeInId(id)
      if (end !== undefined && !openctiTypes.has(end)) {
        report(index, {
          code: 'verify/platform', message: `OpenCTI drops a relationship whose ${name} is of a type that it does not import`,
          found: end, steps: [name],
        }, end)
        return undefined
      }
      if (id !== undefined && !byId.has(id)) {
        report(index, {
          code: 'verify/platform',
          message: `OpenCTI drops the relationship unless it already has its ${name}, which is not in the bundle`,
          found: id.slice(0, 120), steps: [name],
        })
      }
      return end
    })
    if (source === undefined || target === undefined || isAllowedInOpencti(source, relationship, target) !== false) continue
    const kind = `${source} ${relationship.slice(0, 100)} ${target}`
    reportOnce(index, {
      code: 'verify/platform', message: 'OpenCTI rejects relationships of this type between these types of objects', found: kind,
      steps: ['relationship_type'],
    }, kind)
  }
}

/**
 * The types that OpenCTI imports; it drops objects of other types, and clears references to them.
 * Source: OpenCTI-Platform/opencti, client-python/pycti/utils/opencti_stix2_utils.py (STIX_META_OBJECTS, STIX_CORE_OBJECTS,
 * STIX_CYBER_OBSERVABLE_MAPPING) and opencti_stix2_splitter.py (is_id_supported), commits af78b64 and bc148d9.
 */
const openctiTypes: ReadonlySet<string> = new Set([
  'relationship', 'sighting', 'label', 'vocabulary', 'kill-chain-phase', 'attack-pattern', 'campaign', 'case-incident',
  'x-opencti-case-incident', 'case-rfi', 'x-opencti-case-rfi', 'case-rft', 'x-opencti-case-rft', 'channel', 'course-of-action',
  'data-component', 'x-mitre-data-component', 'data-source', 'x-mitre-data-source', 'event', 'external-reference', 'feedback',
  'x-opencti-feedback', 'grouping', 'identity', 'incident', 'indicator', 'infrastructure', 'intrusion-set', 'language',
  'location', 'malware', 'malware-analysis', 'marking-definition', 'narrative', 'note', 'observed-data', 'opinion', 'report',
  'task', 'x-opencti-task', 'threat-actor', 'tool', 'vulnerability', 'security-coverage', 'pir', ...Object.keys(observables),
  'email-mime-part-type', 'windows-registry-value-type', 'hostname', 'cryptographic-key', 'cryptocurrency-wallet', 'text',
  'user-agent', 'bank-account', 'phone-number', 'credential', 'tracking-number', 'payment-card', 'media-content',
  'simple-observable', 'persona', 'ssh-key', 'imei', 'iccid', 'imsi',
])

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
