import { jsonKind } from '../../validation/file-kind.js'
import { defineEmitter, type OptionSpecs, type OptionValues } from '../emitter.js'
import { mappingTable } from '../table/mapping-table.js'

/** The options of the CSV emitter. */
export const csvOptions = {
  'csv-raw': {
    kind: 'boolean',
    default: false,
    description: 'write CSV for programs: without the byte order mark by which Excel recognises UTF-8, and without the apostrophes '
      + 'that keep spreadsheets from running cells as formulas',
  },
} as const satisfies OptionSpecs

export type CsvOptions = OptionValues<typeof csvOptions>

/** The metadata file of a table (CSV on the Web). */
const csvMetadata = jsonKind({
  id: 'csv-metadata',
  title: 'Metadata of a mapping table',
  schema: 'csv-metadata',
  fields: ['@context', 'tableSchema'],
  counted: ['https://attack-crosswalk.example/ns#mappingSets'],
})

/** The mapping table as CSV, with its metadata file. See docs/spreadsheets.md. */
export const csv = defineEmitter({
  id: 'csv',
  title: 'CSV table with CSV on the Web metadata',
  extension: '.csv',
  schema: 'table-rows',
  loses: 'Nothing, together with its metadata file; without it, descriptions of mapping types and groups, and authors.',
  options: csvOptions,
  writes: [mappingTable, csvMetadata],
  async emit(sets, context, options) {
    const { emitCsv } = await import('./emit-csv.js')
    return emitCsv(sets, context, options)
  },
})
