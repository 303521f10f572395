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

/** A size of pictures. Lengths are in units of the picture: points (1/72 inch) on paper, pixels on a screen. */
export interface PageSize {
  readonly name: PictureOptions['picture-size']
  readonly width: number
  readonly height: number
  /** What the picture says of its own size: "297mm". */
  readonly printedWidth: string
  readonly printedHeight: string
  /** The size of text in the legend; headings and margins follow from it. */
  readonly base: number
  /** The smallest and largest text of cells, and the steps between. Smaller text than the smallest could not be read. */
  readonly smallest: number
  readonly largest: number
  readonly step: number
}

/** Landscape, as slides and the matrix are. ISO 216 for paper. */
export const pageSizes: Readonly<Record<PictureOptions['picture-size'], PageSize>> = {
  screen: {
    name: 'screen', width: 1920, height: 1080, printedWidth: '1920', printedHeight: '1080',
    base: 17, smallest: 10, largest: 18, step: 0.5,
  },
  a4: {
    name: 'a4', width: 841.89, height: 595.28, printedWidth: '297mm', printedHeight: '210mm',
    base: 7.5, smallest: 4.5, largest: 8, step: 0.25,
  },
  a3: {
    name: 'a3', width: 1190.55, height: 841.89, printedWidth: '420mm', printedHeight: '297mm',
    base: 10, smallest: 5, largest: 11, step: 0.25,
  },
}
