import type { ResolvedSet } from '../../model/mapping-set.js'
import type { Artifact, EmitContext } from '../emitter.js'
import { buildLayer } from './build-layer.js'
import { createLayerIndex, type IndexedLayer } from './layer-index.js'
import { cleanStrings } from './layer.js'
import { createLossLedger, type LayerPlan, type LayerSlice, planLayers } from './plan-layers.js'
import type { NavigatorOptions } from './navigator.js'
import { noteLosses, reportLosses } from './report-losses.js'

/**
 * One set as one layer, as one file with Navigator's list of layers, or, where asked for, as a file for each layer. Several sets, and
 * the sets of `--combine` however many, as one list.
 */
export function emitLayers(sets: readonly ResolvedSet[], context: EmitContext, options: NavigatorOptions): readonly Artifact[] {
  const [only, ...others] = sets
  if (!only || others.length > 0 || context.combined === true) return emitTogether(sets, context, options, false)
  const isWhole = options['layer-by'] === 'framework'
  return !isWhole && options['layer-files'] === 'separate' ? emitLayerSet(only, context, options) : emitTogether(sets, context, options, isWhole)
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

/**
 * A file for each layer of `layer-by`, one for the whole set, and an index. What is reported as lost is what the layers of the parts can't
 * carry: the layer of the whole set, which cuts more, tells its own cuts in its metadata.
 */
function emitLayerSet(set: ResolvedSet, context: EmitContext, options: NavigatorOptions): readonly Artifact[] {
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

/** A layer file, or a file with a list of layers. */
function createLayerArtifact(value: unknown, counts: Artifact['counts'], baseName: string): Artifact {
  return {
    name: `${baseName}.layer.json`,
    emitter: 'navigator',
    schema: 'navigator-layer',
    value,
    counts,
    render: () => new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`),
  }
}

const longestName = 40

/**
 * The parts of file names that tell layers apart, one for each key, in their order: "AC-2", "action.hacking". What is not a letter or
 * digit of ASCII, dot or dash becomes an underscore, and names that differ in capitals alone get a number, for file systems that do not tell them
 * apart. A layer without a key is "none".
 */
export function nameLayerFiles(keys: readonly (string | undefined)[]): readonly string[] {
  const taken = new Set<string>()
  return keys.map((key = 'none') => {
    const name = key.replaceAll(/[^A-Za-z0-9.-]+/g, '_').replace(/^[._]+/, '').slice(0, longestName).replace(/\.+$/, '') || '_'
    let unique = name
    for (let nth = 2; taken.has(unique.toLowerCase()); nth++) unique = `${name}-${nth}`
    taken.add(unique.toLowerCase())
    return unique
  })
}
