import { defineEmitter } from '../emitter.js'

/** A MISP galaxy and its clusters, whose relations point at MISP's own clusters of ATT&CK techniques. See docs/misp.md. */
export const mispGalaxy = defineEmitter({
  id: 'misp-galaxy',
  title: 'MISP galaxy and clusters',
  extension: '.misp.json',
  schema: 'misp-clusters',
  loses:
    'Techniques without a capability (counted); relations to techniques that ATT&CK does not know; order and places of rows, and whose a reference is; '
    + 'authors and versions of single rows; verdicts of auditors; descriptions of mapping types and groups; contacts; very long texts.',
  options: {},
  async emit(set, context) {
    const { emitGalaxy } = await import('./emit-galaxy.js')
    return emitGalaxy([set], context)
  },
  async combine(sets, context) {
    const { emitGalaxy } = await import('./emit-galaxy.js')
    return emitGalaxy(sets, context)
  },
})

/** What the types of our galaxies begin with, and no type of MISP's own. */
export const galaxyTypePrefix = 'crosswalk-'

/** Whether a value of JSON means to be one of the two files of a galaxy of ours. */
export function isOwnGalaxy(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || !('type' in value) || !('uuid' in value)) return false
  return typeof value.type === 'string' && value.type.startsWith(galaxyTypePrefix)
}
