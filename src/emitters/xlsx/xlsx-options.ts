import type { OptionSpecs, OptionValues } from '../emitter.js'
import { matrixOptions } from '../matrix/matrix-options.js'

/** The flags of the workbook. docs/spreadsheets.md explains each. */
export const xlsxOptions = {
  'palette': matrixOptions.palette,
  'matrix-score': matrixOptions['matrix-score'],
} as const satisfies OptionSpecs

export type XlsxOptions = OptionValues<typeof xlsxOptions>
