import type { BundleFile } from './bundle-file.js'
import type { DatedObject } from './collection-state.js'

/**
 * A time of its own for every object of a collection's files, in order: a microsecond apart, so that whoever asks for what came after the last
 * object that they have misses nothing. The last one has the time when the files changed last, in whole milliseconds, since some clients
 * cut the rest off. Files stand in the order in which they changed. The times depend on nothing else, so that they are the same after a restart.
 */
export function layOutDates(files: readonly BundleFile[], changedAt: number): readonly DatedObject[] {
  const objects = files.toSorted(compareFiles).flatMap((file) => file.objects)
  const first = endOf(changedAt) - (objects.length - 1)
  return objects.map((object, index) => ({ object, date: first + index }))
}

/** The whole millisecond that a time falls in or ends. */
export function endOf(changedAt: number): number {
  return Math.ceil(changedAt / 1000) * 1000
}

function compareFiles(a: BundleFile, b: BundleFile): number {
  return a.changedAt - b.changedAt || (a.name < b.name ? -1 : 1)
}
