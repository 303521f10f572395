import type { OptionSpecs, OptionValues } from '../emitter.js'

/** Options of emitters that colour the techniques of a matrix. */
export const matrixOptions = {
  'palette': {
    kind: 'choice',
    values: ['blue', 'orange', 'viridis', 'cividis'],
    default: 'blue',
    description: 'the colours of scores; all are safe for colour-blind readers',
  },
  'matrix-score': {
    kind: 'choice',
    values: ['count', 'best'],
    default: 'count',
    description: 'what the colour of a technique shows: the number of capabilities, or the best score value',
  },
} as const satisfies OptionSpecs

type MatrixOptions = OptionValues<typeof matrixOptions>

/** A value of `--palette`. */
export type PaletteName = MatrixOptions['palette']
