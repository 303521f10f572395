import type { XlsxOptions } from '../../src/emitters/xlsx/xlsx.js'

/** The options of the workbook where the user gives none. */
export const workbookOptions: XlsxOptions = { 'palette': 'blue', 'matrix-score': 'count' }
