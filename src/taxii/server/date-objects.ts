import type { BundleFile } from './bundle-file.js'
import type { CollectionState, Entry } from './collection-state.js'
import { layOutDates, type Slot } from './lay-out-dates.js'
import type { StoredObject } from './stored-object.js'

/** An object and when it was added, in microseconds since 1970. */
export type DatedObject = Pick<Entry, 'object' | 'date'>

/**
 * The objects of files, each version once, with the dates when they were added, in order. What the former state had, byte for byte, keeps its
 * date, unless it refers to something that does not: what an object refers to must come before it. All else comes after all that was
 * there. Of two texts of one version the one in the file that changed last counts.
 */
export function dateObjects(files: readonly BundleFile[], former?: CollectionState): readonly DatedObject[] {
  const chosen = chooseTexts(layOutDates(files))
  const known = new Map(former?.entries.map((entry) => [keyOf(entry.object), entry]))
  const kept: DatedObject[] = []
  const fresh: Slot[] = []
  const freshIds = new Set<string>()
  for (const [key, slot] of chosen) {
    const before = known.get(key)
    if (before && isSame(before.object, slot.object) && !slot.object.refs.some((id) => freshIds.has(id))) {
      kept.push({ object: slot.object, date: before.date })
    } else {
      fresh.push(slot)
      freshIds.add(slot.object.id)
    }
  }
  const shift = shiftBeyond(former?.entries.at(-1)?.date, fresh)
  return [...kept.toSorted((a, b) => a.date - b.date), ...endOnMillisecond(fresh).map(({ object, date }) => ({ object, date: date + shift }))]
}

/** In the order of the slots. An object that several files share has the date of the first of them. */
function chooseTexts(slots: readonly Slot[]): ReadonlyMap<string, Slot> {
  const chosen = new Map<string, Slot>()
  for (const slot of slots) {
    const key = keyOf(slot.object)
    const other = chosen.get(key)
    if (other && isSame(other.object, slot.object)) continue
    // Deleted first: a map keeps the place of a key that it knows.
    chosen.delete(key)
    chosen.set(key, slot)
  }
  return chosen
}

/** The last new object of each file takes the file's last date: a poller that knows milliseconds only asks for what comes after it. */
function endOnMillisecond(fresh: readonly Slot[]): readonly Slot[] {
  return fresh.map((slot, index) => (fresh[index + 1]?.fileEnd === slot.fileEnd ? slot : { ...slot, date: slot.fileEnd }))
}

/** How much later the new objects must be so that they come after what was there: whole milliseconds, in microseconds. */
function shiftBeyond(newest: number | undefined, [first]: readonly Slot[]): number {
  if (newest === undefined || !first || first.date > newest) return 0
  return Math.ceil((newest + 1 - first.date) / 1000) * 1000
}

function keyOf({ id, version }: StoredObject): string {
  return `${version} ${id}`
}

function isSame({ bytes: a }: StoredObject, { bytes: b }: StoredObject): boolean {
  if (a === b) return true
  if (a.length !== b.length) return false
  // Plain, since all of a large bundle goes through it.
  for (let index = 0; index < a.length; index += 1) if (a[index] !== b[index]) return false
  return true
}
