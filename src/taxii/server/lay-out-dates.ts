import type { DatedObject } from './collection-state.js'
import type { StoredObject } from './stored-object.js'

/**
 * A time of its own for every object, in order: a microsecond apart, so that whoever asks for what came after the last
 * object that they have misses nothing. The last one has the time when the files changed last. Depends on nothing else, so
 * that it is the same after a restart.
 */
export function layOutDates(objects: readonly StoredObject[], changedAt: number): readonly DatedObject[] {
  const first = endOf(changedAt) - (objects.length - 1)
  return objects.map((object, index) => ({ object, date: first + index }))
}

/** A time, brought to the end of its millisecond: some clients cut the rest off. */
export function endOf(changedAt: number): number {
  return Math.ceil(changedAt / 1000) * 1000
}
