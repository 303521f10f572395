import { defineEmitter } from '../emitter.js'
import { stixOptions } from './stix-options.js'

/** STIX 2.1 bundles that threat intelligence platforms keep. See docs/stix.md. */
export const stix = defineEmitter({
  id: 'stix',
  title: 'STIX 2.1 bundle',
  extension: '.stix.json',
  schema: 'stix-bundle',
  loses: 'Nothing, but for two profiles: opencti leaves out status, group, order, author, verdict and places of rows; '
    + 'mapex all but capabilities, techniques and mapping types. Without the grouping, what belongs to the set as a whole.',
  options: stixOptions,
  async emit(set, context, options) {
    const { emitBundle } = await import('./emit-bundle.js')
    return [await emitBundle([set], context, options)]
  },
  async combine(sets, context, options) {
    const { emitBundle } = await import('./emit-bundle.js')
    return [await emitBundle(sets, context, options)]
  },
})
