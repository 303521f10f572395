import { ctidLosses } from '../ctid-document/ctid-document.js'
import { defineEmitter } from '../emitter.js'

/** CTID's unified JSON, as mapex and the Mappings Editor read it. See docs/ctid-json.md. */
export const json = defineEmitter({
  id: 'json',
  title: 'CTID mapping file (unified JSON)',
  extension: '.json',
  schema: 'ctid-mappings',
  loses: ctidLosses,
  options: {},
  async emit(set, context) {
    const { emitJson } = await import('../ctid-document/emit-documents.js')
    return emitJson([set], context)
  },
  async combine(sets, context) {
    const { emitJson } = await import('../ctid-document/emit-documents.js')
    return emitJson(sets, context)
  },
})
