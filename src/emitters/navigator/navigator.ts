import { fieldOf, treeOf, type TreeValue } from '../../formats/decoded.js'
import type { FileKind } from '../../validation/file-kind.js'
import { defineEmitter, type OptionSpecs, type OptionValues } from '../emitter.js'
import { matrixOptions } from '../matrix/matrix-options.js'

/** The options of the layer emitter. See docs/navigator.md. */
export const navigatorOptions = {
  'layer-by': {
    kind: 'choice',
    values: ['framework', 'group', 'capability', 'score-category', 'relation'],
    default: 'framework',
    description: 'one layer for the whole set, or one for each group, capability, score category or mapping type',
  },
  'layer-files': {
    kind: 'choice',
    values: ['list', 'separate'],
    default: 'list',
    description: 'the layers of --layer-by as a list in one file, or as separate files, with one for the whole set and an index',
  },
  'layer-score': {
    kind: 'choice',
    values: ['count', 'best', 'weighted'],
    default: 'count',
    description: "the score of a cell: number of capabilities, best score value (1 to 3), or sum of each capability's best value",
  },
  'layer-metadata-limit': {
    kind: 'number',
    default: 10,
    min: 0,
    description: "the maximum number of metadata entries, and of links, per technique; Navigator's tooltip shows them all at once",
  },
  palette: matrixOptions.palette,
} as const satisfies OptionSpecs

export type NavigatorOptions = OptionValues<typeof navigatorOptions>

/** Layers of any format and origin, one or a list. */
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
    'Row boundaries, order and places; statuses, authors, verdicts, related scores and versions of individual rows; rows without '
    + 'a technique (counted); techniques that the ATT&CK release does not have, or has revoked or deprecated; long comments, metadata '
    + 'and links beyond the limit; longer descriptions.',
  options: navigatorOptions,
  // The index of `--layer-files separate` is a Markdown page, which cannot be recognised.
  writes: [navigatorLayer],
  async emit(sets, context, options) {
    const { emitLayers } = await import('./emit-layers.js')
    const layers = emitLayers(sets, context, options)
    if (!context.against) return layers
    const { emitAgainstLayers } = await import('./against-layer.js')
    return [...layers, ...emitAgainstLayers(sets, context)]
  },
})
