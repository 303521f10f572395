import type { BundleFile } from './bundle-file.js'
import type { CollectionState, DatedObject, Entry, Standing } from './collection-state.js'
import { findStandings } from './find-standings.js'
import { endOf, layOutDates } from './lay-out-dates.js'
import type { StoredObject } from './stored-object.js'

/**
 * The objects of a collection's files, which changed last at `changedAt`, each version once, in the order of their dates. What the former state had, byte for byte,
 * keeps its date, with two exceptions: what an object refers to must come before it, and what no default filter showed before is new to those who poll. All else
 * comes after all that was there. Of two texts of one version the one in the file that changed last counts.
 */
export function dateObjects(files: readonly BundleFile[], changedAt: number, former?: CollectionState): readonly Entry[] {
  const chosen = chooseTexts(layOutDates(files, changedAt))
  const standingOf = findStandings(chosen.values())
  const known = new Map(former?.entries.map((entry) => [keyOf(entry.object), entry]))
  const kept: Entry[] = []
  const fresh: Entry[] = []
  const freshIds = new Set<string>()
  for (const [key, { object, date }] of chosen) {
    const standing = standingOf(object)
    const before = known.get(key)
    if (before && isSame(before.object, object) && !isMoreVisible(standing, before) && !object.refs.some((id) => freshIds.has(id))) {
      kept.push({ object, date: before.date, ...standing })
    } else {
      fresh.push({ object, date, ...standing })
      freshIds.add(object.id)
    }
  }
  return [...kept.toSorted((a, b) => a.date - b.date), ...moveBeyond(former?.entries.at(-1)?.date, fresh, endOf(changedAt))]
}

/** In the order of their dates. What several files hold has the date of the first of them. */
function chooseTexts(laidOut: readonly DatedObject[]): ReadonlyMap<string, DatedObject> {
  const chosen = new Map<string, DatedObject>()
  for (const dated of laidOut) {
    const key = keyOf(dated.object)
    const other = chosen.get(key)
    if (other && isSame(other.object, dated.object)) continue
    // Deleted first: a map keeps the place of a key that it knows.
    chosen.delete(key)
    chosen.set(key, dated)
  }
  return chosen
}

/**
 * New objects come after what was there, even where clocks went back. The last of them has the end of the layout: a poller that
 * knows milliseconds only then asks for what comes after it, instead of for the last millisecond again and again.
 */
function moveBeyond(newest: number | undefined, fresh: readonly Entry[], end: number): readonly Entry[] {
  const [first] = fresh
  const shift = newest === undefined || !first || first.date > newest ? 0 : Math.ceil((newest + 1 - first.date) / 1000) * 1000
  return fresh.map((entry, index) => ({ ...entry, date: (index === fresh.length - 1 ? end : entry.date) + shift }))
}

function isMoreVisible(now: Standing, before: Standing): boolean {
  return (now.isFirst && !before.isFirst) || (now.isLast && !before.isLast) || (now.isLatestSpec && !before.isLatestSpec)
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
