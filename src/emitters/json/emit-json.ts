import type { ResolvedSet } from '../../model/mapping-set.js'
import type { Artifact } from '../artifact.js'
import { emitDocuments } from '../ctid-document/emit-documents.js'
import type { EmitContext } from '../emitter.js'

/** Writes sets as JSON, indented by four spaces and ended by a line end, as CTID publishes them. */
export function emitJson(sets: readonly ResolvedSet[], context: EmitContext): readonly Artifact[] {
  return emitDocuments(sets, context, {
    emitter: 'json',
    extension: '.json',
    render: (value) => `${JSON.stringify(value, null, 4)}\n`,
  })
}
