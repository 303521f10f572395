import type { Origin } from './origin.js'

/** An ATT&CK technology domain. */
export type Domain = 'enterprise' | 'mobile' | 'ics'

/** How far a row's author got. `non_mappable` is a statement: this maps to nothing. */
export type MappingStatus = 'complete' | 'in_progress' | 'non_mappable'

/** A technique as the row prints it: `T1553.002`, with the name when the row gives one. */
export interface TechniqueRef {
  readonly id: string
  readonly name?: string
}

/** A capability as the row prints it. Rows of one set may print different descriptions of one id; both are kept. */
export interface CapabilityRef {
  readonly id: string
  readonly description?: string
}

/**
 * How well the capability does: `category` is protect, detect or respond; `value` minimal, partial or significant.
 * `related` is CTID's related_score: the parent technique's id on a sub-technique's row.
 */
export interface Score {
  readonly category?: string
  readonly value?: string
  readonly related?: string
}

/** Who wrote a row or a set. */
export interface Person {
  readonly name?: string
  readonly contact?: string
  readonly organization?: string
}

/**
 * What an auditor says of a row, signed with initials. `verdict` is one of verdicts.ts or the auditor's own word. Stands and falls as
 * one: the initials answer for this verdict and no other.
 */
export interface Review {
  readonly verdict?: string
  readonly initials?: string
  /** Plain text, lines separated by \n. */
  readonly remark?: string
}

/** Versions and domain that a single row states, where they differ from its set's (the Mappings Editor writes these). */
export interface RowRelease {
  readonly attackVersion?: string
  readonly domain?: string
  readonly framework?: string
  readonly frameworkVersion?: string
}

/** A field that the document did not state and a mapping file (`--catalog`) or a rule supplied. */
export interface Completion {
  readonly field: string
  readonly from: Origin
}

interface MappingCommon {
  /** Every place where this row stands, sorted; never empty. */
  readonly origins: readonly Origin[]
  /** Key into `MappingSet.relations`: the mapping type as the document writes it. */
  readonly relation?: string
  /** Key into `MappingSet.groups`. */
  readonly group?: string
  readonly score?: Score
  /** Plain text, lines separated by \n. */
  readonly comments?: string
  /** Addresses or other citations, in the order written. */
  readonly references?: readonly string[]
  readonly status?: MappingStatus
  readonly author?: Person
  readonly release?: RowRelease
  readonly review?: Review
  readonly completed?: readonly Completion[]
}

/** A capability bears on a technique. */
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
 * One row of a mapping set. A row without a technique can never become a technique's cell: the type forbids it.
 * Absent means "not stated"; a field is never the empty string, an empty list or null.
 */
export type Mapping = MappedRow | UnmappedCapabilityRow | UnmappedTechniqueRow
