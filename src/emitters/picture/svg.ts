import { defineEmitter } from '../emitter.js'
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
