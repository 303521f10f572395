import type { AttackIndex } from '../../attack/attack-index.js'
import { isList, isObject, type TreeObject, type TreeValue } from '../../formats/decoded.js'
import { describeFramework } from '../../frameworks/find-framework.js'
import type { About, AttackRelease, FrameworkRelease } from '../../model/mapping-set.js'
import { addToList, readDate, stated } from '../../model/stated.js'
import { readDomain } from '../../model/vocabulary.js'
import { describeValue, type FileReader } from '../reading/file-reader.js'
import { readField, readLines } from '../reading/read-text.js'
import { type ClusterContent, type ClusterRow, readExternalId, readRelations } from './read-cluster.js'
import { type KnownTexts, readRowLine, type RowLine } from './row-lines.js'

/** Names of mapping types, and their ids as the tags of relations have them. */
export type RelationIds = ReadonlyMap<string, string>

interface PlacedLine extends RowLine {
  readonly at: string
}

/**
 * Reads a cluster of Crosswalk's: a row for each line of its mappings and, where rows of one technique differ in their comments only, for
 * each comment. Comments and references of several rows are not assigned (`parse/not-attributed`). Undefined if it has relations and lists
 * no mappings.
 */
export function readOwnCluster(
  cluster: TreeObject, pointer: string, ids: RelationIds, attack: AttackIndex | undefined, reader: FileReader,
): ClusterContent | undefined {
  const meta = isObject(cluster.meta) ? cluster.meta : {}
  const id = readExternalId(cluster, pointer, reader) ?? readField(cluster, 'value', pointer, 'values[].', reader)
  const hasRelations = isList(cluster.related) && cluster.related.length > 0
  if (id === undefined || (meta.mappings === undefined && hasRelations)) return undefined
  const lines = readLinesOf(meta, `${pointer}/meta/mappings`, reader)
  const { name, description } = readNames(cluster, meta, id, pointer, reader)
  const groups = textsOf(meta.groups)
  const [group] = groups.length === 1 ? groups : []
  const capability = { id, ...stated({ description: name }) }
  const comments = sortComments(textsOf(meta.comments), lines)
  const rows = lines.flatMap((line): readonly ClusterRow[] => {
    const { technique, facts: { relation, ...facts }, at } = line
    const common = {
      origins: [reader.origin(at)], capability, ...facts,
      ...stated({ group, relation: relation === undefined ? undefined : (ids.get(relation) ?? relation) }),
    }
    const row: ClusterRow = technique ? { kind: 'mapped', ...common, technique } : { kind: 'unmapped-capability', ...common }
    const own = comments.own.get(technique?.id) ?? []
    return own.length === 0 ? [row] : own.map((text): ClusterRow => ({ ...row, comments: text }))
  })
  for (let left = comments.left; left > 0; left -= 1) reader.count('parse/not-attributed', 'comments', `${pointer}/meta/comments`)
  const references = [...textsOf(meta.refs), ...textsOf(meta.citations)]
  const [only, ...others] = rows
  const isOnly = only !== undefined && others.length === 0
  if (references.length > 0 && !isOnly) reader.count('parse/not-attributed', 'references', `${pointer}/meta/refs`)
  const added = readAdded(cluster, pointer, lines, attack, reader).map((row): ClusterRow => ({ ...row, capability }))
  return {
    capability: { id, ...stated({ name, description }), ...(groups.length > 0 && { groups }) },
    rows: [...(isOnly && references.length > 0 ? [{ ...only, references }] : rows), ...added],
  }
}

function readLinesOf(meta: TreeObject, pointer: string, reader: FileReader): readonly PlacedLine[] {
  const known = knownTexts(meta)
  return itemsOf(meta.mappings).flatMap((item, index): readonly PlacedLine[] => {
    const at = `${pointer}/${index}`
    const line = typeof item === 'string' && item.trim() !== '' ? readRowLine(item.trim(), known) : undefined
    if (line) return [{ ...line, at }]
    const expected = 'a technique, such as "T1553.002 Code Signing: mitigates"'
    reader.report('parse/unreadable-row', at, { found: describeValue(item), expected })
    return []
  })
}

/** The names of mapping types and the scores that a cluster lists; longer scores first. */
export function knownTexts(meta: TreeObject): KnownTexts {
  const scores = textsOf(meta.scores).toSorted((a, b) => b.length - a.length)
  return { relations: new Set(textsOf(meta['mapping-types'])), scores }
}

/** The comments that belong to the rows of one line, by technique, and how many there are for the rows of several. */
function sortComments(texts: readonly string[], lines: readonly PlacedLine[]) {
  const uses = new Map<string | undefined, number>()
  for (const { technique } of lines) uses.set(technique?.id, (uses.get(technique?.id) ?? 0) + 1)
  const own = new Map<string | undefined, string[]>()
  let left = 0
  for (const text of texts) {
    const colon = text.indexOf(': ')
    const prefix = colon < 0 ? undefined : text.slice(0, colon)
    const technique = prefix !== undefined && uses.has(prefix) ? prefix : undefined
    if (uses.get(technique) === 1) addToList(own, technique, technique === undefined ? text : text.slice(colon + 2))
    else left += 1
  }
  return { own, left }
}

