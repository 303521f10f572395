import type { Artifact } from '../artifact.js'
import { linkTo, inlineText } from '../markup/markdown-text.js'
import { renderTable, type TableColumn } from '../markup/render-table.js'
import { cleanStrings } from './clean-strings.js'
import { nameLayer, scoreSentences } from './describe-layer.js'
import type { IndexedLayer, LayerIndex } from './layer-index.js'
import type { LayerPlan } from './layer-plan.js'

/** The page that lists the files of a set of layers, for people: Markdown, as hosts of code show it. */
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
    `Layers for the ATT&amp;CK Navigator: one of everything, and one for each ${by.replace('-', ' ')}. Open a file with *Open Existing Layer*, *Upload from local*.`,
    '',
    `${scores} The parts share their colours${legend.length > 1 ? `, from ${legend[0] ?? ''} to ${legend.at(-1) ?? ''}` : ''}.`,
    '',
    ...renderTable(columns, layers),
  ].join('\n')
}
