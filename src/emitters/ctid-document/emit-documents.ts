import type { ResolvedSet } from '../../model/mapping-set.js'
import type { Artifact, EmitContext } from '../emitter.js'
import { countSets } from '../table/set-facts.js'
import { buildDocument } from './build-document.js'
import type { CtidDocument } from './ctid-document.js'

/** Writes sets as JSON, indented by four spaces and with a line feed at the end, as CTID publishes them. */
export function emitJson(sets: readonly ResolvedSet[], context: EmitContext): readonly Artifact[] {
  return emitDocuments(sets, context, {
    emitter: 'json',
    extension: '.json',
    render: (value) => `${JSON.stringify(value, null, 4)}\n`,
  })
}

/** Writes sets as YAML 1.2; strings that YAML 1.1 readers (PyYAML) would take for other types are quoted. */
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

/** Renders one document, or a list of them, as text. */
type RenderDocuments = (value: CtidDocument | readonly CtidDocument[]) => string | Promise<string>

/** The properties in which the JSON and YAML emitters differ. */
interface DocumentTarget {
  readonly emitter: string
  readonly extension: string
  readonly render: RenderDocuments
}

/** Creates the artifact of one set, or of several as a list of documents. */
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
