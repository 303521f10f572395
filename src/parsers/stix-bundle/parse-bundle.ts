import type { TreeDocument } from '../../formats/decoded.js'
import type { MappingSet } from '../../model/mapping-set.js'
import type { ParseContext } from '../parser.js'
import { createFileReader } from '../reading/file-reader.js'
import { indexBundle } from './bundle-index.js'
import { readForeignSets } from './read-foreign-sets.js'
import { readOwnSets } from './read-own-sets.js'

/** The sets of a bundle: first those that our extension carries, then what its other relationships tell. */
export async function parseBundle(document: TreeDocument, context: ParseContext): Promise<readonly MappingSet[]> {
  const reader = createFileReader(document, context.report)
  const bundle = indexBundle(document.value, reader)
  if (!bundle) return []
  const own = readOwnSets(bundle, document.file, reader)
  const foreign = await readForeignSets(bundle, own.claimed, document, context, reader)
  const sets = [...own.sets, ...foreign]
  if (!sets.some(({ mappings }) => mappings.length > 0)) reportNone(sets)
  reader.reportCounts()
  return sets

  function reportNone(listed: readonly MappingSet[]): void {
    const capabilities = listed.reduce((sum, set) => sum + set.capabilities.size, 0)
    reader.report('parse/no-mappings', '', capabilities === 0 ? {} : {
      message: `The bundle lists ${capabilities} capabilities; none of its relationships leads to a technique`,
      hint: 'The relationships may be in another bundle, such as the -mappings.json that belongs to a -controls.json.',
    })
  }
}
