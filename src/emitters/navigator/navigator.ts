import { defineEmitter } from '../emitter.js'
import { navigatorOptions } from './navigator-options.js'

/** ATT&CK Navigator layers, format 4.5. See docs/navigator.md. */
export const navigator = defineEmitter({
  id: 'navigator',
  title: 'ATT&CK Navigator layer (format 4.5)',
  extension: '.layer.json',
  schema: 'navigator-layer',
  loses:
    'Row boundaries, order and places; statuses, authors, verdicts, related scores and versions of single rows; rows without a technique (counted); '
    + 'techniques that the ATT&CK release lacks or has withdrawn; long comments, metadata and links beyond the limit; longer descriptions.',
  options: navigatorOptions,
  async emit(set, context, options) {
    const { emitLayers } = await import('./emit-layers.js')
    return emitLayers(set, context, options)
  },
  async combine(sets, context, options) {
    const { combineLayers } = await import('./emit-layers.js')
    return combineLayers(sets, context, options)
  },
})