/**
 * Name and description: the description begins with the name, if the capability has one, and ends with its id and release. The name is also
 * in the cluster's name or among its synonyms.
 */
function readNames(cluster: TreeObject, meta: TreeObject, id: string, pointer: string, reader: FileReader) {
  const blocks = (readLines(cluster.description, 'description', `${pointer}/description`, reader) ?? '').split('\n\n')
  if (blocks.at(-1)?.startsWith(`${id} of `)) blocks.pop()
  const [first = ''] = blocks
  const value = typeof cluster.value === 'string' ? cluster.value : ''
  const isName = first !== '' && (value.includes(first) || textsOf(meta.synonyms).includes(first))
  const rest = blocks.slice(isName ? 1 : 0).join('\n\n')
  return { name: isName ? first : undefined, description: rest === '' ? undefined : rest }
}

/** Relations to techniques that no line names: someone added them. */
function readAdded(
  cluster: TreeObject, pointer: string, lines: readonly PlacedLine[], attack: AttackIndex | undefined, reader: FileReader,
) {
  if (!attack) return []
  const named = new Set(lines.flatMap(({ technique }) => technique?.id ?? []))
  return readRelations(cluster, pointer, attack, reader).filter(({ technique }) => !named.has(technique))
    .map(({ technique: id, relation, at }) =>
      ({ kind: 'mapped' as const, origins: [reader.origin(at)], technique: { id }, ...stated({ relation }) }))
}

/** The texts of a list, or a text by itself. */
export function textsOf(value: TreeValue | undefined): readonly string[] {
  return itemsOf(value).flatMap((item) => (typeof item === 'string' && item.trim() !== '' ? [item.trim()] : []))
}

function itemsOf(value: TreeValue | undefined): readonly TreeValue[] {
  return isList(value) ? value : value === undefined ? [] : [value]
}

/** Prefix of the types of galaxies that Crosswalk writes: src/emitters/misp-galaxy/misp-galaxy.ts. */
export const ownPrefix = 'crosswalk-'

/** The release that a cluster of Crosswalk's states; undefined if it states no framework. */
export function readOwnRelease({ meta }: TreeObject): { readonly framework: FrameworkRelease; readonly attack: AttackRelease } | undefined {
  if (!isObject(meta) || typeof meta.framework !== 'string' || meta.framework.trim() === '') return undefined
  const { id, name } = describeFramework(meta.framework)
  const version = typeof meta['framework-version'] === 'string' ? meta['framework-version'] : undefined
  const releases = textsOf(meta.attack).map((title) => /^(\w{1,20}) ATT&CK(?: (\S{1,40}))?$/.exec(title) ?? [])
  const domains = new Set(releases.map(([, domain = '']) => readDomain(domain)))
  const versions = new Set(releases.map(([, , attack]) => attack))
  return {
    framework: { id, name, ...stated({ version }) },
    // A cluster of several sets does not say which row is of which release.
    attack: stated({ domain: onlyOf(domains), version: onlyOf(versions) }),
  }
}

function onlyOf<Value>(values: ReadonlySet<Value>): Value | undefined {
  const [only, ...others] = values
  return others.length === 0 ? only : undefined
}

/** Author and dates of a galaxy of one set, as src/emitters/misp-galaxy/emit-galaxy.ts describes it. */
export function readAbout({ authors, description }: TreeObject): About {
  const [first, second] = textsOf(authors).filter((name) => name !== 'Crosswalk')
  const text = typeof description === 'string' ? (description.split('\n', 1)[0] ?? '') : ''
  const fact = (words: RegExp): string | undefined => words.exec(text)?.[1]
  const date = (words: RegExp): string | undefined => readDate(fact(words) ?? '')
  return stated({
    organization: second === undefined ? undefined : first,
    name: second ?? first,
    mappingVersion: fact(/mapping version ([^,\s]{1,60}?)(?=[,.]?(?:\s|$))/i),
    created: date(/created (\d{4}-\d\d-\d\d)/i),
    modified: date(/last updated (\d{4}-\d\d-\d\d)/i),
  })
}

/** The rows that the description of a galaxy counts; undefined if it counts none. */
export function countDescribed({ description }: TreeObject): number | undefined {
  const line = typeof description === 'string' ? description.trim().split('\n').at(-1) ?? '' : ''
  const [, mapped, rest = ''] = /^(\d{1,9}) mappings? of [^;]{1,200}(.*)$/s.exec(line) ?? []
  if (mapped === undefined) return undefined
  return Array.from(rest.matchAll(/; (\d{1,9}) rows? without a /g)).reduce((sum, [, count]) => sum + Number(count), Number(mapped))
}
