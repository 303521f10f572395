import type { OptionSpecs, OptionValues } from '../emitter.js'
import { matrixOptions } from '../matrix/matrix-options.js'

/** The options that SVG and PNG share. docs/pictures.md explains each. */
export const pictureOptions = {
  'picture-size': {
    kind: 'choice',
    values: ['screen', 'a4', 'a3'],
    default: 'screen',
    description: 'a slide (16:9), or a sheet of paper (landscape)',
  },
  'picture-techniques': {
    kind: 'choice',
    values: ['all', 'mapped'],
    default: 'all',
    description: 'the whole matrix, or only what is mapped',
  },
  'picture-sub-techniques': {
    kind: 'choice',
    values: ['annotated', 'all', 'none'],
    default: 'annotated',
    description: 'the sub-techniques to show: those that the mappings speak of, all, or none (their techniques count them)',
  },
  ...matrixOptions,
} as const satisfies OptionSpecs

export type PictureOptions = OptionValues<typeof pictureOptions>
