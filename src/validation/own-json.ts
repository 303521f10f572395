import type { SchemaId } from '../schemas.js'
import { reportSchemaError } from './report-schema-error.js'
import { fieldOf, itemsOf } from './tree-fields.js'
import { treeOf } from './tree-of.js'
import type { Validator } from './validator.js'

interface OwnKind {
  readonly id: string
  readonly title: string
  readonly schema: SchemaId
  /** Fields that together are found in no other kind. */
  readonly fields: readonly string[]
  /** The list that is counted. */
  readonly counted: string
}

const kinds: readonly OwnKind[] = [
  {
    id: 'csv-metadata',
    title: 'Metadata of a mapping table',
    schema: 'csv-metadata',
    fields: ['@context', 'tableSchema'],
    counted: 'https://attack-crosswalk.example/ns#mappingSets',
  },
  {
    id: 'inspection',
    title: 'Crosswalk inspection',
    schema: 'inspect',
    fields: ['documents', 'sets', 'diagnostics'],
    counted: 'sets',
  },
  {
    id: 'diagnostics',
    title: 'Crosswalk diagnostics',
    schema: 'diagnostics',
    fields: ['summary', 'diagnostics'],
    counted: 'diagnostics',
  },
  {
    id: 'upgrade',
    title: 'Change report of an upgrade',
    schema: 'upgrade',
    fields: ['counts', 'changes', 'candidates'],
    counted: 'changes',
  },
  {
    id: 'model',
    title: 'Crosswalk mapping set',
    schema: 'model',
    fields: ['framework', 'attack', 'mappings'],
    counted: 'mappings',
  },
]

/** Files of ours that their schema says everything about. */
export const ownJsonValidators: readonly Validator[] = kinds.map(({ id, title, schema, fields, counted }) => ({
  id,
  title,
  recognises: (document) => fields.every((name) => fieldOf(treeOf(document)?.value, name) !== undefined),
  async validate(document, context) {
    const value = treeOf(document)?.value
    await reportSchemaError(schema, value, context)
    return { entries: itemsOf(value, counted).length }
  },
}))
