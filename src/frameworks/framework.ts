import type { MappedRow } from '../model/mapping.js'
import { foldName } from '../model/text.js'

/** How a framework's rows are written as STIX. See docs/stix.md and STIX 2.1, sections 4.3, 4.18 and 5.1. */
export interface StixShape {
  readonly object: 'course-of-action' | 'attack-pattern' | 'vulnerability'
  /** Rules for the relationship of a row; the first whose conditions are all met applies. */
  readonly relationships: readonly RelationshipRule[]
}

/** Conditions on a row, and the type of its relationship. */
interface RelationshipRule {
  /** Mapping types that the rule applies to, ignoring case and punctuation; any if absent. */
  readonly relations?: readonly string[]
  /** Score categories that the rule applies to; any if absent. */
  readonly categories?: readonly string[]
  readonly type: 'mitigates' | 'related-to' | 'targets'
  /** The technique is the source and the capability the target. */
  readonly reversed?: boolean
}

/** A framework: its ids, labels, mapping types and STIX shape. `describeFramework` derives unknown ones from their label. */
export interface Framework {
  readonly id: string
  readonly name: string
  /** Headings and labels on pages: "AWS", "Known Exploited Vulnerabilities". */
  readonly labels: readonly string[]
  /**
   * The form of capability ids where a heading, a column or the user states the framework; anchored at the start; without nested
   * repetition, so that matching is linear. It is no evidence of the framework: any lower-case word has the form of AWS's ids.
   */
  readonly capabilityId?: RegExp
  /** The form of ids that only this framework has: they identify it. Absent if there is none: then only known ids identify it. */
  readonly distinctiveId?: RegExp
  /** Ids contain spaces (VERIS): `capabilityId` identifies the framework, but not where the id ends. */
  readonly idsContainSpaces?: true
  /** Mapping types as pages print them, for splitting rows into columns. */
  readonly relations: readonly string[]
  readonly stix: StixShape
}

/**
 * Controls that prevent a technique, unless the mapping type says that they only find, try or use it. Also the shape of unknown
 * frameworks.
 */
export const mitigationShape: StixShape = {
  object: 'course-of-action',
  relationships: [{ relations: ['detects', 'tests', 'uses'], type: 'related-to' }, { type: 'mitigates' }],
}

/** Scored security products: protection mitigates a technique, detection and response are related to it. */
export const scoredShape: StixShape = {
  object: 'course-of-action',
  relationships: [{ categories: ['detect', 'respond'], type: 'related-to' }, { type: 'mitigates' }],
}

/** Vulnerabilities: a technique exploits one (STIX 2.1: attack-pattern targets vulnerability), or is its consequence. */
export const vulnerabilityShape: StixShape = {
  object: 'vulnerability',
  relationships: [{ relations: ['exploitation_technique'], type: 'targets', reversed: true }, { type: 'related-to' }],
}

/** Entries of another vocabulary of adversary behaviour. */
export const attackPatternShape: StixShape = {
  object: 'attack-pattern',
  relationships: [{ type: 'related-to' }],
}

/** The first relationship rule of a framework that a row satisfies; `related-to`, the most general type, if none does. */
export function chooseRelationship(shape: StixShape, row: MappedRow): RelationshipRule {
  return shape.relationships.find((rule) => accepts(rule.relations, row.relation) && accepts(rule.categories, row.score?.category))
    ?? { type: 'related-to' }
}

function accepts(accepted: readonly string[] | undefined, value: string | undefined): boolean {
  if (accepted === undefined) return true
  return value !== undefined && accepted.some((one) => foldName(one) === foldName(value))
}
