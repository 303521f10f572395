import { parse, v5 } from 'uuid'
import { compareText } from '../../model/compare-text.js'
import type { BundleFile, Collection, CollectionState } from './collection.js'
import { dateObjects } from './date-objects.js'

/** How many earlier states of a collection are kept for those who are paging through them. */
const keptStates = 2
const allAlias = 'all'

/**
 * The collections over a folder's bundles: one that has everything, and one for each file. `changedAt` tells when a file was last
 * added to the folder or taken away, in microseconds since 1970. What `former` had keeps its dates. One after the other, so that others
 * get their turn between them.
 */
export function* buildCollections(
  files: readonly BundleFile[], changedAt: number, former: readonly Collection[] = [],
): Generator<Collection, undefined> {
  const known = new Map(former.map((collection) => [collection.id, collection]))
  const sorted = files.toSorted((a, b) => compareText(a.name, b.name))
  const aliases = chooseAliases(sorted)
  const whole = { id: makeId('all'), alias: allAlias, title: 'All mapping sets', description: describeAll(sorted) }
  yield assemble(whole, sorted, Math.max(changedAt, ...sorted.map((file) => file.changedAt)), known.get(whole.id))
  for (const file of sorted) {
    const id = makeId('file', file.name)
    const { name, title, description } = file
    const about = { id, alias: aliases.get(name) ?? name, title, ...(description !== undefined && { description }) }
    yield assemble(about, [file], file.changedAt, known.get(id))
  }
  return undefined
}

type About = Pick<Collection, 'id' | 'alias' | 'title' | 'description'>

function assemble(about: About, files: readonly BundleFile[], changedAt: number, former?: Collection): Collection {
  const state = buildState(files, changedAt, former?.state)
  const formerStates = !former ? [] : former.state.mark === state.mark ? former.formerStates : [former.state, ...former.formerStates]
  const specVersions = new Set(state.entries.map(({ object }) => object.specVersion))
  return {
    ...about,
    mediaTypes: [...specVersions].toSorted(compareText).toReversed().map((version) => `application/stix+json;version=${version}`),
    state,
    formerStates: formerStates.slice(0, keptStates),
  }
}

/** A file's name without its extensions; where that is taken, the whole name. "all" is taken. */
function chooseAliases(files: readonly BundleFile[]): ReadonlyMap<string, string> {
  const aliases = new Map<string, string>()
  const taken = new Set([allAlias])
  for (const { name } of [...files.filter(isOurs), ...files.filter((file) => !isOurs(file))]) {
    const base = name.replace(/(?:\.stix)?\.json$/, '')
    const alias = base === '' || taken.has(base) ? name : base
    taken.add(alias)
    aliases.set(name, alias)
  }
  return aliases
}

function isOurs({ name }: BundleFile): boolean {
  return name.endsWith('.stix.json')
}

function describeAll(files: readonly BundleFile[]): string {
  return `The objects of ${files.length === 1 ? 'one bundle' : `${files.length} bundles`}, each version once`
}

/** What a collection holds now, given what it held before. A state with the same mark when the objects are the same. */
export function buildState(files: readonly BundleFile[], changedAt: number, former?: CollectionState): CollectionState {
  const entries = dateObjects(files, changedAt, former)
  // What is new has a new date: equal dates mean equal objects, though they may have been read anew.
  const isUnchanged = former?.entries.length === entries.length && former.entries.every(({ date }, index) => date === entries[index]?.date)
  if (isUnchanged) return { mark: former.mark, entries }
  const names = files.map(({ name }) => name).toSorted()
  return { mark: makeId('state', ...names, String(changedAt), String(entries.length), former?.mark ?? ''), entries }
}

/** The UUIDv5 of "https://attack-crosswalk.example/taxii" in the URL namespace of RFC 9562. */
const namespace = '6d4bc230-6f0d-5c1e-93cf-d3d03dcb83e7'
const namespaceBytes = parse(namespace)
const encoder = new TextEncoder()

/** A UUIDv5 of ours: of the JSON text of the parts, so that they stay apart whatever they hold. */
function makeId(...parts: readonly string[]): string {
  return v5(encoder.encode(JSON.stringify(parts)), namespaceBytes)
}
