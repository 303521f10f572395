import type { BundleFile } from './bundle-file.js'
import type { StoredObject } from './stored-object.js'

/** An object's place in time: when it was added if it is new, and the last such time of its file. Microseconds since 1970. */
export interface Slot {
  readonly object: StoredObject
  readonly date: number
  readonly fileEnd: number
}

/**
 * A time of its own for every object of the files, in order: a microsecond apart, so that whoever asks for what came after the last object that
 * they have misses nothing. The last object of a file has the file's time, in whole milliseconds, since some clients cut the rest off.
 *
 * Files that changed at nearly the same time are squeezed together towards the past. So when one of them changes later, or goes, the times
 * of the others stay as they are or become later, never earlier: docs/decisions/0012-taxii-dates.md.
 */
export function layOutDates(files: readonly BundleFile[]): readonly Slot[] {
  const slots: Slot[] = []
  let nextStart = Number.POSITIVE_INFINITY
  for (const { changedAt, objects } of files.toSorted(compareFiles).toReversed()) {
    const fileEnd = Math.min(Math.ceil(changedAt / 1000), Math.floor((nextStart - 1) / 1000)) * 1000
    for (let index = objects.length - 1, date = fileEnd; index >= 0; index -= 1, date -= 1) {
      const object = objects[index]
      if (object) slots.push({ object, date, fileEnd })
    }
    nextStart = fileEnd - Math.max(0, objects.length - 1)
  }
  return slots.toReversed()
}

function compareFiles(a: BundleFile, b: BundleFile): number {
  return a.changedAt - b.changedAt || (a.name < b.name ? -1 : 1)
}
