import { findElements } from '../../formats/html/elements.js'
import { tool } from '../../model/tool.js'
import type { FileKind } from '../../validation/file-kind.js'
import { defineEmitter, type OptionSpecs, type OptionValues } from '../emitter.js'
import { matrixOptions } from '../matrix/matrix-options.js'

/** The options of the report. */
const reportOptions = {
  palette: matrixOptions.palette,
} as const satisfies OptionSpecs

export type ReportOptions = OptionValues<typeof reportOptions>

/** A report, recognised by its `<meta name="generator">`. */
const htmlReport: FileKind = {
  id: 'html-report',
  title: 'Crosswalk report',
  unread: 'a report',
  recognise: (document) => document.container === 'html'
    && findElements(document.root, ({ name, attributes }) => name === 'meta' && attributes.get('name') === 'generator'
      && attributes.get('content')?.startsWith(`${tool.name} `) === true).length > 0,
  async validate(document, context) {
    const { validateReport } = await import('./validate-report.js')
    return validateReport(document, context)
  },
}

/** The self-contained HTML report. See docs/html-report.md. */
export const html = defineEmitter({
  id: 'html',
  title: 'HTML report in a single file',
  extension: '.html',
  schema: 'html-report',
  loses: 'Nothing of the mappings; the report is not read back.',
  options: reportOptions,
  writes: [htmlReport],
  async emit(sets, context, options) {
    const { emitReport } = await import('./emit-report.js')
    return emitReport(sets, context, options)
  },
})
