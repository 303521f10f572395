import type { ResolvedSet } from '../../model/mapping-set.js'
import type { Artifact } from '../artifact.js'
import type { EmitContext } from '../emitter.js'
import { buildLayer } from './build-layer.js'
import { cleanStrings } from './clean-strings.js'
import { createLayerArtifact } from './create-layer-artifact.js'
import { emitLayerSet } from './emit-layer-set.js'
import type { LayerPlan } from './layer-plan.js'
import { createLossLedger } from './loss-ledger.js'
import type { NavigatorOptions } from './navigator-options.js'
import { noteLosses } from './note-losses.js'
import { planLayers } from './plan-layers.js'
import { reportLosses } from './report-losses.js'

/** A set as one layer, as one file with Navigator's list of layers, or, where asked for, as a file for each layer. */
export function emitLayers(set: ResolvedSet, context: EmitContext, options: NavigatorOptions): readonly Artifact[] {
  const isWhole = options['layer-by'] === 'framework'
  return !isWhole && options['layer-files'] === 'separate' ? emitLayerSet(set, context, options) : emitTogether([set], context, options, isWhole)
}

/** The layers of several sets in one list file. */
export function combineLayers(sets: readonly ResolvedSet[], context: EmitContext, options: NavigatorOptions): readonly Artifact[] {
  return emitTogether(sets, context, options, false)
}

function emitTogether(sets: readonly ResolvedSet[], context: EmitContext, options: NavigatorOptions, isAlone: boolean): readonly Artifact[] {
  const ledger = createLossLedger()
  const planned = sets.map((set) => planLayers(set, context, options, ledger))
  const layers = planned.flatMap(({ plan, slices }) => slices.map(({ title, cells }) => buildLayer(plan, title, cells)))
  const plans = planned.map(({ plan }) => plan)
  for (const plan of plans) noteLosses(plan)
  const [only] = layers
  const { value, changed } = cleanStrings(isAlone && only ? only : layers)
  reportLosses(plans, ledger, context, changed)
  return [createLayerArtifact(value, countShown(plans, layers.length), context.baseName)]
}

function countShown(plans: readonly LayerPlan[], layers: number): Readonly<Record<string, number>> {
  const shown = plans.map(({ selection }) => selection.shown)
  return {
    layers,
    techniques: shown.reduce((sum, rows) => sum + new Set(rows.map((row) => row.technique.id)).size, 0),
    rows: shown.reduce((sum, rows) => sum + rows.length, 0),
  }
}
