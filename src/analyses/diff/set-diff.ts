import { alignNames } from '../../matching/pair-rows.js'
import { compareText, foldSpace } from '../../model/compare-text.js'
import type { MappingSet, ResolvedSet } from '../../model/mapping-set.js'
import type { Mapping, Person, RowRelease } from '../../model/mapping.js'

/** A field in which two rows differ. A side is absent where its row states nothing. */
export interface FieldChange {
  readonly field: RowField
  readonly old?: FieldValue
  readonly new?: FieldValue
}

/** A row that is in both sets and does not say the same. */
export interface RowChange {
  readonly old: Mapping
  readonly new: Mapping
  /** Never empty; in the order of `rowFields`. */
  readonly fields: readonly FieldChange[]
}

/** Something that a set states of itself and that differs. A side is absent where its set does not state it. */
export interface FactChange {
  readonly fact: string
  readonly old?: string
  readonly new?: string
}

/** A capability or technique that came, went, or is called otherwise. */
export interface IdChange {
  readonly change: 'added' | 'removed' | 'changed'
  readonly id: string
  /** As the first row of the newer set that has it prints it; of the older one where it went. */
  readonly name?: string
  readonly formerName?: string
}

/** All that differs between two mapping sets. Rows in old = removed + changed + same; rows in new = added + changed + same. */
export interface SetDiff {
  readonly old: ResolvedSet
  readonly new: ResolvedSet
  readonly facts: readonly FactChange[]
  readonly added: readonly Mapping[]
  readonly removed: readonly Mapping[]
  readonly changed: readonly RowChange[]
  readonly same: number
  /** How many of `same` are written otherwise: white space, the order of references, a mapping type or group by its name. */
  readonly respelled: number
  readonly capabilities: readonly IdChange[]
  readonly techniques: readonly IdChange[]
}

/** The fields of a row beside its capability and technique, by the names that the table's columns have. */
export const rowFields = [
  'capability_description', 'attack_object_name', 'mapping_type', 'capability_group', 'score_category', 'score_value',
  'related_score', 'comments', 'references', 'status', 'author', 'release', 'auditor_verdict', 'auditor_initials', 'auditor_remark',
] as const
export type RowField = (typeof rowFields)[number]

/** What a row states in a field, as the model has it. */
export type FieldValue = string | readonly string[] | Person | RowRelease

/** What a row states in a field; undefined where it states nothing. */
export function readField(row: Mapping, field: RowField): FieldValue | undefined {
  switch (field) {
    case 'capability_description': return row.kind === 'unmapped-technique' ? undefined : row.capability.description
    case 'attack_object_name': return row.kind === 'unmapped-capability' ? undefined : row.technique.name
    case 'mapping_type': return row.relation
    case 'capability_group': return row.group
    case 'score_category': return row.score?.category
    case 'score_value': return row.score?.value
    case 'related_score': return row.score?.related
    case 'auditor_verdict': return row.review?.verdict
    case 'auditor_initials': return row.review?.initials
    case 'auditor_remark': return row.review?.remark
    default: return row[field]
  }
}

/** What a field means, as text: equal for two rows where it only is written otherwise. "" where nothing is stated. */
export type ReadMeaning = (row: Mapping, field: RowField) => string

/**
 * Reads meanings of rows of two sets alike: white space makes no difference in prose, nor does the order of references, nor
 * whether a mapping type or a group is called by its id or its name.
 */
export function createMeanings(old: MappingSet, fresh: MappingSet): { readonly ofOld: ReadMeaning; readonly ofNew: ReadMeaning } {
  const relations = alignNames(old.relations, fresh.relations)
  const groups = alignNames(old.groups, fresh.groups)
  return {
    ofOld: (row, field) => readMeaning(row, field, relations.left, groups.left),
    ofNew: (row, field) => readMeaning(row, field, relations.right, groups.right),
  }
}

function readMeaning(row: Mapping, field: RowField, relation: (id: string) => string, group: (id: string) => string): string {
  const value = readField(row, field)
  if (value === undefined) return ''
  if (Array.isArray(value)) return JSON.stringify(value.map(foldSpace).toSorted(compareText))
  if (typeof value !== 'string') return JSON.stringify(sortEntries(value))
  if (field === 'mapping_type') return relation(value)
  if (field === 'capability_group') return group(value)
  // Never the empty text, which says that nothing is stated.
  return foldSpace(value) || ' '
}

function sortEntries(value: object): readonly (readonly [string, unknown])[] {
  return Object.entries(value).toSorted(([a], [b]) => compareText(a, b))
}
