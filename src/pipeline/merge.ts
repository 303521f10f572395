import type { Report } from '../diagnostics/diagnostic.js'
import { createCandidates } from '../matching/candidates.js'
import { joinInShort, joinOrigins } from '../matching/join-rows.js'
import { pairKey } from '../matching/keys.js'
import { matchRows } from '../matching/match-rows.js'
import { type JoinedRows, reportNameConflicts, reportReviewConflicts, reportScoreConflict } from '../matching/report-conflicts.js'
import { addToList } from '../model/stated.js'
import { compareText, safeFileName } from '../model/text.js'
import { type About, createMappingSet, type MappingSet, type PlacedSet, type ResolvedSet, type SourceDocument } from '../model/mapping-set.js'
import type { Mapping } from '../model/mapping.js'
import type { UnderstoodDocument } from './requests.js'

/**
 * Merges the sets of all documents or, with `perDocument`, of each document, and assigns the folders of their artifacts. Sets
 * without rows, such as lists of capabilities, are dropped: they complete other sets, and their parser has reported them. `names`: those of
 * all documents of the run, of which a shard has some.
 */
export function placeSets(
  documents: readonly UnderstoodDocument[], perDocument: boolean, names: readonly string[], reportAbout: (document?: string) => Report,
): readonly PlacedSet[] {
  const folders = perDocument ? documentFolders(names) : undefined
  const placed = folders
    ? documents.flatMap(({ file: { name }, sets }) =>
      mergeSets(sets, reportAbout(name)).map((set) => ({ folder: folders.get(name) ?? name, document: name, set })))
    : mergeSets(documents.flatMap(({ sets }) => sets), reportAbout()).map((set) => ({ folder: '', set }))
  return placed.filter(({ set }) => set.mappings.length > 0)
}

/**
 * Folders by document name: the name without its extension, or the whole name if two documents would share a folder. Safe on every file
 * system, unique even where case or the form of accents makes no difference, and never the name of a file of the output.
 */
export function documentFolders(names: readonly string[]): ReadonlyMap<string, string> {
  const stems = names.map((name) => safeFolder(addressPath(name, false).replace(/(?:\.(?:urls|nav))?\.[A-Za-z0-9]{1,5}(?:\.gz)?$/, '')))
  const uses = new Map<string, number>()
  for (const stem of stems) uses.set(foldFolder(stem), (uses.get(foldFolder(stem)) ?? 0) + 1)
  const folders = new Map<string, string>()
  const taken = new Set<string>()
  for (const [index, name] of names.entries()) {
    const stem = stems[index] ?? ''
    const wanted = (uses.get(foldFolder(stem)) ?? 0) > 1 ? safeFolder(addressPath(name, true)) : stem
    let folder = wanted
    for (let nth = index + 1; taken.has(foldFolder(folder)); nth += 1) folder = `${wanted}_${nth}`
    folders.set(name, folder)
    taken.add(foldFolder(folder))
  }
  return folders
}

/** Files of the output itself: its manifest, and what `--combine` writes. */
const ownFile = /^(?:manifest\.json|all(?:_\d+)?\..*)$/i

/** A path whose every part is a safe name: it stays below the output, whatever the document is called. */
function safeFolder(name: string): string {
  const parts = name.split(/[/\\]/).map((part) => safeFileName(part))
  const folder = parts.join('/')
  return ownFile.test(folder) ? `_${folder}` : folder
}

/** Folders that are one where case, or the form of accents, makes no difference. */
function foldFolder(folder: string): string {
  return folder.normalize('NFC').toLowerCase()
}

