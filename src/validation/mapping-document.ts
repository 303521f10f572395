import { detectParser } from '../detect-parser.js'
import { understand } from '../pipeline.js'
import { countSet } from '../model/count-set.js'
import { worldOf } from './check-rows.js'
import type { Validator } from './validator.js'

/** Whatever a parser of ours understands: what the parser and the checks have to say of it. */
export const mappingDocumentValidator: Validator = {
  id: 'mapping-document',
  title: 'Mapping document',
  recognises: (document) => detectParser(document, undefined, () => undefined) !== undefined,
  async validate({ file }, { attack, report }) {
    const { sets, diagnostics } = await understand({ inputs: [file.name], attack }, worldOf(file))
    for (const { code, ...details } of diagnostics) report(code, details)
    return { sets: sets.length, rows: sets.reduce((sum, { set }) => sum + countSet(set).rows, 0) }
  },
}
