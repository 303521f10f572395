import type { Report } from '../diagnostics/diagnostic.js'
import { type Candidates, createCandidates } from '../matching/candidates.js'
import { completeRow, createOffers, type Offers } from '../matching/join-rows.js'
import { versionsAgree } from '../matching/keys.js'
import { matchRows, type RowMatch } from '../matching/match-rows.js'
import { reportReviewConflicts } from '../matching/report-conflicts.js'
import { type Capability, createMappingSet, type FrameworkRelease, type ResolvedSet } from '../model/mapping-set.js'
import type { Mapping } from '../model/mapping.js'
import type { Origin } from '../model/origin.js'
import { stated } from '../model/stated.js'
import type { UnderstoodDocument } from './requests.js'

/** Completes the sets of documents from the mapping files and lists of capabilities in the catalogue. */
export function completeDocuments(
  documents: readonly UnderstoodDocument[], catalog: readonly UnderstoodDocument[], reportAbout: (document: string) => Report,
): readonly UnderstoodDocument[] {
  const known = catalog.flatMap(({ sets }) => sets)
  const files = known.filter(({ mappings }) => mappings.length > 0).map(openFile)
  const knownOf = createKnown(known.filter(({ mappings }) => mappings.length === 0))
  return documents.map((document) => ({
    ...document, sets: document.sets.map((set) => nameCapabilities(completeFromFiles(set, files, reportAbout(document.file.name)), knownOf)),
  }))
}

/** A set of the catalogue and its rows as candidates, indexed once for all documents. */
interface CatalogFile {
  readonly set: ResolvedSet
  readonly candidates: () => Candidates
}

function openFile(set: ResolvedSet): CatalogFile {
  let candidates: Candidates | undefined
  return {
    set,
    candidates() {
      candidates ??= createCandidates(set.relations, set.mappings)
      candidates.reopen()
      return candidates
    },
  }
}

interface Candidate {
  readonly set: ResolvedSet
  readonly matches: ReadonlyMap<Mapping, RowMatch>
  readonly found: number
}

/**
 * Completes a page's set from mapping files of its framework. The file with the most of its rows adds what the page leaves out:
 * fields of rows, and versions and dates of the set. Ambiguous values are reported and not added.
 */
export function completeFromCatalog(set: ResolvedSet, catalog: readonly ResolvedSet[], report: Report): ResolvedSet {
  return completeFromFiles(set, catalog.map(openFile), report)
}

function completeFromFiles(set: ResolvedSet, catalog: readonly CatalogFile[], report: Report): ResolvedSet {
  const candidates = catalog.filter((other) => releasesAgree(set, other.set)).map((other) => matchSet(set, other))
  const most = candidates.reduce((sum, { found }) => Math.max(sum, found), 0)
  const best = candidates.filter(({ found }) => found === most && most > 0)
  const [only, ...others] = best
  if (!only) {
    if (candidates.length > 0) reportUnmatched(set.mappings, report)
    return set
  }
  const mappings = completeRows(set, best, report)
  if (others.length > 0) {
    const [origin] = set.mappings[0]?.origins ?? []
    const versions = best.map(({ set: { framework, attack } }) => `${framework.version ?? 'no version'} for ATT&CK ${attack.version ?? '?'}`)
    report('complete/ambiguous-set', {
      found: versions.join(', '),
      ...(origin && { origin: { document: origin.document, place: { kind: 'file' } } }),
    })
    return { ...set, mappings }
  }
  return adoptFacts(set, only.set, mappings)
}

function matchSet(set: ResolvedSet, other: CatalogFile): Candidate {
  const matches = matchRows(set.mappings, other.candidates(), set.relations)
  return { set: other.set, matches, found: [...matches.values()].filter(({ kind }) => kind !== 'none').length }
}

function completeRows(set: ResolvedSet, best: readonly Candidate[], report: Report): readonly Mapping[] {
  const unmatched: Mapping[] = []
  const offersOf = createFinder(best)
  const mappings = set.mappings.map((row) => {
    const offers = offersOf(row)
    if (offers.rows.length === 0) unmatched.push(row)
    const { row: completed, doubtful } = completeRow(row, offers)
    reportReviewConflicts(row.review ? offers.reviewed.map((second) => ({ first: row, second })) : [], report)
    const [origin] = row.origins
    if (doubtful.length > 0) {
      report('complete/ambiguous-row', { found: `${offers.rows.length} rows that differ in ${doubtful.join(', ')}`, ...(origin && { origin }) })
    }
    return completed
  })
  reportUnmatched(unmatched, report)
  return mappings
}

