import type { Origin } from './origin.js'

/** An ATT&CK technology domain. */
export type Domain = 'enterprise' | 'mobile' | 'ics'

/** How far a row's author got. `non_mappable` declares that the capability or technique maps to nothing. */
export type MappingStatus = 'complete' | 'in_progress' | 'non_mappable'

/** A technique as the row has it: `T1553.002`, with its name if the row has one. */
export interface TechniqueRef {
  readonly id: string
  readonly name?: string
  /** MITRE's object of the technique, if the document contains it and no available release of ATT&CK does. */
  readonly object?: TechniqueObject
}

/** What a document's copy of one of MITRE's STIX objects states of a technique. */
export interface TechniqueObject {
  readonly stixId: string
  readonly name: string
  /** Shortnames. */
  readonly tactics: readonly string[]
  readonly created?: string
  readonly modified?: string
}

/** A capability as the row has it. Rows of a set may have different descriptions for one id; each is kept. */
export interface CapabilityRef {
  readonly id: string
  readonly description?: string
}

/**
 * How well the capability works: `category` is protect, detect or respond; `value` minimal, partial or significant.
 * `related` is CTID's `related_score`: the parent technique's id, in the row of a sub-technique.
 */
export interface Score {
  readonly category?: string
  readonly value?: string
  readonly related?: string
}

/** The author of a row or a set. */
export interface Person {
  readonly name?: string
  readonly contact?: string
  readonly organization?: string
}

/**
 * An auditor's review of a row, signed with initials. `verdict` is one of `verdicts` (vocabulary.ts) or the auditor's own word.
 * Kept or dropped as a whole: the initials sign this verdict and no other.
 */
export interface Review {
  readonly verdict?: string
  readonly initials?: string
  /** Plain text, lines separated by \n. */
  readonly remark?: string
}

/** Versions and domain that a row states, where they differ from its set's. The Mappings Editor writes them. */
export interface RowRelease {
  readonly attackVersion?: string
  readonly domain?: string
  readonly framework?: string
  readonly frameworkVersion?: string
}

/** A field that the document does not state, added from a mapping file (`--catalog`) or by a rule. */
export interface Completion {
  readonly field: string
  readonly from: Origin
}

interface MappingCommon {
  /** Every place of this row, sorted; never empty. */
  readonly origins: readonly Origin[]
  /** Key into `MappingSet.relations`: the mapping type as the document writes it. */
  readonly relation?: string
  /** Key into `MappingSet.groups`. */
  readonly group?: string
  readonly score?: Score
  /** Plain text, lines separated by \n. */
  readonly comments?: string
  /** URLs or other citations, in the order written. */
  readonly references?: readonly string[]
  readonly status?: MappingStatus
  readonly author?: Person
  readonly release?: RowRelease
  readonly review?: Review
  readonly completed?: readonly Completion[]
}

/** A capability that is mapped to a technique. */
export interface MappedRow extends MappingCommon {
  readonly kind: 'mapped'
  readonly capability: CapabilityRef
  readonly technique: TechniqueRef
}

/** A capability without a technique: declared unmappable (`status: 'non_mappable'`), or not mapped yet. */
export interface UnmappedCapabilityRow extends MappingCommon {
  readonly kind: 'unmapped-capability'
  readonly capability: CapabilityRef
}

/** A technique without a capability: declared unmappable (`status: 'non_mappable'`), or not mapped yet. */
export interface UnmappedTechniqueRow extends MappingCommon {
  readonly kind: 'unmapped-technique'
  readonly technique: TechniqueRef
}

/**
 * One row of a mapping set. Absent fields are not stated; a field is never an empty string, an empty list or null. Only kinds
 * with a technique have the field, so that no other row can become a technique's cell.
 */
export type Mapping = MappedRow | UnmappedCapabilityRow | UnmappedTechniqueRow
