import { fieldOf, treeOf } from '../../formats/decoded.js'
import type { Domain, MappingStatus } from '../../model/mapping.js'
import { scoreCategories as categories, scoreValues as values } from '../../model/vocabulary.js'
import type { FileKind } from '../../validation/file-kind.js'

/** Losses of CTID's unified format, for `crosswalk formats`. */
export const ctidLosses =
  "Places in source documents, auditors' verdicts, origins of completed fields, longer descriptions of capabilities and groups, "
  + 'capabilities without rows, scores that CTID does not define.'

/** CTID mapping files of any origin, one or a list. They are validated by their parser and by the rules for rows. */
export const mappingDocument: FileKind = {
  id: 'mapping-document',
  title: 'Mapping document',
  recognise(document) {
    const value = treeOf(document)?.value
    return fieldOf(Array.isArray(value) ? value.at(0) : value, 'mapping_objects') !== undefined
  },
  validate: async (document, { readRows }) => readRows(document),
}

/** A CTID mapping file (unified format), with CTID's property names and order. Metadata that is not stated is absent. */
export interface CtidDocument {
  readonly metadata: CtidMetadata
  readonly mapping_objects: readonly CtidRow[]
}

/** Metadata of all rows. Dates are MM/DD/YYYY. */
export interface CtidMetadata {
  /** Empty if not stated, as in CTID's own files. */
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
 * A row. The score fields are in all rows of a file or in none. The Mappings Editor takes versions in a row, even null, for the
 * row's own: they are absent if they are those of the file.
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

/** Values that CTID's schema enumerates; mapex rejects files with others. */
export const scoreCategories: ReadonlySet<string> = new Set(categories)
export const scoreValues: ReadonlySet<string> = new Set(values)
export const versionSchemas: ReadonlySet<string> = new Set(['FRAMEWORK_VERSION', 'ACCESS_DATE'])
