import { defineEmitter, type OptionSpecs, type OptionValues } from '../emitter.js'
import { matrixOptions } from '../matrix/matrix-options.js'

/** The options of the report. */
const reportOptions = {
  palette: matrixOptions.palette,
} as const satisfies OptionSpecs

export type ReportOptions = OptionValues<typeof reportOptions>

/** A report that anyone can open. See docs/html-report.md. */
export const html = defineEmitter({
  id: 'html',
  title: 'Report in one HTML file, for anyone',
  extension: '.html',
  schema: 'html-report',
  loses: 'Nothing of the mappings; it is for people, and is not read back.',
  options: reportOptions,
  async emit(set, context, options) {
    const { emitReport } = await import('./emit-report.js')
    return emitReport([set], context, options)
  },
  async combine(sets, context, options) {
    const { emitReport } = await import('./emit-report.js')
    return emitReport(sets, context, options)
  },
})
