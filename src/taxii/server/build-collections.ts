import { createNameUuid } from '../../model/name-uuid.js'
import { compareText } from '../../model/text.js'
import { stixMediaType } from '../media-type.js'
import { chooseObjects, isSameObject, versionKey } from './choose-objects.js'
import type { BundleFile, Collection, CollectionState, DatedObject, Entry, StoredObject, VersionPosition } from './collection.js'

/** How many earlier states of a collection are kept for clients that are paging through them. */
const keptStates = 2
const allAlias = 'all'

/**
 * Builds the collections of a folder's bundles: one with everything, then one for each file. `changedAt` is when a file was last
 * added to or removed from the folder, in microseconds since 1970. Objects that `former` had keep their dates. A generator, so that
 * the caller can serve requests between collections.
 */
export function* buildCollections(
  files: readonly BundleFile[], changedAt: number, former: readonly Collection[] = [],
): Generator<Collection, undefined> {
  const known = new Map(former.map((collection) => [collection.id, collection]))
  const sorted = files.toSorted((a, b) => compareText(a.name, b.name))
  const aliases = chooseAliases(sorted)
  const whole = { id: makeId('all'), alias: allAlias, title: 'All mapping sets', description: describeAll(sorted) }
  yield buildCollection(whole, sorted, Math.max(changedAt, ...sorted.map((file) => file.changedAt)), known.get(whole.id))
  for (const file of sorted) {
    const id = makeId('file', file.name)
    const { name, title, description } = file
    const about = { id, alias: aliases.get(name) ?? name, title, ...(description !== undefined && { description }) }
    yield buildCollection(about, [file], file.changedAt, known.get(id))
  }
  return undefined
}

type CollectionHead = Pick<Collection, 'id' | 'alias' | 'title' | 'description'>

function buildCollection(about: CollectionHead, files: readonly BundleFile[], changedAt: number, former?: Collection): Collection {
  const state = buildState(files, changedAt, former?.state)
  const formerStates = !former ? [] : former.state.mark === state.mark ? former.formerStates : [former.state, ...former.formerStates]
  const specVersions = new Set(state.entries.map(({ object }) => object.specVersion))
  return {
    ...about,
    mediaTypes: [...specVersions].toSorted(compareText).toReversed().map(stixMediaType),
    state,
    formerStates: formerStates.slice(0, keptStates),
  }
}

/** Aliases by file name: the name without its extensions, or the whole name if that alias is taken. "all" is always taken. */
function chooseAliases(files: readonly BundleFile[]): ReadonlyMap<string, string> {
  const aliases = new Map<string, string>()
  const taken = new Set([allAlias])
  for (const { name } of [...files.filter(isNamedByUs), ...files.filter((file) => !isNamedByUs(file))]) {
    const base = name.replace(/(?:\.stix)?\.json$/, '')
    const alias = base === '' || taken.has(base) ? name : base
    taken.add(alias)
    aliases.set(name, alias)
  }
  return aliases
}

/** Crosswalk's own bundles get the short aliases first. */
function isNamedByUs({ name }: BundleFile): boolean {
  return name.endsWith('.stix.json')
}

function describeAll(files: readonly BundleFile[]): string {
  return `The objects of ${files.length === 1 ? 'one bundle' : `${files.length} bundles`}, each version once`
}

/** Builds a collection's state after `former`. The mark stays the same if the objects do. */
export function buildState(files: readonly BundleFile[], changedAt: number, former?: CollectionState): CollectionState {
  const entries = dateObjects(files, changedAt, former)
  // New objects have new dates: equal dates mean equal objects, even if the files were read again.
  const isUnchanged = former?.entries.length === entries.length && former.entries.every(({ date }, index) => date === entries[index]?.date)
  if (isUnchanged) return { mark: former.mark, entries }
  const names = files.map(({ name }) => name).toSorted()
  return { mark: makeId('state', ...names, String(changedAt), String(entries.length), former?.mark ?? ''), entries }
}

/** The UUIDv5 of "https://attack-crosswalk.example/taxii" in the URL namespace of RFC 9562. */
const uuidOf = createNameUuid('6d4bc230-6f0d-5c1e-93cf-d3d03dcb83e7')

/** A UUIDv5 of the JSON text of the parts, which is different for different parts. */
function makeId(...parts: readonly string[]): string {
  return uuidOf(JSON.stringify(parts))
}

/**
 * The objects of a collection's files, which last changed at `changedAt`, each version once, ordered by date. Objects that the former
 * state had byte for byte keep their dates, with two exceptions: those that refer to new objects, which must come after these, and
 * those that default filters did not show before, which are new to polling clients. All others come after the former objects.
 */
function dateObjects(files: readonly BundleFile[], changedAt: number, former?: CollectionState): readonly Entry[] {
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
