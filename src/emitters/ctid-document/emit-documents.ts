import type { ResolvedSet } from '../../model/mapping-set.js'
import type { Artifact, EmitContext } from '../emitter.js'
import { countSets } from '../table/set-facts.js'
import { buildDocument } from './build-document.js'
import type { CtidDocument } from './ctid-document.js'

/** Writes sets as JSON, indented by four spaces and ended by a line end, as CTID publishes them. */
export function emitJson(sets: readonly ResolvedSet[], context: EmitContext): readonly Artifact[] {
  return emitDocuments(sets, context, {
    emitter: 'json',
    extension: '.json',
    render: (value) => `${JSON.stringify(value, null, 4)}\n`,
  })
}

/** Writes sets as YAML 1.2; texts that readers of YAML 1.1 (PyYAML) would take for something else are quoted. */
export function emitYaml(sets: readonly ResolvedSet[], context: EmitContext): readonly Artifact[] {
  return emitDocuments(sets, context, {
    emitter: 'yaml',
    extension: '.yaml',
    async render(value) {
      const { stringify } = await import('yaml')
      return stringify(value, { lineWidth: 0, compat: 'yaml-1.1', aliasDuplicateObjects: false })
    },
  })
}

/** Turns what is to be written into text. */
type RenderDocuments = (value: CtidDocument | readonly CtidDocument[]) => string | Promise<string>

/** Which emitter writes, and how. */
interface DocumentTarget {
  readonly emitter: string
  readonly extension: string
  readonly render: RenderDocuments
}

/** The artifact of one set, or of several as a list of documents, in the text that `render` makes of them. */
function emitDocuments(sets: readonly ResolvedSet[], context: EmitContext, target: DocumentTarget): readonly Artifact[] {
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
