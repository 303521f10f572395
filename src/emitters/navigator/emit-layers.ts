import type { ResolvedSet } from '../../model/mapping-set.js'
import type { Artifact } from '../artifact.js'
import type { EmitContext } from '../emitter.js'
import { buildCells, type Cell } from './build-cells.js'
import { buildLayer } from './build-layer.js'
import { cleanStrings } from './clean-strings.js'
import type { LayerPlan } from './layer-plan.js'
import { createLossLedger, type LossLedger } from './loss-ledger.js'
import type { NavigatorOptions } from './navigator-options.js'
import { noteLosses } from './note-losses.js'
import { paintScores } from '../matrix/paint-scores.js'
import { reportLosses } from './report-losses.js'
import { weighRow } from '../matrix/score-rows.js'
import { selectRows } from './select-rows.js'
import { sliceRows } from './slice-rows.js'

/** A set as one layer, or, where `layer-by` splits it, as one file with Navigator's list of layers. */
export function emitLayers(set: ResolvedSet, context: EmitContext, options: NavigatorOptions): readonly Artifact[] {
  return emitPlanned([set], context, options, options['layer-by'] === 'framework')
}

/** The layers of several sets in one list file. */
export function combineLayers(sets: readonly ResolvedSet[], context: EmitContext, options: NavigatorOptions): readonly Artifact[] {
  return emitPlanned(sets, context, options, false)
}

function emitPlanned(sets: readonly ResolvedSet[], context: EmitContext, options: NavigatorOptions, isAlone: boolean): readonly Artifact[] {
  const ledger = createLossLedger()
  const plans = sets.map((set) => planLayers(set, context, options, ledger))
  const layers = plans.flatMap(({ plan, slices }) => slices.map(({ title, cells }) => buildLayer(plan, title, cells)))
  for (const { plan } of plans) noteLosses(plan)
  const [only] = layers
  const { value, changed } = cleanStrings(isAlone && only ? only : layers)
  reportLosses(plans.map(({ plan }) => plan), ledger, context, changed)
  return [createArtifact(value, countShown(plans.map(({ plan }) => plan), layers.length), context)]
}

interface TitledCells {
  readonly title: string | undefined
  readonly cells: readonly Cell[]
}

function planLayers(
  set: ResolvedSet, context: EmitContext, options: NavigatorOptions, ledger: LossLedger,
): { readonly plan: LayerPlan; readonly slices: readonly TitledCells[] } {
  const release = context.attack.release(set.attack.domain, set.attack.version)
  const selection = selectRows(set, release)
  const isScored = selection.shown.some((row) => weighRow(row) !== undefined)
  const score = isScored ? options['layer-score'] : 'count'
  const slices = sliceRows(set, selection.shown, options['layer-by']).map(({ title, rows }) => ({ title, cells: buildCells(rows, score) }))
  const scores = slices.flatMap(({ cells }) => cells.flatMap((cell) => cell.score ?? []))
  const paint = paintScores(scores, score, options.palette)
  const tellsRelations = new Set(selection.shown.map((row) => row.relation)).size > 1
  const plan = { set, release, selection, score, tellsRelations, options, paint, context, ledger }
  // A set whose rows are all left out still says so, in one layer without cells.
  return { plan, slices: slices.length === 0 ? [{ title: undefined, cells: [] }] : slices }
}

function countShown(plans: readonly LayerPlan[], layers: number): Readonly<Record<string, number>> {
  const shown = plans.map(({ selection }) => selection.shown)
  return {
    layers,
    techniques: shown.reduce((sum, rows) => sum + new Set(rows.map((row) => row.technique.id)).size, 0),
    rows: shown.reduce((sum, rows) => sum + rows.length, 0),
  }
}

function createArtifact(value: unknown, counts: Artifact['counts'], context: EmitContext): Artifact {
  return {
    name: `${context.baseName}.layer.json`,
    emitter: 'navigator',
    schema: 'navigator-layer',
    value,
    counts,
    render: () => new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`),
  }
}
