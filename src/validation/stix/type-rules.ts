import type { TextForm, VocabularyName } from './value-forms.js'

type Scalar =
  | 'text' | 'flag' | 'number' | 'integer' | 'time' | 'exact time' | 'url' | 'email address' | 'hex' | 'binary' | 'hashes'
type Range = `${'integer' | 'number'} ${number}..${number}`
/** `ref a|b`: the id of an object of one of these types; `ref !a|b`: of none of these. */
type Reference = 'ref' | `ref ${string}`
type Words = `enum ${string}` | `vocabulary ${VocabularyName}`
/** `dictionary text`: every value is of that kind. */
type Dictionary = 'dictionary' | `dictionary ${'text' | 'word' | 'header' | 'integer' | 'list text'}`
type Single = Scalar | Range | Reference | Words | Dictionary | `form ${TextForm}` | `struct ${string}`
/** The kind of a property's value, as the tables write it: `text`, `list ref software`, `integer 0..100`. */
type Value = Single | `list ${Single}` | 'observables' | 'extensions'

/** `!` requires a property; `!2.1` only since STIX 2.1, so that objects of 2.0 may lack it. */
type FieldRule = Value | `${Value}!` | `${Value}!2.1`
export type FieldRules = Readonly<Record<string, FieldRule>>

/**
 * Two timestamps, and whether they may be equal. `by custom`: the specification does not require the order, but the reverse makes no
 * sense.
 */
export type TimeOrder = readonly [earlier: string, later: string, relation: 'before' | 'not after' | 'not after by custom']

/** The specification's rules for the properties of an object type, or of a part. */
export interface TypeRules {
  readonly fields: FieldRules
  /** All properties of at least one of these groups are present. */
  readonly oneGroupOf?: readonly (readonly string[])[]
  /** Exactly one of these is present. */
  readonly exactlyOneOf?: readonly string[]
  /** At least one of the properties in `fields` is present. */
  readonly notEmpty?: true
  /** If the first is present, so are the others. */
  readonly needs?: readonly (readonly [string, ...(readonly string[])])[]
  readonly times?: readonly TimeOrder[]
}

/** The properties that any object may have (STIX 2.1, section 3.2). */
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

/** Common properties of domain and relationship objects, extension definitions and language contents. */
export const versionedFields: FieldRules = {
  ...authored, spec_version: 'enum 2.0|2.1!2.1', created: 'exact time!', modified: 'exact time!',
}

/** Common properties of marking definitions, which have no versions. */
export const markingFields: FieldRules = {
  ...anywhere, spec_version: 'enum 2.0|2.1!2.1', created_by_ref: 'ref identity', created: 'time!', lang: 'text',
  external_references: 'list struct external-reference',
}

/** Common properties of observables. */
export const observableFields: FieldRules = { ...anywhere, defanged: 'flag' }

/** Property names that the specification reserves (STIX 2.1, section 3.1). */
export const reservedFields: ReadonlySet<string> = new Set(['severity', 'action', 'username', 'phone_numbers'])
