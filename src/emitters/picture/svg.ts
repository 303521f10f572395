import { defineEmitter } from '../emitter.js'
import { pictureOptions } from './picture-options.js'

/** The matrix as a picture for slides and papers. See docs/pictures.md. */
export const svg = defineEmitter({
  id: 'svg',
  title: 'SVG picture of the matrix',
  extension: '.svg',
  schema: 'matrix-picture',
  loses:
    'Everything but how many capabilities, or which best score, each technique has; rows without a technique; techniques that the '
    + 'ATT&CK release lacks or has withdrawn; what has no room on the page (counted on it).',
  options: pictureOptions,
  // A picture for people: no container of ours decodes it.
  writes: [],
  async emit(sets, context, options) {
    const { emitSvg } = await import('./emit-pictures.js')
    return emitSvg(sets, context, options)
  },
})
