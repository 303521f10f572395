import type { OptionSpecs, OptionValues } from '../emitter.js'
import { matrixOptions } from '../matrix/matrix-options.js'

/** The options that SVG and PNG share; see docs/pictures.md. */
export const pictureOptions = {
  'picture-size': {
    kind: 'choice',
    values: ['screen', 'a4', 'a3'],
    default: 'screen',
    description: 'the size of the picture: a 16:9 slide, or a sheet of paper (landscape)',
  },
  'picture-techniques': {
    kind: 'choice',
    values: ['all', 'mapped'],
    default: 'all',
    description: 'the techniques to show: all of the matrix, or only mapped ones',
  },
  'picture-sub-techniques': {
    kind: 'choice',
    values: ['annotated', 'all', 'none'],
    default: 'annotated',
    description: 'the sub-techniques to show: those that the mappings mention, all, or none (then counted at their technique)',
  },
  ...matrixOptions,
} as const satisfies OptionSpecs

export type PictureOptions = OptionValues<typeof pictureOptions>

/** A size of pictures. Lengths are in points (1/72 inch) on paper, and in pixels on a screen. */
export interface PageSize {
  readonly name: PictureOptions['picture-size']
  readonly width: number
  readonly height: number
  /** The attributes `width` and `height` of the SVG: "297mm". */
  readonly printedWidth: string
  readonly printedHeight: string
  /** The base font size, from which those of title and legend and the margins follow. */
  readonly base: number
  /** The smallest legible and the largest font size of cells, and the step between the sizes that are tried. */
  readonly smallest: number
  readonly largest: number
  readonly step: number
}

/** The sizes, all landscape. Paper sizes are those of ISO 216. */
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
