import type { OptionSpecs, OptionValues } from '../emitter.js'

/** The options that all pictures of a matrix share: Navigator layers, SVG, and what else colours techniques. */
export const matrixOptions = {
  'palette': {
    kind: 'choice',
    values: ['blue', 'orange', 'viridis', 'cividis'],
    default: 'blue',
    description: 'the colours of scores, all safe for colour-blind readers',
  },
} as const satisfies OptionSpecs

type MatrixOptions = OptionValues<typeof matrixOptions>

/** A palette's name, as `--palette` takes it. */
export type PaletteName = MatrixOptions['palette']
