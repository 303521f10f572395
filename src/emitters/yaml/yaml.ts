import { ctidLosses, mappingDocument } from '../ctid-document/ctid-document.js'
import { defineEmitter } from '../emitter.js'

/** The documents of the emitter `json`, as YAML. See docs/ctid-json.md. */
export const yaml = defineEmitter({
  id: 'yaml',
  title: 'CTID mapping file (unified YAML)',
  extension: '.yaml',
  schema: 'ctid-mappings',
  loses: ctidLosses,
  options: {},
  writes: [mappingDocument],
  async emit(sets, context) {
    const { emitYaml } = await import('../ctid-document/emit-documents.js')
    return emitYaml(sets, context)
  },
})
