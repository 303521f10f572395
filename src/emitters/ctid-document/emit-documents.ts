import type { ResolvedSet } from '../../model/mapping-set.js'
import type { Artifact } from '../artifact.js'
import type { EmitContext } from '../emitter.js'
import { countSets } from '../table/set-counts.js'
import { buildDocument } from './build-document.js'
import type { CtidDocument } from './ctid-document.js'

/** Turns what is to be written into text. */
type RenderDocuments = (value: CtidDocument | readonly CtidDocument[]) => string | Promise<string>

/** Which emitter writes, and how. */
export interface DocumentTarget {
  readonly emitter: string
  readonly extension: string
  readonly render: RenderDocuments
}

/** The artefact of one set, or of several as a list of documents, in the text that `render` makes of them. */
export function emitDocuments(sets: readonly ResolvedSet[], context: EmitContext, target: DocumentTarget): readonly Artifact[] {
  const documents = sets.map((set) => buildDocument(set, context))
  const [only] = documents
  const value = only && documents.length === 1 ? only : documents
  const { rows, mapped, unmappedCapabilities, unmappedTechniques } = countSets(sets)
  return [{
    name: `${context.baseName}${target.extension}`,
    emitter: target.emitter,
    schema: 'ctid-mappings',
    value,
    counts: { sets: sets.length, rows, mapped, unmappedCapabilities, unmappedTechniques },
    render: async () => new TextEncoder().encode(await target.render(value)),
  }]
}
