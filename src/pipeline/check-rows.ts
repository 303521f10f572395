import type { DocumentFile } from '../formats/decoded.js'
import type { ResolvedSet } from '../model/mapping-set.js'
import { checkSet } from '../rules/check/check-set.js'
import type { Counts, ValidationContext } from '../validation/file-kind.js'
import { understand } from './convert.js'
import type { Host } from './host.js'
import { reportOn } from './understand.js'

type Means = Pick<ValidationContext, 'attack' | 'report'>

/** Compares the rows of an artifact of ours with ATT&CK, as `convert` does. Diagnostics of its parser are no faults of an artifact. */
export async function checkRows(file: DocumentFile, { attack, report }: Means): Promise<void> {
  const { sets } = await understand({ inputs: [file.name], attack }, hostOf(file))
  for (const { set } of sets) checkSet(keepOrigins(set, file.name), { attack, report: reportOn(set, report) })
}

/** Reads a document as `convert` does, and reports what its parser and the rules find. Counts sets and rows. */
export async function readRows(file: DocumentFile, { attack, report }: Means): Promise<Counts> {
  const { sets, diagnostics } = await understand({ inputs: [file.name], attack }, hostOf(file))
  for (const { code, ...details } of diagnostics) report(code, details)
  return { sets: sets.length, rows: sets.reduce((sum, { set }) => sum + set.mappings.length, 0) }
}

/** Keeps only the origins in the validated document, without those in the documents that it was made from. */
function keepOrigins(set: ResolvedSet, document: string): ResolvedSet {
  const mappings = set.mappings.map((row) => {
    const origins = row.origins.filter((origin) => origin.document === document)
    return origins.length === 0 ? row : { ...row, origins }
  })
  return { ...set, mappings }
}

/** A read-only host with one document. */
function hostOf(file: DocumentFile): Host {
  return {
    readDocuments: async () => [file],
    writeArtifact: () => Promise.reject(new Error('validation writes nothing')),
    readFormer: () => Promise.reject(new Error('validation writes nothing')),
    removeArtifact: () => Promise.reject(new Error('validation writes nothing')),
  }
}
