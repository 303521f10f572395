import type { OptionSpecs, OptionValues } from '../emitter.js'
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
