import type { StixId } from '../objects/stix-id.js'
import type { Domain, MappingStatus } from '../../model/mapping.js'

/** An external reference (STIX 2.1, section 2.5). */
export interface ExternalReference {
  readonly source_name: string
  readonly description?: string
  readonly url?: string
  readonly external_id?: string
}

/** Extensions by the id of their definition. */
type Extensions = Readonly<Record<StixId, BundleExtension>>

/** Common properties of domain and relationship objects (STIX 2.1, section 3.2). Timestamps have milliseconds and end in Z. */
interface StixCommon<Type extends string> {
  readonly type: Type
  readonly spec_version: '2.1'
  readonly id: StixId
  readonly created_by_ref?: StixId
  readonly created: string
  readonly modified: string
  readonly revoked?: boolean
  readonly labels?: readonly string[] | undefined
  readonly external_references?: readonly ExternalReference[] | undefined
  readonly object_marking_refs?: readonly StixId[]
  readonly extensions?: Extensions | undefined
}

/** Properties that all objects of a mapping set share: author, dates and marking. */
export type SetProperties = Required<Pick<StixCommon<string>, 'created_by_ref' | 'created' | 'modified' | 'object_marking_refs'>>

export interface Identity extends StixCommon<'identity'> {
  readonly name: string
  readonly description?: string
  readonly identity_class: 'organization' | 'unknown'
  readonly contact_information?: string
}

/** A TLP marking, version 1 (STIX 2.1, section 7.2.1.4) or 2 (OASIS extension). It has no `modified`. */
export interface TlpMarking {
  readonly type: 'marking-definition'
  readonly spec_version: '2.1'
  readonly id: StixId
  readonly created: string
  readonly definition_type?: 'tlp'
  readonly name: string
  readonly definition?: { readonly tlp: string }
  readonly extensions?: Readonly<Record<StixId, { readonly extension_type: 'property-extension'; readonly tlp_2_0: string }>>
}

/** A marking that is a statement, such as a copyright (STIX 2.1, section 7.2.1.3). */
export interface StatementMarking {
  readonly type: 'marking-definition'
  readonly spec_version: '2.1'
  readonly id: StixId
  readonly created_by_ref: StixId
  readonly created: string
  readonly definition_type: 'statement'
  readonly definition: { readonly statement: string }
}

export interface ExtensionDefinition extends StixCommon<'extension-definition'> {
  readonly name: string
  readonly description: string
  readonly schema: string
  readonly version: string
  readonly extension_types: readonly string[]
}

export interface AttackPattern extends StixCommon<'attack-pattern'> {
  readonly name: string
  readonly description?: string
  readonly kill_chain_phases?: readonly { readonly kill_chain_name: string; readonly phase_name: string }[]
}

/** A capability; its type depends on the framework and the profile. */
export interface CapabilityObject extends StixCommon<'course-of-action' | 'attack-pattern' | 'vulnerability' | 'infrastructure'> {
  readonly name: string
  readonly description?: string
}

export interface Relationship extends StixCommon<'relationship'> {
  readonly relationship_type: string
  readonly description?: string | undefined
  readonly source_ref: StixId
  readonly target_ref: StixId
}

export interface Grouping extends StixCommon<'grouping'> {
  readonly name: string
  readonly description: string
  readonly context: 'unspecified'
  readonly object_refs: readonly StixId[]
}

export type StixObject =
  | Identity
  | TlpMarking
  | StatementMarking
  | ExtensionDefinition
  | AttackPattern
  | CapabilityObject
  | Relationship
  | Grouping

/** A bundle: these three properties and no others (STIX 2.1, section 8). */
export interface Bundle {
  readonly type: 'bundle'
  readonly id: StixId
  readonly objects: readonly StixObject[]
}

/** An origin in the extension. The kind of place follows from the properties that are present. */
export interface OriginRecord {
  readonly document: string
  readonly line?: number
  readonly column?: number
  readonly pointer?: string
  readonly sheet?: string
  readonly cell?: string
}

