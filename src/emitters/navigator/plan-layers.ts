import type { ResolvedSet } from '../../model/mapping-set.js'
import type { EmitContext } from '../emitter.js'
import { paintScores } from '../matrix/paint-scores.js'
import { weighRow } from '../matrix/score-rows.js'
import { buildCells, type Cell } from './build-cells.js'
import type { LayerPlan } from './layer-plan.js'
import type { LossLedger } from './loss-ledger.js'
import type { NavigatorOptions } from './navigator-options.js'
import { selectRows } from './select-rows.js'
import { sliceRows } from './slice-rows.js'

/** The cells of one layer; see `RowSlice`. */
export interface LayerSlice {
  readonly title: string | undefined
  readonly key: string | undefined
  readonly cells: readonly Cell[]
}

/** Decides what the layers of a set show, and what their colours mean. */
export function planLayers(
  set: ResolvedSet, context: EmitContext, options: NavigatorOptions, ledger: LossLedger,
): { readonly plan: LayerPlan; readonly slices: readonly LayerSlice[] } {
  const release = context.attack.release(set.attack.domain, set.attack.version)
  const selection = selectRows(set, release)
  const isScored = selection.shown.some((row) => weighRow(row) !== undefined)
  const score = isScored ? options['layer-score'] : 'count'
  const slices = sliceRows(set, selection.shown, options['layer-by'])
    .map(({ title, key, rows }): LayerSlice => ({ title, key, cells: buildCells(rows, score) }))
  const scores = slices.flatMap(({ cells }) => cells.flatMap((cell) => cell.score ?? []))
  const paint = paintScores(scores, score, options.palette)
  const tellsRelations = new Set(selection.shown.map((row) => row.relation)).size > 1
  const plan = { set, release, selection, score, tellsRelations, options, paint, context, ledger }
  // A set whose rows are all left out still says so, in one layer without cells.
  return { plan, slices: slices.length === 0 ? [{ title: undefined, key: undefined, cells: [] }] : slices }
}
