import { alignNames } from '../../matching/pair-rows.js'
import { compareText, foldSpace } from '../../model/text.js'
import type { MappingSet, ResolvedSet } from '../../model/mapping-set.js'
import type { Mapping, Person, RowRelease } from '../../model/mapping.js'

/** A field in which two rows differ. A side is absent if its row does not have the field. */
export interface FieldChange {
  readonly field: RowField
  readonly old?: FieldValue
  readonly new?: FieldValue
}

/** A row that is in both sets, with different contents. */
export interface RowChange {
  readonly old: Mapping
  readonly new: Mapping
  /** Never empty; in the order of `rowFields`. */
  readonly fields: readonly FieldChange[]
}

/** A fact about a set, such as its version, that differs. A side is absent if its set does not state it. */
export interface FactChange {
  readonly fact: string
  readonly old?: string
  readonly new?: string
}

/** A capability or technique that was added, removed or renamed. */
export interface IdChange {
  readonly change: 'added' | 'removed' | 'changed'
  readonly id: string
  /** The name in the first row of the new set that has it; in the old set if it was removed. */
  readonly name?: string
  readonly formerName?: string
}

/** The differences of two mapping sets. Rows in old = removed + changed + same; rows in new = added + changed + same. */
export interface SetDiff {
  readonly old: ResolvedSet
  readonly new: ResolvedSet
  readonly facts: readonly FactChange[]
  readonly added: readonly Mapping[]
  readonly removed: readonly Mapping[]
  readonly changed: readonly RowChange[]
  readonly same: number
  /** How many of `same` differ in notation only: white space, the order of references, a mapping type or group by its name. */
  readonly respelled: number
  readonly capabilities: readonly IdChange[]
  readonly techniques: readonly IdChange[]
}

/** The fields of a row besides its capability and technique, by the column names of mapping tables. */
export const rowFields = [
  'capability_description', 'attack_object_name', 'mapping_type', 'capability_group', 'score_category', 'score_value',
  'related_score', 'comments', 'references', 'status', 'author', 'release', 'auditor_verdict', 'auditor_initials', 'auditor_remark',
] as const
export type RowField = (typeof rowFields)[number]

/** The value of a row's field, as in the model. */
export type FieldValue = string | readonly string[] | Person | RowRelease

/** Reads a row's field; undefined if the row does not have it. */
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

/** Normalises a row's field to text that is equal for different notations of the same value; "" if the row does not have it. */
export type ReadMeaning = (row: Mapping, field: RowField) => string

/**
 * Creates functions that normalise the fields of two sets' rows in the same way: ignoring white space in prose, the order of
 * references, and whether a mapping type or group is written by id or name.
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
  // Never the empty string, which means that the row does not have the field.
  return foldSpace(value) || ' '
}

function sortEntries(value: object): readonly (readonly [string, unknown])[] {
  return Object.entries(value).toSorted(([a], [b]) => compareText(a, b))
}
