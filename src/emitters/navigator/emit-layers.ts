import type { ResolvedSet } from '../../model/mapping-set.js'
import { encodeLine } from '../artifact-parts.js'
import type { Artifact, EmitContext } from '../emitter.js'
import { inlineText, linkTo, renderTable, type TableColumn } from '../markup/markdown-text.js'
import { buildLayer } from './build-layer.js'
import { nameLayer, scoreSentences } from './describe-layer.js'
import { cleanStrings } from './layer.js'
import type { NavigatorOptions } from './navigator.js'
import { createLossLedger } from './loss-ledger.js'
import { type LayerPlan, type LayerSlice, planLayers } from './plan-layers.js'
import { noteLosses, reportLosses } from './report-losses.js'

/** A layer file in the index. */
interface IndexedLayer {
  /** Name of the group, capability, … that the layer shows; "everything" for the whole set. */
  readonly title: string
  readonly file: string
  readonly capabilities: number
  readonly techniques: number
  readonly rows: number
}

/** Content of the index; see schemas/layer-index.schema.json. */
interface LayerIndex {
  readonly title: string
  /** The value of `--layer-by`. */
  readonly by: string
  /** Meaning of the scores, the same in all layers; `legend` has the labels of their colours. */
  readonly scores: string
  readonly legend: readonly string[]
  readonly layers: readonly IndexedLayer[]
}

/** Creates the index of a set's layer files: a Markdown page, which code hosts render. */
function createLayerIndex(plan: LayerPlan, layers: readonly IndexedLayer[]): Artifact {
  const index: LayerIndex = {
    title: nameLayer(plan, undefined),
    by: plan.options['layer-by'],
    scores: scoreSentences[plan.score],
    legend: plan.paint.legendItems.map(({ label }) => label),
    layers,
  }
  const { value } = cleanStrings(index)
  return {
    name: `${plan.context.baseName}.layers.md`,
    emitter: 'navigator',
    schema: 'layer-index',
    value,
    counts: { layers: layers.length },
    render: () => new TextEncoder().encode(renderIndex(value)),
  }
}

const columns: readonly TableColumn<IndexedLayer>[] = [
  { title: 'Layer', cell: ({ title, file }) => linkTo(title, encodeURIComponent(file)) },
  { title: 'Capabilities', cell: ({ capabilities }) => String(capabilities), number: true },
  { title: 'Techniques', cell: ({ techniques }) => String(techniques), number: true },
  { title: 'Mappings', cell: ({ rows }) => String(rows), number: true },
]

function renderIndex({ title, by, scores, legend, layers }: LayerIndex): string {
  return [
    `# ${inlineText(title)}`,
    '',
    `Layers for the ATT&amp;CK Navigator: one of everything, and one for each ${by.replace('-', ' ')}. `
      + 'Open a file with *Open Existing Layer*, *Upload from local*.',
    '',
    `${scores} The parts share their colours${legend.length > 1 ? `, from ${legend[0] ?? ''} to ${legend.at(-1) ?? ''}` : ''}.`,
    '',
    ...renderTable(columns, layers),
  ].join('\n')
}

/**
 * Writes one set as one layer, as a list of layers in one file, or, with `--layer-files separate`, as a file for each layer. Several
 * sets, and any number of sets with `--combine`, become one list.
 */
export function emitLayers(sets: readonly ResolvedSet[], context: EmitContext, options: NavigatorOptions): readonly Artifact[] {
  const [only, ...others] = sets
  if (!only || others.length > 0 || context.combined === true) return emitTogether(sets, context, options, false)
  const isWhole = options['layer-by'] === 'framework'
  if (!isWhole && options['layer-files'] === 'separate') return emitLayerSet(only, context, options)
  return emitTogether(sets, context, options, isWhole)
}

function emitTogether(
  sets: readonly ResolvedSet[], context: EmitContext, options: NavigatorOptions, isAlone: boolean,
): readonly Artifact[] {
  const ledger = createLossLedger()
  const planned = sets.map((set) => planLayers(set, context, options, ledger))
  const layers = planned.flatMap(({ plan, slices }) => slices.map((slice) => buildLayer(plan, slice)))
  const plans = planned.map(({ plan }) => plan)
  for (const plan of plans) noteLosses(plan)
  const [only] = layers
  const clean = cleanStrings(isAlone && only ? only : layers)
  reportLosses(plans, ledger, context, clean.changed)
  return [createLayerArtifact(clean, countShown(plans, layers.length), context.baseName)]
}

function countShown(plans: readonly LayerPlan[], layers: number): Readonly<Record<string, number>> {
  return {
    layers,
    techniques: plans.reduce((sum, { selection }) => sum + selection.techniques, 0),
    rows: plans.reduce((sum, { selection }) => sum + selection.shown.length, 0),
  }
}

/**
 * Writes a file for each layer of `--layer-by`, one for the whole set, and an index. The losses reported are those of the parts; the
 * layer of the whole set shortens more, and counts that in its metadata.
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
  /** Number of strings in which control characters were replaced. */
  readonly changed: number
}

function emitLayer(plan: LayerPlan, slice: LayerSlice, baseName: string): LayerFile {
  const { title, cells, rows } = slice
  const counts = { techniques: cells.length, rows: rows.length }
  const clean = cleanStrings(buildLayer(plan, slice))
  const artifact = createLayerArtifact(clean, { layers: 1, ...counts }, baseName)
  const capabilities = new Set(rows.map(({ capability }) => capability)).size
  return { artifact, changed: clean.changed, indexed: { title: title ?? 'everything', file: artifact.name, capabilities, ...counts } }
}

/** Creates the artifact of a layer or of a list of layers. */
function createLayerArtifact({ value, text }: ReturnType<typeof cleanStrings>, counts: Artifact['counts'], baseName: string): Artifact {
  return {
    name: `${baseName}.layer.json`,
    emitter: 'navigator',
    schema: 'navigator-layer',
    value,
    counts,
    render: () => encodeLine(text),
  }
}

const longestName = 40

/**
 * Distinctive parts of the file names of layers, one for each key, in order: "AC-2", "action.hacking". Characters other than ASCII
 * letters, digits, dots and dashes become underscores. Names that differ only in case get a number, for case-insensitive file
 * systems. A layer without a key is "none".
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
