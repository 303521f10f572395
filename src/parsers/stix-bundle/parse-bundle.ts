import { countNoun } from '../../diagnostics/counts-in-words.js'
import { isObject, itemsOf, type TreeDocument } from '../../formats/decoded.js'
import { itemsAt } from '../../formats/rows.js'
import type { MappingSet } from '../../model/mapping-set.js'
import type { ParseContext } from '../parser.js'
import { createFileReader } from '../reading/file-reader.js'
import { type BundleIndex, findReferrers, indexBundle } from './bundle-index.js'
import { readForeignSets } from './read-foreign-sets.js'
import { readOwnSets } from './read-own-sets.js'
import { describeTechniques } from './sort-bundle.js'

/** The mapping sets of a bundle: first those in Crosswalk's extension, then those of its other relationships. */
export async function parseBundle(document: TreeDocument, context: ParseContext): Promise<readonly MappingSet[]> {
  const reader = createFileReader(document, context.report)
  context.seen?.(itemsAt(document.value, '', 'objects/[]').filter((_row, index) => {
    const object = itemsOf(document.value, 'objects')[index]
    return !isObject(object) || object.type === 'relationship'
  }))
  const bundle = indexBundle(document.value, reader)
  if (!bundle) return []
  const own = readOwnSets(bundle, document.file, reader)
  const foreign = await readForeignSets(bundle, own.claimed, document, context, reader)
  const sets = [...describeTechniques(own.sets, bundle, context.attack), ...foreign]
  if (!sets.some(({ mappings }) => mappings.length > 0)) await reportNoMappings(bundle, sets)
  reader.reportCounts()
  return sets

  async function reportNoMappings(index: BundleIndex, listed: readonly MappingSet[]): Promise<void> {
    const referrers = await findReferrers(index, context)
    if (referrers.length > 0) {
      const message = 'The bundle contains objects that the relationships of another document refer to; they were read together'
      reader.report('parse/companion', '', { message, found: referrers.join(', ') })
      return
    }
    const capabilities = listed.reduce((sum, set) => sum + set.capabilities.size, 0)
    reader.report('parse/no-mappings', '', capabilities === 0 ? {} : {
      message: `The bundle lists ${countNoun(capabilities, 'capability')}, but no relationship maps a capability to a technique`,
      hint: 'The relationships may be in another bundle, such as the -mappings.json for a -controls.json: name both in one command.',
    })
  }
}
