import { jsonKind } from '../../../src/validation/file-kind.js'
import { defineEmitter, type OptionSpecs, type OptionValues } from '../../../src/emitters/emitter.js'

const jsonTableOptions = {
  'json-table-first': {
    kind: 'choice',
    values: ['technique', 'capability'],
    default: 'technique',
    description: 'the first column of the table',
  },
} as const satisfies OptionSpecs

export type JsonTableOptions = OptionValues<typeof jsonTableOptions>

/** The files of this emitter, as `crosswalk validate` knows them. */
const jsonTableFile = jsonKind({
  id: 'json-table',
  title: 'Table of mappings as JSON',
  unread: 'a JSON table',
  schema: 'report-table',
  fields: ['name', 'columns', 'rows'],
  counted: ['rows'],
})

/** The mapped rows as a table in JSON, for a dashboard. */
export const jsonTable = defineEmitter({
  id: 'json-table',
  title: 'Table of mappings as JSON',
  extension: '.table.json',
  schema: 'report-table',
  loses: 'Everything but capability, technique and mapping type; rows without a technique or a capability.',
  options: jsonTableOptions,
  writes: [jsonTableFile],
  async emit(sets, context, options) {
    const { emitJsonTable } = await import('./emit-json-table.js')
    return emitJsonTable(sets, context, options)
  },
})
