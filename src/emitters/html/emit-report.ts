import type { ResolvedSet } from '../../model/mapping-set.js'
import type { Artifact } from '../artifact.js'
import type { EmitContext } from '../emitter.js'
import { buildReport } from './build-report.js'
import type { ReportOptions } from './report-options.js'

/** Builds the report of one or more sets; its script and style are loaded when it is rendered. */
export function emitReport(sets: readonly ResolvedSet[], context: EmitContext, { palette }: ReportOptions): readonly Artifact[] {
  const data = buildReport(sets, context)
  return [{
    name: `${context.baseName}.html`,
    emitter: 'html',
    schema: 'html-report',
    value: data,
    counts: { ...data.counts },
    render: async () => (await import('./render-report.js')).renderReport(data, palette),
  }]
}
