import type { Report } from './diagnostics/diagnostic.js'
import { mergeSets } from './merge-sets.js'
import type { PlacedSet, UnderstoodDocument } from './requests.js'

/**
 * Merges the sets of all documents or, `perDocument`, those of each, and says which folder each goes to. A set without rows,
 * a list of capabilities say, completes others; alone it makes no artefact, and its parser has said that it holds no mappings.
 */
export function placeSets(documents: readonly UnderstoodDocument[], perDocument: boolean, report: Report): readonly PlacedSet[] {
  return placeAll(documents, perDocument, report).filter(({ set }) => set.mappings.length > 0)
}

function placeAll(documents: readonly UnderstoodDocument[], perDocument: boolean, report: Report): readonly PlacedSet[] {
  if (!perDocument) return mergeSets(documents.flatMap(({ sets }) => sets), report).map((set) => ({ folder: '', set }))
  const folders = documentFolders(documents.map(({ file }) => file.name))
  return documents.flatMap(({ file, sets }) => mergeSets(sets, report).map((set) => ({ folder: folders.get(file.name) ?? file.name, set })))
}

/** Folder by document name: the name less its extension, or all of it where two would share a folder. */
function documentFolders(names: readonly string[]): ReadonlyMap<string, string> {
  const stems = names.map((name) => name.replace(/(?:\.(?:urls|nav))?\.[A-Za-z0-9]{1,5}(?:\.gz)?$/, ''))
  const uses = new Map<string, number>()
  for (const stem of stems) uses.set(stem, (uses.get(stem) ?? 0) + 1)
  return new Map(names.map((name, index) => {
    const stem = stems[index] ?? ''
    return [name, stem === '' || (uses.get(stem) ?? 0) > 1 ? name : stem]
  }))
}