/** A mapping row, with the property names of CTID's mapping objects and of Crosswalk's mapping table. */
export interface RowRecord {
  readonly capability_id?: string | undefined
  readonly capability_description?: string | undefined
  readonly attack_object_id?: string | undefined
  readonly attack_object_name?: string | undefined
  readonly mapping_type?: string | undefined
  readonly capability_group?: string | undefined
  readonly score_category?: string | undefined
  readonly score_value?: string | undefined
  readonly related_score?: string | undefined
  readonly comments?: string | undefined
  readonly references?: readonly string[] | undefined
  readonly status?: MappingStatus | undefined
  readonly author?: string | undefined
  readonly author_contact?: string | undefined
  readonly author_organization?: string | undefined
  readonly attack_version?: string | undefined
  readonly technology_domain?: string | undefined
  readonly mapping_framework?: string | undefined
  readonly mapping_framework_version?: string | undefined
  readonly auditor_verdict?: string | undefined
  readonly auditor_initials?: string | undefined
  readonly auditor_remark?: string | undefined
  readonly completed?: readonly (OriginRecord & { readonly field: string })[] | undefined
}

/** Place of a row of the set: in the `rows` of another object, or inline if the row has no other object. */
export interface RowPlace {
  readonly object_ref?: StixId
  /** Index into the `rows` of that object's extension. */
  readonly row?: number
  readonly unmapped_technique?: RowRecord
  readonly origins: readonly OriginRecord[]
}

/** A set without its rows, with the property names of CTID's metadata. Dates are ISO 8601; lists are in the order of the set. */
export interface SetRecord {
  readonly mapping_framework: string
  readonly mapping_framework_name: string
  readonly mapping_framework_version?: string
  readonly mapping_framework_version_schema?: string
  readonly technology_domain: Domain
  readonly attack_version?: string
  readonly mapping_version?: string
  readonly author?: string
  readonly contact?: string
  readonly organization?: string
  readonly creation_date?: string
  readonly last_update?: string
  readonly mapping_types?: readonly ({ readonly mapping_type: string } & Described)[]
  readonly capability_groups?: readonly ({ readonly capability_group: string } & Described)[]
  readonly capabilities?: readonly CapabilityRecord[]
  readonly sources?: readonly SourceRecord[]
}

interface Described {
  readonly name: string
  readonly description?: string
}

interface SourceRecord {
  readonly document: string
  readonly sha256: string
  readonly parser: string
  readonly rows: number
}

/** A capability as a set lists it. */
export interface CapabilityRecord {
  readonly capability_id: string
  readonly name?: string
  readonly description?: string
  readonly capability_groups?: readonly string[]
}

/** Extension of relationships and capabilities: their rows. */
export interface RowsExtension {
  readonly extension_type: 'property-extension'
  readonly rows: readonly RowRecord[]
}

/** Extension of groupings: the set, and the place of each of its rows, in order. */
export interface SetExtension {
  readonly extension_type: 'property-extension'
  readonly mapping_set: SetRecord
  readonly row_counts: Readonly<Record<'mapped' | 'unmapped_capability' | 'unmapped_technique', number>>
  readonly row_places?: readonly RowPlace[]
}

/** Crosswalk's property extension; see schemas/stix-extension.schema.json. */
export type BundleExtension = RowsExtension | SetExtension

/** Removes properties that are undefined: in STIX, as in the model, absent means "not stated". */
export function statedFields<Shape extends object>(record: { readonly [Key in keyof Shape]: Shape[Key] | undefined }): Shape
export function statedFields(record: Readonly<Record<string, unknown>>): object {
  const stated: Record<string, unknown> = {}
  for (const name of Object.keys(record)) {
    const value = record[name]
    if (value !== undefined) stated[name] = value
  }
  return stated
}

/** The items as a list; undefined if there are none, because STIX forbids empty lists (STIX 2.1, section 2.12). */
export function statedList<Item>(items: Iterable<Item>): readonly Item[] | undefined {
  const list = [...items]
  return list.length === 0 ? undefined : list
}
