import { observables } from '../observables.js'

/**
 * The types that OpenCTI imports; references to others are emptied, and objects of others set aside.
 * Source: OpenCTI-Platform/opencti, client-python/pycti/utils/opencti_stix2_utils.py (STIX_META_OBJECTS, STIX_CORE_OBJECTS,
 * STIX_CYBER_OBSERVABLE_MAPPING) and opencti_stix2_splitter.py (is_id_supported), commits af78b64 and bc148d9.
 */
export const openctiTypes: ReadonlySet<string> = new Set([
  'relationship', 'sighting', 'label', 'vocabulary', 'kill-chain-phase',
  'attack-pattern', 'campaign', 'case-incident', 'x-opencti-case-incident', 'case-rfi', 'x-opencti-case-rfi', 'case-rft',
  'x-opencti-case-rft', 'channel', 'course-of-action', 'data-component', 'x-mitre-data-component', 'data-source',
  'x-mitre-data-source',
  'event', 'external-reference', 'feedback', 'x-opencti-feedback', 'grouping', 'identity', 'incident', 'indicator',
  'infrastructure',
  'intrusion-set', 'language', 'location', 'malware', 'malware-analysis', 'marking-definition', 'narrative', 'note',
  'observed-data',
  'opinion', 'report', 'task', 'x-opencti-task', 'threat-actor', 'tool', 'vulnerability', 'security-coverage', 'pir',
  ...Object.keys(observables),
  'email-mime-part-type', 'windows-registry-value-type', 'hostname', 'cryptographic-key', 'cryptocurrency-wallet', 'text',
  'user-agent',
  'bank-account', 'phone-number', 'credential', 'tracking-number', 'payment-card', 'media-content', 'simple-observable',
  'persona',
  'ssh-key', 'imei', 'iccid', 'imsi',
])
