import { fieldOf, treeOf, type TreeValue } from '../../formats/decoded.js'
import type { FileKind } from '../../validation/file-kind.js'
import { defineEmitter, type OptionSpecs, type OptionValues } from '../emitter.js'
import { matrixOptions } from '../matrix/matrix-options.js'

/** The flags of the layer emitter. docs/navigator.md explains each. */
export const navigatorOptions = {
  'layer-by': {
    kind: 'choice',
    values: ['framework', 'group', 'capability', 'score-category', 'relation'],
    default: 'framework',
    description: 'one layer for the whole set, or a list of layers: one for each group, capability, score category or mapping type',
  },
  'layer-files': {
    kind: 'choice',
    values: ['list', 'separate'],
    default: 'list',
    description: 'the layers of --layer-by as one list file, or each as a file, beside one of the whole set and an index',
  },
  'layer-score': {
    kind: 'choice',
    values: ['count', 'best', 'weighted'],
    default: 'count',
    description: "a cell's score: how many capabilities, the best score value (1 to 3), or the sum of each capability's best value",
  },
  'layer-metadata-limit': {
    kind: 'number',
    default: 10,
    description: "how many metadata entries, and how many links, a technique gets at most; Navigator's tooltip shows them all at once",
  },
  palette: matrixOptions.palette,
} as const satisfies OptionSpecs

export type NavigatorOptions = OptionValues<typeof navigatorOptions>

/** Layers of any format and author, one or a list. */
const navigatorLayer: FileKind = {
  id: 'navigator-layer',
  title: 'ATT&CK Navigator layer',
  recognise(document) {
    const value = treeOf(document)?.value
    const first: TreeValue | undefined = Array.isArray(value) ? value.at(0) : value
    return fieldOf(first, 'techniques') !== undefined && (fieldOf(first, 'versions') ?? fieldOf(first, 'domain')) !== undefined
  },
  async validate(document, context) {
    const { validateLayers } = await import('./validate-layer.js')
    return validateLayers(document, context)
  },
}

/** ATT&CK Navigator layers, format 4.5. See docs/navigator.md. */
export const navigator = defineEmitter({
  id: 'navigator',
  title: 'ATT&CK Navigator layer (format 4.5)',
  extension: '.layer.json',
  schema: 'navigator-layer',
  loses:
    'Row boundaries, order and places; statuses, authors, verdicts, related scores and versions of single rows; rows without a technique (counted); '
    + 'techniques that the ATT&CK release lacks or has withdrawn; long comments, metadata and links beyond the limit; longer descriptions.',
  options: navigatorOptions,
  // Layers; the Markdown page that lists the files of `--layer-files separate` is for people and of no kind.
  writes: [navigatorLayer],
  async emit(sets, context, options) {
    const { emitLayers } = await import('./emit-layers.js')
    return emitLayers(sets, context, options)
  },
})
