import type { ResolvedSet } from '../../model/mapping-set.js'
import type { EmitContext } from '../emitter.js'
import { createCellTexts } from '../table/cell-text.js'
import { describeNotes } from '../table/describe-notes.js'
import { countSets } from '../table/set-counts.js'
import { setsTitle } from '../table/set-title.js'
import { buildMatrices } from './build-matrices.js'
import { buildRows } from './build-rows.js'
import { buildSets } from './build-sets.js'
import { createReportBuilder } from './report-builder.js'
import type { ReportData } from './report-data.js'

/** Everything that the report of one or more sets shows. What texts had to change is reported. */
export function buildReport(sets: readonly ResolvedSet[], context: EmitContext): ReportData {
  const cells = createCellTexts('HTML', Number.POSITIVE_INFINITY)
  const builder = createReportBuilder(sets, context, cells)
  // In the order of the matrix first, then what only rows name: the lists are filled as they are asked for.
  const { matrices, outside } = buildMatrices(builder)
  const described = buildSets(builder, outside)
  const { rows, remarks } = buildRows(builder)
  const title = builder.clean(setsTitle(sets))
  cells.report(context.report)

  const noteCells = createCellTexts('HTML', Number.POSITIVE_INFINITY)
  const notes = describeNotes(context.diagnostics, noteCells)
  noteCells.report(context.report)
  return {
    title,
    madeBy: `${context.tool.name} ${context.tool.version}`,
    counts: countSets(sets),
    sets: described,
    matrices,
    techniques: builder.techniques.items,
    capabilities: builder.capabilities.items,
    texts: builder.texts.items,
    rows,
    remarks,
    notes,
  }
}
