import { defineEmitter, type OptionSpecs, type OptionValues } from '../emitter.js'
import { pictureOptions } from './picture-options.js'

/** The matrix as a picture for slides and papers. See docs/pictures.md. */
export const svg = defineEmitter({
  id: 'svg',
  title: 'SVG picture of the matrix',
  extension: '.svg',
  schema: 'matrix-picture',
  loses:
    'Everything except the number of capabilities or the best score of each technique; rows without a technique; techniques that are '
    + 'unknown, revoked or deprecated in the ATT&CK release; what does not fit on the page (its number is printed there).',
  options: pictureOptions,
  // No decoder reads pictures.
  writes: [],
  async emit(sets, context, options) {
    const { emitSvg } = await import('./emit-pictures.js')
    return emitSvg(sets, context, options)
  },
})

/** The options of PNG: those of SVG, and the width in pixels. */
export const pngOptions = {
  ...pictureOptions,
  'png-width': {
    kind: 'number',
    default: 2880,
    min: 320,
    max: 8192,
    description: 'the width of the picture in pixels, from 320 to 8192; the height follows',
  },
} as const satisfies OptionSpecs

export type PngOptions = OptionValues<typeof pngOptions>

/** The picture of `svg` in pixels, for programs that cannot show SVG. See docs/pictures.md. */
export const png = defineEmitter({
  id: 'png',
  title: 'PNG picture of the matrix',
  extension: '.png',
  schema: 'matrix-picture',
  loses: 'What SVG loses; also selectable text, and the full names of techniques whose names are shortened.',
  options: pngOptions,
  // No decoder reads pictures.
  writes: [],
  onlyWhenNamed: true,
  async emit(sets, context, options) {
    const { emitPng } = await import('./emit-pictures.js')
    return emitPng(sets, context, options)
  },
})
