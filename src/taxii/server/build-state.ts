import type { BundleFile } from './bundle-file.js'
import type { CollectionState } from './collection-state.js'
import { dateObjects, type DatedObject } from './date-objects.js'
import { makeId } from './make-id.js'

/** The versions of one id in one version of STIX. */
interface Versions {
  first: number
  last: number
}

/** What a collection holds now, given what it held before. A state with the same mark when the objects are the same. */
export function buildState(files: readonly BundleFile[], former?: CollectionState): CollectionState {
  const dated = dateObjects(files, former)
  const marks = files.map(({ name, changedAt, objects }) => [name, changedAt, objects.length]).toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1))
  // What is new has a new date: equal dates mean equal objects, though they may have been read anew.
  const isUnchanged = former?.entries.length === dated.length && former.entries.every(({ date }, index) => date === dated[index]?.date)
  if (isUnchanged && former.entries.every(({ object }, index) => object === dated[index]?.object)) return former
  return { mark: isUnchanged ? former.mark : makeId('state', JSON.stringify(marks), former?.mark ?? ''), entries: markVersions(dated) }
}

function markVersions(dated: readonly DatedObject[]): CollectionState['entries'] {
  const byId = new Map<string, Map<string, Versions>>()
  for (const { object: { id, specVersion, versionTime } } of dated) {
    const specs = byId.get(id) ?? new Map<string, Versions>()
    const versions = specs.get(specVersion)
    const first = Math.min(versions?.first ?? versionTime, versionTime)
    byId.set(id, specs.set(specVersion, { first, last: Math.max(versions?.last ?? versionTime, versionTime) }))
  }
  return dated.map(({ object, date }) => {
    const specs = byId.get(object.id)
    const versions = specs?.get(object.specVersion)
    return {
      object, date,
      isFirst: object.versionTime === versions?.first,
      isLast: object.versionTime === versions?.last,
      isLatestSpec: [...specs?.keys() ?? []].every((spec) => spec <= object.specVersion),
    }
  })
}
