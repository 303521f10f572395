import type { Artifact } from '../emitter.js'
import { inlineText, linkTo, renderTable, type TableColumn } from '../markup/markdown-text.js'
import { nameLayer, scoreSentences } from './describe-layer.js'
import { cleanStrings } from './layer.js'
import type { LayerPlan } from './plan-layers.js'

/** A layer file in the index. */
export interface IndexedLayer {
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
export function createLayerIndex(plan: LayerPlan, layers: readonly IndexedLayer[]): Artifact {
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
