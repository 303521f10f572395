import { parse, v5 } from 'uuid'
import { compareText } from '../../model/text.js'
import { stixMediaType } from '../media-type.js'
import type { BundleFile, Collection, CollectionState } from './collection.js'
import { dateObjects } from './date-objects.js'

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
const namespace = '6d4bc230-6f0d-5c1e-93cf-d3d03dcb83e7'
const namespaceBytes = parse(namespace)
const encoder = new TextEncoder()

/** A UUIDv5 of the JSON text of the parts, which is different for different parts. */
function makeId(...parts: readonly string[]): string {
  return v5(encoder.encode(JSON.stringify(parts)), namespaceBytes)
}
