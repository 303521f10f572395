import { fieldOf, isList, textOf } from '../../../formats/decoded.js'
import type { BundleGraph, Platform } from '../bundle-graph.js'
import type { FaultLog } from '../fault-log.js'
import { observables } from '../observables.js'
import { typeInId } from '../stix-ids.js'
import { checkOpenctiMerges, checkOpenctiReferences } from './opencti-merges.js'
import { isAllowedInOpencti } from './opencti-relationships.js'

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
