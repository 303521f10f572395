import type { FieldRules } from './type-rules.js'

/** What may stand on any object (STIX 2.1, section 3.2). */
const anywhere: FieldRules = {
  spec_version: 'enum 2.0|2.1',
  object_marking_refs: 'list ref marking-definition',
  granular_markings: 'list struct granular-marking',
  extensions: 'extensions',
}

const authored: FieldRules = {
  ...anywhere,
  created_by_ref: 'ref identity',
  labels: 'list text',
  revoked: 'flag',
  confidence: 'integer 0..100',
  lang: 'text',
  external_references: 'list struct external-reference',
}

/** What domain and relationship objects share, and extension definitions and language contents with them. */
export const versionedFields: FieldRules = {
  ...authored, spec_version: 'enum 2.0|2.1!2.1', created: 'exact time!', modified: 'exact time!',
}

/** What marking definitions share with the others: they have no versions. */
export const markingFields: FieldRules = {
  ...anywhere, spec_version: 'enum 2.0|2.1!2.1', created_by_ref: 'ref identity', created: 'time!', lang: 'text',
  external_references: 'list struct external-reference',
}

/** What observables share. */
export const observableFields: FieldRules = { ...anywhere, defanged: 'flag' }

/** Names that the specification keeps for itself (section 3.1). */
export const reservedFields: ReadonlySet<string> = new Set(['severity', 'action', 'username', 'phone_numbers'])
