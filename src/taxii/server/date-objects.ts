import { chooseObjects, isSameObject, versionKey } from './choose-objects.js'
import type { BundleFile, CollectionState, DatedObject, Entry, StoredObject, VersionPosition } from './collection.js'

/**
 * The objects of a collection's files, which last changed at `changedAt`, each version once, ordered by date. Objects that the former
 * state had byte for byte keep their dates, with two exceptions: those that refer to new objects, which must come after these, and
 * those that default filters did not show before, which are new to polling clients. All others come after the former objects.
 */
export function dateObjects(files: readonly BundleFile[], changedAt: number, former?: CollectionState): readonly Entry[] {
  const laidOut = layOutDates(chooseObjects(files), changedAt)
  const positionOf = findPositions(laidOut)
  const known = new Map(former?.entries.map((entry) => [versionKey(entry.object), entry]))
  const kept: Entry[] = []
  const fresh: Entry[] = []
  const freshIds = new Set<string>()
  for (const { object, date } of laidOut) {
    const position = positionOf(object)
    const before = known.get(versionKey(object))
    const isKept = before && isSameObject(before.object, object) && !isMoreVisible(position, before)
    if (isKept && !object.refs.some((id) => freshIds.has(id))) {
      kept.push({ object, date: before.date, ...position })
    } else {
      fresh.push({ object, date, ...position })
      freshIds.add(object.id)
    }
  }
  return [...kept.toSorted((a, b) => a.date - b.date), ...moveBeyond(former?.entries.at(-1)?.date, fresh, endOf(changedAt))]
}

/**
 * Dates new objects after the former ones, even if the clock was set back. The last of them gets the end of a millisecond: a client
 * that cuts timestamps to milliseconds then asks for objects after it, instead of for the last millisecond again and again.
 */
function moveBeyond(newest: number | undefined, fresh: readonly Entry[], end: number): readonly Entry[] {
  const [first] = fresh
  const shift = newest === undefined || !first || first.date > newest ? 0 : Math.ceil((newest + 1 - first.date) / 1000) * 1000
  return fresh.map((entry, index) => ({ ...entry, date: (index === fresh.length - 1 ? end : entry.date) + shift }))
}

function isMoreVisible(now: VersionPosition, before: VersionPosition): boolean {
  return (now.isFirst && !before.isFirst) || (now.isLast && !before.isLast) || (now.isLatestSpec && !before.isLatestSpec)
}

/**
 * Gives every object its own date, a microsecond apart, so that a client that asks for objects after the last one it has misses
 * nothing. The last one gets the time of the last change of the files. Depends on nothing else, so that dates survive restarts.
 */
function layOutDates(objects: readonly StoredObject[], changedAt: number): readonly DatedObject[] {
  const first = endOf(changedAt) - (objects.length - 1)
  return objects.map((object, index) => ({ object, date: first + index }))
}

/** A time, rounded up to a whole millisecond: some clients cut the microseconds off. */
function endOf(changedAt: number): number {
  return Math.ceil(changedAt / 1000) * 1000
}

/** The first and last version of an id in one STIX version, in microseconds since 1970. */
interface Versions {
  readonly first: number
  readonly last: number
}

/** Returns a function that finds an object's position among the versions of its id. */
function findPositions(objects: Iterable<DatedObject>): (object: StoredObject) => VersionPosition {
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
