import type { BundleFile } from './bundle-file.js'
import type { CollectionState } from './collection-state.js'
import { dateObjects } from './date-objects.js'
import { makeId } from './make-id.js'

/** What a collection holds now, given what it held before. A state with the same mark when the objects are the same. */
export function buildState(files: readonly BundleFile[], changedAt: number, former?: CollectionState): CollectionState {
  const entries = dateObjects(files, changedAt, former)
  // What is new has a new date: equal dates mean equal objects, though they may have been read anew.
  const isUnchanged = former?.entries.length === entries.length && former.entries.every(({ date }, index) => date === entries[index]?.date)
  if (isUnchanged) return { mark: former.mark, entries }
  const names = files.map(({ name }) => name).toSorted()
  return { mark: makeId('state', ...names, String(changedAt), String(entries.length), former?.mark ?? ''), entries }
}
