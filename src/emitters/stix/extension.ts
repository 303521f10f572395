import type { Domain, MappingStatus } from '../../model/mapping.js'
import type { StixId } from './stix-object.js'

/** An origin as the extension writes it: which of the keys are there tells the kind of place. */
export interface OriginRecord {
  readonly document: string
  readonly line?: number
  readonly column?: number
  readonly pointer?: string
  readonly sheet?: string
  readonly cell?: string
}

/** A mapping row with all that it states, under the names of CTID's mapping objects and of our table. */
export interface RowRecord {
  readonly capability_id?: string
  readonly capability_description?: string
  readonly attack_object_id?: string
  readonly attack_object_name?: string
  readonly mapping_type?: string
  readonly capability_group?: string
  readonly score_category?: string
  readonly score_value?: string
  readonly related_score?: string
  readonly comments?: string
  readonly references?: readonly string[]
  readonly status?: MappingStatus
  readonly author?: string
  readonly author_contact?: string
  readonly author_organization?: string
  readonly attack_version?: string
  readonly technology_domain?: string
  readonly mapping_framework?: string
  readonly mapping_framework_version?: string
  readonly auditor_verdict?: string
  readonly auditor_initials?: string
  readonly auditor_remark?: string
  readonly completed?: readonly (OriginRecord & { readonly field: string })[]
}

/** Where the next row of a set stands: in another object's `rows`, or here when it has no other object. */
export interface RowPlace {
  readonly object_ref?: StixId
  /** Index into the `rows` of that object's extension. */
  readonly row?: number
  readonly unmapped_technique?: RowRecord
  readonly origins: readonly OriginRecord[]
}

/** What belongs to a set as a whole, under the names of CTID's metadata. Dates are ISO; lists keep the set's order. */
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

/** The extension of relationships and capabilities: the rows that they stand for. */
interface RowsExtension {
  readonly extension_type: 'property-extension'
  readonly rows: readonly RowRecord[]
}

/** The extension of groupings: the set, and where each of its rows stands, in the set's order. */
export interface SetExtension {
  readonly extension_type: 'property-extension'
  readonly mapping_set: SetRecord
  readonly row_counts: Readonly<Record<'mapped' | 'unmapped_capability' | 'unmapped_technique', number>>
  readonly row_places?: readonly RowPlace[]
}

/** Our property extension, as schemas/stix-extension.schema.json has it. */
export type BundleExtension = RowsExtension | SetExtension
