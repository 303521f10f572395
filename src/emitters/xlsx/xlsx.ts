import { defineEmitter } from '../emitter.js'

/** The auditor's workbook. See docs/spreadsheets.md. */
export const xlsx = defineEmitter({
  id: 'xlsx',
  title: 'Excel workbook for auditors',
  extension: '.xlsx',
  schema: 'workbook',
  loses:
    'Nothing; cells longer than 32,767 characters are shortened, and links beyond 65,530 of a sheet are plain text (reported).',
  options: {},
  async emit(set, context) {
    const { emitWorkbook } = await import('./emit-workbook.js')
    return emitWorkbook([set], context)
  },
  async combine(sets, context) {
    const { emitWorkbook } = await import('./emit-workbook.js')
    return emitWorkbook(sets, context)
  },
})
