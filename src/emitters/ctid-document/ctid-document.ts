import { fieldOf, treeOf } from '../../formats/decoded.js'
import type { Domain, MappingStatus } from '../../model/mapping.js'
import { scoreCategories as categories, scoreValues as values } from '../../model/vocabulary.js'
import type { FileKind } from '../../validation/file-kind.js'

/** What CTID's unified shape cannot carry, for `crosswalk formats`. */
export const ctidLosses =
  'Places in source documents, verdicts of auditors, marks of completion, longer descriptions of capabilities and groups, capabilities without rows, '
  + 'scores that CTID does not know.'

/** CTID's mapping files of any author, one or a list. What is wrong with them is what their parser and the rules for rows find. */
export const mappingDocument: FileKind = {
  id: 'mapping-document',
  title: 'Mapping document',
  recognise(document) {
    const value = treeOf(document)?.value
    return fieldOf(Array.isArray(value) ? value.at(0) : value, 'mapping_objects') !== undefined
  },
  validate: async ({ file }, { readRows }) => readRows(file),
}

/** CTID's unified mapping file, with its names and in its order. What documents don't state of the metadata is absent. */
export interface CtidDocument {
  readonly metadata: CtidMetadata
  readonly mapping_objects: readonly CtidRow[]
}

/** What holds for all rows. Dates are MM/DD/YYYY. */
export interface CtidMetadata {
  /** Empty where none is stated, as in CTID's own files. */
  readonly mapping_version: string
  readonly technology_domain: Domain
  readonly attack_version?: string
  readonly mapping_framework?: string
  readonly mapping_framework_version?: string
  readonly mapping_framework_version_schema?: string
  readonly author: string | null
  readonly contact: string | null
  readonly organization: string | null
  readonly creation_date?: string
  readonly last_update?: string
  readonly mapping_types: Readonly<Record<string, { readonly name: string; readonly description: string }>>
  readonly capability_groups: Readonly<Record<string, string>>
}

/**
 * A row. The score fields stand in every row of a file or in none. The Mappings Editor takes versions that stand in a row, null
 * included, for the row's own: they are absent where they are the file's.
 */
export interface CtidRow {
  readonly capability_id: string | null
  readonly capability_description: string | null
  readonly mapping_type: string | null
  readonly attack_object_id: string | null
  readonly attack_object_name: string | null
  readonly capability_group: string | null
  readonly score_category?: string | null
  readonly score_value?: string | null
  readonly related_score?: string | null
  readonly comments: string | null
  readonly references: readonly string[]
  readonly status?: MappingStatus
  readonly mapping_framework?: string
  readonly mapping_framework_version?: string
  readonly technology_domain?: string
  readonly attack_version?: string
  readonly author?: string
  readonly author_contact?: string
  readonly author_organization?: string
}

/** The values that CTID's schema allows where it lists them; mapex refuses files with others. */
export const scoreCategories: ReadonlySet<string> = new Set(categories)
export const scoreValues: ReadonlySet<string> = new Set(values)
export const versionSchemas: ReadonlySet<string> = new Set(['FRAMEWORK_VERSION', 'ACCESS_DATE'])
