import { defineEmitter } from '../emitter.js'
import { pngOptions } from './png-options.js'

/** The picture of `svg` in pixels, for programs that take no SVG. See docs/pictures.md. */
export const png = defineEmitter({
  id: 'png',
  title: 'PNG picture of the matrix',
  extension: '.png',
  schema: 'matrix-picture',
  loses: 'What SVG loses; that text can be selected and found, and the full names of what is shortened.',
  options: pngOptions,
  onlyWhenNamed: true,
  async emit(set, context, options) {
    const { emitPng } = await import('./emit-png.js')
    return emitPng([set], context, options)
  },
  async combine(sets, context, options) {
    const { emitPng } = await import('./emit-png.js')
    return emitPng(sets, context, options)
  },
})
