import type { ResolvedSet } from '../../model/mapping-set.js'
import type { Artifact } from '../artifact.js'
import type { EmitContext } from '../emitter.js'
import { buildLayer } from './build-layer.js'
import { cleanStrings } from './clean-strings.js'
import { createLayerArtifact } from './create-layer-artifact.js'
import { createLayerIndex } from './create-layer-index.js'
import type { IndexedLayer } from './layer-index.js'
import type { LayerPlan } from './layer-plan.js'
import { createLossLedger } from './loss-ledger.js'
import { nameLayerFiles } from './name-layer-files.js'
import type { NavigatorOptions } from './navigator-options.js'
import { noteLosses } from './note-losses.js'
import { planLayers, type LayerSlice } from './plan-layers.js'
import { reportLosses } from './report-losses.js'

/**
 * A file for each layer of `layer-by`, one for the whole set, and an index. What is reported as lost is what the layers of the parts can't
 * carry: the layer of the whole set, which cuts more, tells its own cuts in its metadata.
 */
export function emitLayerSet(set: ResolvedSet, context: EmitContext, options: NavigatorOptions): readonly Artifact[] {
  const ledger = createLossLedger()
  const whole = planLayers(set, context, { ...options, 'layer-by': 'framework' }, createLossLedger())
  const parts = planLayers(set, context, options, ledger)
  const names = nameLayerFiles(parts.slices.map(({ key }) => key))
  const files = [
    ...whole.slices.map((slice) => emitLayer(whole.plan, slice, context.baseName)),
    ...parts.slices.map((slice, index) => emitLayer(parts.plan, slice, `${context.baseName}.${names[index] ?? index}`)),
  ]
  noteLosses(parts.plan)
  reportLosses([parts.plan], ledger, context, files.reduce((sum, { changed }) => sum + changed, 0))
  return [...files.map(({ artifact }) => artifact), createLayerIndex(parts.plan, files.map(({ indexed }) => indexed))]
}

interface LayerFile {
  readonly artifact: Artifact
  readonly indexed: IndexedLayer
  /** Texts that had to be cleaned. */
  readonly changed: number
}

function emitLayer(plan: LayerPlan, { title, cells }: LayerSlice, baseName: string): LayerFile {
  const rows = cells.flatMap((cell) => cell.rows)
  const counts = { techniques: cells.length, rows: rows.length }
  const { value, changed } = cleanStrings(buildLayer(plan, title, cells))
  const artifact = createLayerArtifact(value, { layers: 1, ...counts }, baseName)
  const capabilities = new Set(rows.map((row) => row.capability.id)).size
  return { artifact, changed, indexed: { title: title ?? 'everything', file: artifact.name, capabilities, ...counts } }
}