/** Finds the candidates of a row in the best files. Rows with the same list of them share what it offers. */
function createFinder(best: readonly Candidate[]): (row: Mapping) => Offers {
  const shared = new Map<readonly Mapping[], Offers>()
  return (row) => {
    const lists = best.map(({ matches }) => candidatesOf(matches.get(row))).filter((list) => list.length > 0)
    const [only = []] = lists
    if (lists.length > 1 || only.length < 2) return createOffers(lists.flat())
    const offers = shared.get(only) ?? createOffers(only)
    shared.set(only, offers)
    return offers
  }
}

function candidatesOf(match: RowMatch | undefined): readonly Mapping[] {
  if (match?.kind === 'one') return [match.candidate]
  return match?.kind === 'several' ? match.list() : []
}

function reportUnmatched(rows: readonly Mapping[], report: Report): void {
  const [origin] = rows[0]?.origins ?? []
  if (origin) report('complete/no-match', { origin, count: rows.length })
}

/** Adds the facts of the catalogue's set that the page does not state: versions, dates, mapping types, groups. */
function adoptFacts(set: ResolvedSet, from: ResolvedSet, mappings: readonly Mapping[]): ResolvedSet {
  const ofCapabilities = [...set.capabilities.values()].flatMap((capability) => capability.groups)
  const groups = new Set([...mappings.map(({ group }) => group), ...ofCapabilities])
  const relations = new Set(mappings.map(({ relation }) => relation))
  const completed = createMappingSet({
    framework: { ...from.framework, ...set.framework },
    about: { ...from.about, ...set.about },
    relations: [...set.relations.values(), ...from.relations.values()].filter(({ id }) => relations.has(id)),
    groups: [...set.groups.values(), ...from.groups.values()].filter(({ id }) => groups.has(id)),
    capabilities: set.capabilities.values(),
    mappings,
    sources: [...set.sources, ...from.sources.map((source) => ({ ...source, rows: 0 }))],
  })
  return { ...completed, attack: { ...from.attack, ...set.attack } }
}

function releasesAgree(set: ResolvedSet, other: ResolvedSet): boolean {
  return (
    set.framework.id === other.framework.id &&
    set.attack.domain === other.attack.domain &&
    versionsAgree(set.framework.version, other.framework.version) &&
    versionsAgree(set.attack.version, other.attack.version)
  )
}

/** A list's capability and its origin, by id; undefined if two lists differ, so that neither is used. */
type Known = ReadonlyMap<string, { readonly capability: Capability; readonly from: Origin } | undefined>

/**
 * Adds missing names and descriptions to a set's capabilities, from documents that list capabilities of its framework without
 * mapping them: the enumerations of VERIS, the files of Microsoft 365. Rows that get a name are marked as completed.
 */
export function completeCapabilities(set: ResolvedSet, lists: readonly ResolvedSet[]): ResolvedSet {
  return nameCapabilities(set, createKnown(lists))
}

function nameCapabilities(set: ResolvedSet, knownOf: (framework: FrameworkRelease) => Known): ResolvedSet {
  const known = knownOf(set.framework)
  if (known.size === 0) return set
  const capabilities = Array.from(set.capabilities, ([id, own]) => [id, fill(own, known.get(id)?.capability)] as const)
  return { ...set, capabilities: new Map(capabilities), mappings: set.mappings.map((row) => nameCapability(row, known)) }
}

/** Collects the lists of each framework release once for all sets. */
function createKnown(lists: readonly ResolvedSet[]): (framework: FrameworkRelease) => Known {
  const releases = new Map<string, Known>()
  return ({ id, version }) => {
    const key = JSON.stringify([id, version])
    const known = releases.get(key)
      ?? collectKnown(lists.filter(({ framework }) => framework.id === id && versionsAgree(framework.version, version)))
    releases.set(key, known)
    return known
  }
}

function collectKnown(lists: readonly ResolvedSet[]): Known {
  const known = new Map<string, { readonly capability: Capability; readonly from: Origin } | undefined>()
  for (const list of lists) {
    const from: Origin = { document: list.sources[0]?.name ?? '', place: { kind: 'file' } }
    for (const [id, capability] of list.capabilities) {
      const first = known.get(id)
      if (!known.has(id)) known.set(id, { capability, from })
      else if (first && !sameWords(first.capability, capability)) known.set(id, undefined)
    }
  }
  return known
}

function sameWords(left: Capability, right: Capability): boolean {
  return left.name === right.name && left.description === right.description
}

function fill(own: Capability, other: Capability | undefined): Capability {
  return other ? { ...stated({ name: other.name, description: other.description }), ...own } : own
}

function nameCapability(row: Mapping, known: Known): Mapping {
  if (row.kind === 'unmapped-technique' || row.capability.description !== undefined) return row
  const found = known.get(row.capability.id)
  if (found?.capability.name === undefined) return row
  const capability = { ...row.capability, description: found.capability.name }
  return { ...row, capability, completed: [...(row.completed ?? []), { field: 'capability', from: found.from }] }
}
