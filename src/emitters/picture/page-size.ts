import type { PictureOptions } from './picture-options.js'

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
