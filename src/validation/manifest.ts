import { pointerStep } from '../formats/json-pointer.js'
import { reportSchemaError } from './report-schema-error.js'
import { fieldOf, itemsOf, textOf } from './tree-fields.js'
import { treeOf } from './tree-of.js'
import type { Validator } from './validator.js'

/** The manifest of a run: its schema, no name twice, and the digests of those artefacts that are validated beside it. */
export const manifestValidator: Validator = {
  id: 'manifest',
  title: 'Crosswalk manifest',
  recognises: (document) => ['artefacts', 'sources'].every((name) => fieldOf(treeOf(document)?.value, name) !== undefined),
  async validate(document, context) {
    if (!('value' in document)) return {}
    await reportSchemaError('manifest', document.value, context)
    const artefacts = itemsOf(document.value, 'artefacts')
    const folder = document.file.path.slice(0, document.file.path.lastIndexOf('/') + 1)
    const names = new Set<string>()
    for (const [index, artefact] of artefacts.entries()) {
      const name = textOf(artefact, 'name')
      if (name === undefined) continue
      const pointer = `/artefacts${pointerStep(index)}`
      if (names.has(name)) {
        context.reportAt(`${pointer}/name`, 'verify/meaning', { message: `The artefact ${name} is listed twice` })
      }
      names.add(name)
      const file = context.files.get(`${folder}${name}`)
      const stated = textOf(artefact, 'sha256')
      if (file && stated !== undefined && stated !== file.sha256) {
        context.reportAt(`${pointer}/sha256`, 'verify/meaning', {
          message: `${name} is not as the run wrote it: its digest is another`,
          found: file.sha256,
          expected: stated,
        })
      }
    }
    return { artefacts: artefacts.length }
  },
}
