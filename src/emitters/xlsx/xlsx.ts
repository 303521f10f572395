import { defineEmitter, type OptionSpecs, type OptionValues } from '../emitter.js'
import { matrixOptions } from '../matrix/matrix-options.js'
import { mappingTable } from '../table/mapping-table.js'

/** The options of the workbook; see docs/spreadsheets.md. */
export const xlsxOptions = {
  'palette': matrixOptions.palette,
  'matrix-score': matrixOptions['matrix-score'],
} as const satisfies OptionSpecs

export type XlsxOptions = OptionValues<typeof xlsxOptions>

/** The auditor's workbook. See docs/spreadsheets.md. */
export const xlsx = defineEmitter({
  id: 'xlsx',
  title: 'Excel workbook for auditors',
  extension: '.xlsx',
  schema: 'workbook',
  loses:
    'Nothing; but cells longer than 32,767 characters are shortened, and more than 65,530 URLs on a sheet are not linked (both reported).',
  options: xlsxOptions,
  writes: [mappingTable],
  async emit(sets, context, options) {
    const { emitWorkbook } = await import('./emit-workbook.js')
    return emitWorkbook(sets, context, options)
  },
})
