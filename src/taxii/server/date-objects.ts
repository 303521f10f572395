import { chooseObjects, isSameObject, versionKey } from './choose-objects.js'
import type { BundleFile, CollectionState, DatedObject, Entry, ObjectDate, StoredObject } from './collection.js'

/**
 * The objects of a collection's files, which changed last at `changedAt`, each version once, in the order of their dates.
 * What the former state had, byte for byte, keeps its date, with two exceptions: what an object refers to must come before
 * it, and what no default filter showed before is new to those who poll. All else comes after all that was there.
 */
export function dateObjects(files: readonly BundleFile[], changedAt: number, former?: CollectionState): readonly Entry[] {
  const laidOut = layOutDates(chooseObjects(files), changedAt)
  const standingOf = findObjectDates(laidOut)
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

function isMoreVisible(now: ObjectDate, before: ObjectDate): boolean {
  return (now.isFirst && !before.isFirst) || (now.isLast && !before.isLast) || (now.isLatestSpec && !before.isLatestSpec)
}

/**
 * A time of its own for every object, in order: a microsecond apart, so that whoever asks for what came after the last
 * object that they have misses nothing. The last one has the time when the files changed last. Depends on nothing else, so
 * that it is the same after a restart.
 */
function layOutDates(objects: readonly StoredObject[], changedAt: number): readonly DatedObject[] {
  const first = endOf(changedAt) - (objects.length - 1)
  return objects.map((object, index) => ({ object, date: first + index }))
}

/** A time, brought to the end of its millisecond: some clients cut the rest off. */
function endOf(changedAt: number): number {
  return Math.ceil(changedAt / 1000) * 1000
}

/** The versions of one id in one version of STIX, in microseconds since 1970. */
interface Versions {
  readonly first: number
  readonly last: number
}

/** Finds how the versions of each object stand to one another. */
function findObjectDates(objects: Iterable<DatedObject>): (object: StoredObject) => ObjectDate {
  const byId = new Map<string, Map<string, Versions>>()
  for (const { object: { id, specVersion, versionTime } } of objects) {
    const specs = byId.get(id) ?? new Map<string, Versions>()
    const { first, last } = specs.get(specVersion) ?? { first: versionTime, last: versionTime }
    byId.set(id, specs.set(specVersion, { first: Math.min(first, versionTime), last: Math.max(last, versionTime) }))
  }
  return ({ id, specVersion, versionTime }) => {
    const specs = byId.get(id)
    const versions = specs?.get(specVersion)
    return {
      isFirst: versionTime === versions?.first,
      isLast: versionTime === versions?.last,
      isLatestSpec: [...specs?.keys() ?? []].every((spec) => spec <= specVersion),
    }
  }
}
