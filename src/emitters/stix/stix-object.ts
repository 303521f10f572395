import type { BundleExtension } from './extension.js'

/** An identifier: the object's type, two hyphens, a UUID (STIX 2.1, section 2.9). */
export type StixId = string

/** An external reference (STIX 2.1, section 2.5). */
export interface ExternalReference {
  readonly source_name: string
  readonly description?: string
  readonly url?: string
  readonly external_id?: string
}

/** Extensions by the id of their definition. */
type Extensions = Readonly<Record<StixId, BundleExtension>>

/** What the domain and relationship objects share (STIX 2.1, section 3.2). Timestamps have milliseconds and end in Z. */
interface StixCommon<Type extends string> {
  readonly type: Type
  readonly spec_version: '2.1'
  readonly id: StixId
  readonly created_by_ref?: StixId
  readonly created: string
  readonly modified: string
  readonly revoked?: boolean
  readonly labels?: readonly string[]
  readonly external_references?: readonly ExternalReference[]
  readonly object_marking_refs?: readonly StixId[]
  readonly extensions?: Extensions
}

/** What objects share that are made from a mapping set: whose they are, their dates and their marking. */
export type MadeHere = Required<Pick<StixCommon<string>, 'created_by_ref' | 'created' | 'modified' | 'object_marking_refs'>>

export interface Identity extends StixCommon<'identity'> {
  readonly name: string
  readonly description?: string
  readonly identity_class: 'organization' | 'unknown'
  readonly contact_information?: string
}

/** A marking of the Traffic Light Protocol, 1 (STIX 2.1, section 7.2.1.4) or 2 (OASIS' extension). It has no `modified`. */
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

/** A capability, whichever object its framework and the profile ask for. */
export interface CapabilityObject extends StixCommon<'course-of-action' | 'attack-pattern' | 'vulnerability' | 'infrastructure'> {
  readonly name: string
  readonly description?: string
}

export interface Relationship extends StixCommon<'relationship'> {
  readonly relationship_type: string
  readonly description?: string
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
