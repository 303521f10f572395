import type { OptionSpecs, OptionValues } from '../emitter.js'
import { pictureOptions } from '../picture/picture-options.js'

/** The options of PNG: those of SVG, and how many pixels. */
export const pngOptions = {
  ...pictureOptions,
  'png-width': {
    kind: 'number',
    default: 2880,
    description: "the picture's width in pixels, from 320 to 8192; the height follows",
  },
} as const satisfies OptionSpecs

export type PngOptions = OptionValues<typeof pngOptions>
