import { alignNames } from '../../matching/align-names.js'
import { foldSpace } from '../../matching/fold-text.js'
import { compareText } from '../../model/compare-text.js'
import type { Mapping, Person, RowRelease } from '../../model/mapping.js'
import type { MappingSet } from '../../model/mapping-set.js'

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
