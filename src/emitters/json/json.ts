import { ctidLosses, mappingDocument } from '../ctid-document/ctid-document.js'
import { defineEmitter } from '../emitter.js'

/** CTID's unified JSON, as mapex and the Mappings Editor read it. See docs/ctid-json.md. */
export const json = defineEmitter({
  id: 'json',
  title: 'CTID mapping file (unified JSON)',
  extension: '.json',
  schema: 'ctid-mappings',
  loses: ctidLosses,
  options: {},
  writes: [mappingDocument],
  async emit(sets, context) {
    const { emitJson } = await import('../ctid-document/emit-documents.js')
    return emitJson(sets, context)
  },
})
