import type { BundleFile } from './bundle-file.js'
import { chooseObjects, versionKey } from './choose-objects.js'
import type { CollectionState, Entry, Standing } from './collection-state.js'
import { findStandings } from './find-standings.js'
import { isSameObject } from './is-same-object.js'
import { endOf, layOutDates } from './lay-out-dates.js'

/**
 * The objects of a collection's files, which changed last at `changedAt`, each version once, in the order of their dates.
 * What the former state had, byte for byte, keeps its date, with two exceptions: what an object refers to must come before
 * it, and what no default filter showed before is new to those who poll. All else comes after all that was there.
 */
export function dateObjects(files: readonly BundleFile[], changedAt: number, former?: CollectionState): readonly Entry[] {
  const laidOut = layOutDates(chooseObjects(files), changedAt)
  const standingOf = findStandings(laidOut)
  const known = new Map(former?.entries.map((entry) => [versionKey(entry.object), entry]))
  const kept: Entry[] = []
  const fresh: Entry[] = []
  const freshIds = new Set<string>()
  for (const { object, date } of laidOut) {
    const standing = standingOf(object)
    const before = known.get(versionKey(object))
    if (before && isSameObject(before.object, object) && !isMoreVisible(standing, before) && !object.refs.some((id) => freshIds.has(id))) {
      kept.push({ object, date: before.date, ...standing })
    } else {
      fresh.push({ object, date, ...standing })
      freshIds.add(object.id)
    }
  }
  return [...kept.toSorted((a, b) => a.date - b.date), ...moveBeyond(former?.entries.at(-1)?.date, fresh, endOf(changedAt))]
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
