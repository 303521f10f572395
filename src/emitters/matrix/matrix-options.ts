import type { OptionSpecs, OptionValues } from '../emitter.js'

/** The options that all pictures of a matrix share: Navigator layers, SVG, and what else colours techniques. */
export const matrixOptions = {
  'palette': {
    kind: 'choice',
    values: ['blue', 'orange', 'viridis', 'cividis'],
    default: 'blue',
    description: 'the colours of scores, all safe for colour-blind readers',
  },
  'matrix-score': {
    kind: 'choice',
    values: ['count', 'best'],
    default: 'count',
    description: 'what colours a technique of the matrix: how many capabilities, or the best score value',
  },
} as const satisfies OptionSpecs

type MatrixOptions = OptionValues<typeof matrixOptions>

/** A palette's name, as `--palette` takes it. */
export type PaletteName = MatrixOptions['palette']
