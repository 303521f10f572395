import type { OptionSpecs, OptionValues } from '../emitter.js'
import { matrixOptions } from '../matrix/matrix-options.js'

/** The options of the report. */
export const reportOptions = {
  palette: matrixOptions.palette,
} as const satisfies OptionSpecs

export type ReportOptions = OptionValues<typeof reportOptions>
