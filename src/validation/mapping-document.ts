import { detectParser } from '../detect-parser.js'
import { understand } from '../pipeline.js'
import { countSet } from '../model/count-set.js'
import type { World } from '../world.js'
import type { Validator } from './validator.js'

/** Whatever a parser of ours understands: what the parser and the checks have to say of it. */
export const mappingDocumentValidator: Validator = {
  id: 'mapping-document',
  title: 'Mapping document',
  recognises: (document) => detectParser(document, undefined, () => undefined) !== undefined,
  async validate({ file }, { attack, report }) {
    const world: World = {
      readDocuments: async () => [file],
      writeArtifact: () => Promise.reject(new Error('validation writes nothing')),
      finish: () => Promise.reject(new Error('validation writes nothing')),
    }
    const { sets, diagnostics } = await understand({ inputs: [file.name], attack }, world)
    for (const { code, ...details } of diagnostics) report(code, details)
    return { sets: sets.length, rows: sets.reduce((sum, { set }) => sum + countSet(set).rows, 0) }
  },
}
