import type { TypeRules } from './type-rules.js'

/** Neither end of a relationship is one of these (STIX 2.1, section 5.1). */
const notAnEnd = 'relationship|sighting|bundle|marking-definition|language-content'

/** Relationship objects (STIX 2.1, section 5), and meta objects with versions (sections 7.1 and 7.3). */
export const otherObjects: Readonly<Record<string, TypeRules>> = {
  'relationship': {
    fields: {
      relationship_type: 'form relationship type!', description: 'text', source_ref: `ref !${notAnEnd}!`,
      target_ref: `ref !${notAnEnd}!`,
      start_time: 'time', stop_time: 'time',
    },
    times: [['start_time', 'stop_time', 'before']],
  },
  'sighting': {
    fields: {
      description: 'text', first_seen: 'time', last_seen: 'time', count: 'integer 0..999999999',
      sighting_of_ref: `ref !${notAnEnd}!`,
      observed_data_refs: 'list ref observed-data', where_sighted_refs: 'list ref identity|location', summary: 'flag',
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

/** Marking definitions (section 7.2.1) lack some of the common properties. */
export const markingDefinition: TypeRules = { fields: { name: 'text', definition_type: 'text', definition: 'dictionary' } }
