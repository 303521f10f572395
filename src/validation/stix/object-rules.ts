import { observables } from './observables.js'
import type { TimeOrder, TypeRules } from './type-rules.js'

const seen: readonly TimeOrder[] = [['first_seen', 'last_seen', 'not after']]

/** Domain objects (STIX 2.1, section 4): the properties of each type besides the common ones. */
export const domainObjects: Readonly<Record<string, TypeRules>> = {
  'attack-pattern': {
    fields: { name: 'text!', description: 'text', aliases: 'list text', kill_chain_phases: 'list struct kill-chain-phase' },
  },
  'campaign': {
    fields: {
      name: 'text!', description: 'text', aliases: 'list text', first_seen: 'time', last_seen: 'time', objective: 'text',
    },
    times: seen,
  },
  'course-of-action': { fields: { name: 'text!', description: 'text' } },
  'grouping': {
    fields: { name: 'text', description: 'text', context: 'vocabulary grouping-context!', object_refs: 'list ref!' },
  },
  'identity': {
    fields: {
      name: 'text!', description: 'text', roles: 'list text', identity_class: 'vocabulary identity-class',
      sectors: 'list vocabulary industry-sector', contact_information: 'text',
    },
  },
  'incident': { fields: { name: 'text!', description: 'text' } },
  'indicator': {
    fields: {
      name: 'text', description: 'text', indicator_types: 'list vocabulary indicator-type', pattern: 'text!',
      pattern_type: 'vocabulary pattern-type!2.1', pattern_version: 'text', valid_from: 'time!', valid_until: 'time',
      kill_chain_phases: 'list struct kill-chain-phase',
    },
    times: [['valid_from', 'valid_until', 'before']],
  },
  'infrastructure': {
    fields: {
      name: 'text!', description: 'text', infrastructure_types: 'list vocabulary infrastructure-type', aliases: 'list text',
      kill_chain_phases: 'list struct kill-chain-phase', first_seen: 'time', last_seen: 'time',
    },
    times: seen,
  },
  'intrusion-set': {
    fields: {
      name: 'text!', description: 'text', aliases: 'list text', first_seen: 'time', last_seen: 'time', goals: 'list text',
      resource_level: 'vocabulary attack-resource-level', primary_motivation: 'vocabulary attack-motivation',
      secondary_motivations: 'list vocabulary attack-motivation',
    },
    times: seen,
  },
  'location': {
    fields: {
      name: 'text', description: 'text', latitude: 'number -90..90', longitude: 'number -180..180', precision: 'number',
      region: 'vocabulary region', country: 'text', administrative_area: 'text', city: 'text', street_address: 'text',
      postal_code: 'text',
    },
    oneGroupOf: [['region'], ['country'], ['latitude', 'longitude']],
    needs: [['latitude', 'longitude'], ['longitude', 'latitude'], ['precision', 'latitude', 'longitude']],
  },
  'malware': {
    fields: {
      name: 'text', description: 'text', malware_types: 'list vocabulary malware-type', is_family: 'flag!2.1',
      aliases: 'list text', kill_chain_phases: 'list struct kill-chain-phase', first_seen: 'time', last_seen: 'time',
      operating_system_refs: 'list ref software', architecture_execution_envs: 'list vocabulary processor-architecture',
      implementation_languages: 'list vocabulary implementation-language', capabilities: 'list vocabulary malware-capabilities',
      sample_refs: 'list ref artifact|file',
    },
    times: seen,
  },
  'malware-analysis': {
    fields: {
      product: 'text!', version: 'text', host_vm_ref: 'ref software', operating_system_ref: 'ref software',
      installed_software_refs: 'list ref software', configuration_version: 'text', modules: 'list text',
      analysis_engine_version: 'text', analysis_definition_version: 'text', submitted: 'time', analysis_started: 'time',
      analysis_ended: 'time', result_name: 'text', result: 'vocabulary malware-result', analysis_sco_refs: 'list ref',
      sample_ref: 'ref artifact|file|network-traffic',
    },
    oneGroupOf: [['result'], ['analysis_sco_refs']],
    times: [['analysis_started', 'analysis_ended', 'not after by custom']],
  },
  'note': { fields: { abstract: 'text', content: 'text!', authors: 'list text', object_refs: 'list ref!' } },
  'observed-data': {
    fields: {
      first_observed: 'time!', last_observed: 'time!', number_observed: 'integer 1..999999999!', objects: 'observables',
      object_refs: `list ref ${Object.keys(observables).join('|')}|relationship|sighting`,
    },
    exactlyOneOf: ['objects', 'object_refs'],
    times: [['first_observed', 'last_observed', 'not after']],
  },
  'opinion': {
    fields: {
      explanation: 'text', authors: 'list text', object_refs: 'list ref!',
      opinion: 'enum strongly-disagree|disagree|neutral|agree|strongly-agree!',
    },
  },
  'report': {
    fields: {
      name: 'text!', description: 'text', report_types: 'list vocabulary report-type', published: 'time!',
      object_refs: 'list ref!',
    },
  },
  'threat-actor': {
    fields: {
      name: 'text!', description: 'text', threat_actor_types: 'list vocabulary threat-actor-type', aliases: 'list text',
      first_seen: 'time', last_seen: 'time', roles: 'list vocabulary threat-actor-role', goals: 'list text',
      sophistication: 'vocabulary threat-actor-sophistication', resource_level: 'vocabulary attack-resource-level',
      primary_motivation: 'vocabulary attack-motivation', secondary_motivations: 'list vocabulary attack-motivation',
      personal_motivations: 'list vocabulary attack-motivation',
    },
    times: seen,
  },
  'tool': {
    fields: {
      name: 'text!', description: 'text', tool_types: 'list vocabulary tool-type', aliases: 'list text',
      kill_chain_phases: 'list struct kill-chain-phase', tool_version: 'text',
    },
  },
  'vulnerability': { fields: { name: 'text!', description: 'text' } },
}

/** Types that can't be source or target of a relationship (STIX 2.1, section 5.1). */
const notAnEnd = 'relationship|sighting|bundle|marking-definition|language-content'

/** Relationship objects (STIX 2.1, section 5) and versioned meta objects (sections 7.1 and 7.3). */
export const otherObjects: Readonly<Record<string, TypeRules>> = {
  'relationship': {
    fields: {
      relationship_type: 'form relationship type!', description: 'text', source_ref: `ref !${notAnEnd}!`,
      target_ref: `ref !${notAnEnd}!`, start_time: 'time', stop_time: 'time',
    },
    times: [['start_time', 'stop_time', 'before']],
  },
  'sighting': {
    fields: {
      description: 'text', first_seen: 'time', last_seen: 'time', count: 'integer 0..999999999',
      sighting_of_ref: `ref !${notAnEnd}!`, observed_data_refs: 'list ref observed-data',
      where_sighted_refs: 'list ref identity|location', summary: 'flag',
    },
    times: [['first_seen', 'last_seen', 'not after']],
  },
  'language-content': { fields: { object_ref: 'ref !bundle!', object_modified: 'time', contents: 'dictionary!' } },
  'extension-definition': {
    fields: {
      name: 'text!', description: 'text', schema: 'text!', version: 'text!',
      extension_types: 'list enum new-sdo|new-sco|new-sro|property-extension|toplevel-property-extension!',
      extension_properties: 'list text',
    },
  },
}

/** Marking definitions (STIX 2.1, section 7.2.1), whose common properties are `markingFields`. */
export const markingDefinition: TypeRules = { fields: { name: 'text', definition_type: 'text', definition: 'dictionary' } }
