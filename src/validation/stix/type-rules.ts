import type { TextForm } from './text-forms.js'
import type { VocabularyName } from './vocabularies.js'

type Scalar =
  | 'text' | 'flag' | 'number' | 'integer' | 'time' | 'exact time' | 'url' | 'email address' | 'hex' | 'binary' | 'hashes'
type Range = `${'integer' | 'number'} ${number}..${number}`
/** `ref a|b`: the id of an object of one of these types; `ref !a|b`: of none of these. */
type Reference = 'ref' | `ref ${string}`
type Words = `enum ${string}` | `vocabulary ${VocabularyName}`
/** `dictionary text`: every value is of that kind. */
type Dictionary = 'dictionary' | `dictionary ${'text' | 'word' | 'header' | 'integer' | 'list text'}`
type Single = Scalar | Range | Reference | Words | Dictionary | `form ${TextForm}` | `struct ${string}`
/** What a property holds, as its table writes it: `text`, `list ref software`, `integer 0..100`. */
type Value = Single | `list ${Single}` | 'observables' | 'extensions'

/** `!` requires a property; `!2.1` only since STIX 2.1, so that objects of 2.0 may lack it. */
type FieldRule = Value | `${Value}!` | `${Value}!2.1`
export type FieldRules = Readonly<Record<string, FieldRule>>

/**
 * Two times, and whether they may be the same. `by custom`: the specification leaves their order open, but another makes no
 * sense.
 */
export type TimeOrder = readonly [earlier: string, later: string, relation: 'before' | 'not after' | 'not after by custom']

/** What the specification says of the properties of one type of object, or of a part of one. */
export interface TypeRules {
  readonly fields: FieldRules
  /** All properties of at least one of these groups stand there. */
  readonly oneGroupOf?: readonly (readonly string[])[]
  /** Exactly one of these stands there. */
  readonly exactlyOneOf?: readonly string[]
  /** At least one of the properties in `fields` stands there, whichever. */
  readonly notEmpty?: true
  /** Where the first stands there, the others do too. */
  readonly needs?: readonly (readonly [string, ...(readonly string[])])[]
  readonly times?: readonly TimeOrder[]
}

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
