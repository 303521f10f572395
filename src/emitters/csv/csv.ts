import { defineEmitter } from '../emitter.js'
import { csvOptions } from './csv-options.js'

/** The mapping table as CSV, with its metadata file. See docs/spreadsheets.md. */
export const csv = defineEmitter({
  id: 'csv',
  title: 'CSV table with CSV on the Web metadata',
  extension: '.csv',
  schema: 'table-rows',
  loses: 'Nothing, read together with its metadata file; alone, descriptions of mapping types and groups, and authors.',
  options: csvOptions,
  async emit(set, context, options) {
    const { emitCsv } = await import('./emit-csv.js')
    return emitCsv([set], context, options)
  },
  async combine(sets, context, options) {
    const { emitCsv } = await import('./emit-csv.js')
    return emitCsv(sets, context, options)
  },
})
