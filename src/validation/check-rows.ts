import { understand } from '../pipeline.js'
import type { DocumentFile } from '../formats/decoded.js'
import type { World } from '../world.js'
import type { ValidationContext } from './validator.js'

/** Compares the rows of an artefact of ours with ATT&CK, as `convert` does. What its parser notes is no fault of an artefact. */
export async function checkRows(file: DocumentFile, { attack, report }: Pick<ValidationContext, 'attack' | 'report'>): Promise<void> {
  const { diagnostics } = await understand({ inputs: [file.name], attack }, worldOf(file))
  for (const { code, ...details } of diagnostics) {
    if (code.startsWith('check/')) report(code, details)
  }
}

/** A world that has one document, and nothing to write on. */
export function worldOf(file: DocumentFile): World {
  return {
    readDocuments: async () => [file],
    writeArtifact: () => Promise.reject(new Error('validation writes nothing')),
    readFormer: () => Promise.reject(new Error('validation writes nothing')),
    removeArtifact: () => Promise.reject(new Error('validation writes nothing')),
  }
}