/** A document's address as a name for a folder: its last part, or the whole, without characters that file systems refuse. Else the name. */
function addressPath(name: string, whole: boolean): string {
  const [, rest] = /^https?:\/\/(.*)$/i.exec(name) ?? []
  if (rest === undefined) return name
  const path = rest.replace(/[?#].*$/, '')
  const last = path.slice(path.lastIndexOf('/') + 1)
  return (whole || last === '' ? rest : last).replaceAll(/[^\w.-]+/g, '_').slice(-100).replace(/^\.+/, '')
}

/**
 * Merges sets of the same framework release and ATT&CK release. A row that is in several documents becomes one row with all its
 * origins; a row that is twice in one document remains two rows. Documents are merged in the order of their names, so that the
 * order of inputs makes no difference.
 */
export function mergeSets(sets: readonly ResolvedSet[], report: Report): readonly ResolvedSet[] {
  const groups = new Map<string, ResolvedSet[]>()
  for (const set of sets) {
    const key = JSON.stringify([set.framework.id, set.framework.version, set.attack.domain, set.attack.version])
    addToList(groups, key, set)
  }
  return [...groups]
    .toSorted(([a], [b]) => compareText(a, b))
    .map(([, group]) => mergeGroup(group.toSorted((a, b) => compareText(sourceName(a), sourceName(b))), report))
}

function mergeGroup(sets: readonly ResolvedSet[], report: Report): ResolvedSet {
  const [first] = sets
  if (!first) throw new Error('a group of sets is never empty')
  if (sets.length === 1) return first
  const merged = createMappingSet({
    framework: first.framework,
    attack: first.attack,
    about: mergeAbout(sets),
    relations: firstOfEach(sets, (set) => set.relations),
    groups: firstOfEach(sets, (set) => set.groups),
    capabilities: firstOfEach(sets, (set) => set.capabilities),
    mappings: mergeRows(sets, report),
    sources: listSources(sets),
  })
  return { ...merged, attack: first.attack }
}

/**
 * Merges the rows of several documents. A row that agrees with one row of an earlier document is joined with it, adding the
 * values that only it states; a row that agrees with several is kept separate, and reported.
 */
export function mergeRows(sets: readonly MappingSet[], report: Report): readonly Mapping[] {
  // Joined rows replace rows in their slots, so that rows keep the order of first appearance.
  const slots: Slot[] = []
  const slotOf = new Map<Mapping, Slot>()
  const candidates = createCandidates(new Map(sets.flatMap((set) => [...set.relations].toReversed()).toReversed()))
  const put = (row: Mapping, slot: Slot): void => {
    slot.row = row
    slotOf.set(row, slot)
    candidates.add(row)
  }

  const joined: JoinedRows[] = []
  for (const set of sets) {
    // Rows of this document are added after all of them are matched: a row that it contains twice counts twice.
    const added: Mapping[] = []
    for (const [row, match] of matchRows(set.mappings, candidates, set.relations)) {
      const slot = match.kind === 'one' ? slotOf.get(match.candidate) : undefined
      if (match.kind === 'one' && slot) {
        slotOf.delete(match.candidate)
        slot.parts.push(row)
        put(joinInShort(slot.row, row), slot)
        joined.push({ first: match.candidate, second: row })
      } else {
        added.push(row)
      }
      if (match.kind === 'several') {
        const [origin] = row.origins
        report('merge/ambiguous-row', { found: `${match.count} matching rows`, ...(origin && { origin }) })
      }
      const other = match.kind === 'none' ? candidates.ofPair(pairKey(row))?.scoredOtherwise(row) : undefined
      if (other) reportScoreConflict(row, other, report)
    }
    for (const row of added) {
      const slot: Slot = { row, parts: [row] }
      slots.push(slot)
      put(row, slot)
    }
  }
  reportNameConflicts(joined, report)
  reportReviewConflicts(joined, report)
  return slots.map(({ row, parts }) => (parts.length === 1 ? row : { ...row, ...joinOrigins(parts) }))
}

/** A place in the order of merged rows. */
interface Slot {
  /** The joined row, with only the first of its origins and completions if there are several parts. */
  row: Mapping
  /** The rows that it is joined of. */
  readonly parts: Mapping[]
}

/** Joins what the sets state about themselves; the first set that states a value counts. */
function mergeAbout(sets: readonly ResolvedSet[]): About {
  return Object.assign({}, ...sets.map(({ about }) => about).toReversed())
}

function firstOfEach<Value>(sets: readonly ResolvedSet[], entries: (set: ResolvedSet) => ReadonlyMap<string, Value>): Iterable<Value> {
  const found = new Map<string, Value>()
  for (const set of sets) {
    for (const [id, value] of entries(set)) if (!found.has(id)) found.set(id, value)
  }
  return found.values()
}

/** Lists each document once, also if a bundle made from it names it as a source. */
function listSources(sets: readonly ResolvedSet[]): readonly SourceDocument[] {
  const found = new Map<string, SourceDocument>()
  for (const source of sets.flatMap((set) => set.sources)) {
    const key = JSON.stringify([source.name, source.sha256])
    const known = found.get(key)
    if (!known || source.rows > known.rows) found.set(key, source)
  }
  return [...found.values()]
}

function sourceName(set: ResolvedSet): string {
  return set.sources[0]?.name ?? ''
}
