import type { DocumentFile } from '../formats/decoded.js'
import type { ResolvedSet } from '../model/mapping-set.js'
import { countSet } from '../model/set-facts.js'
import { checkSet } from '../rules/check/check-set.js'
import type { ValidationContext, Validator } from '../validation/validator.js'
import { understand } from './convert.js'
import type { Host } from './host.js'
import { detectParser, reportOn } from './understand.js'

/** Compares the rows of an artifact of ours with ATT&CK, as `convert` does. What its parser notes is no fault of an artifact. */
export async function checkRows(file: DocumentFile, { attack, report }: Pick<ValidationContext, 'attack' | 'report'>): Promise<void> {
  const { sets } = await understand({ inputs: [file.name], attack }, worldOf(file))
  for (const { set } of sets) checkSet(placeIn(set, file.name), { attack, report: reportOn(set, report) })
}

/** A set whose rows stand in one document only: that which is judged, and not those that it was made of. */
function placeIn(set: ResolvedSet, document: string): ResolvedSet {
  const mappings = set.mappings.map((row) => {
    const origins = row.origins.filter((origin) => origin.document === document)
    return origins.length === 0 ? row : { ...row, origins }
  })
  return { ...set, mappings }
}

/** A host that has one document, and nothing to write on. */
function worldOf(file: DocumentFile): Host {
  return {
    readDocuments: async () => [file],
    writeArtifact: () => Promise.reject(new Error('validation writes nothing')),
    readFormer: () => Promise.reject(new Error('validation writes nothing')),
    removeArtifact: () => Promise.reject(new Error('validation writes nothing')),
  }
}

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
