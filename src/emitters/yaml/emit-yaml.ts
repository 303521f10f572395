import type { ResolvedSet } from '../../model/mapping-set.js'
import type { Artifact } from '../artifact.js'
import { emitDocuments } from '../ctid-document/emit-documents.js'
import type { EmitContext } from '../emitter.js'

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
