import type { AttackIndex } from '../../attack/attack-index.js'
import { fieldOf, isList, isObject, type TreeDocument, type TreeObject, type TreeValue } from '../../formats/decoded.js'
import { itemsAt } from '../../formats/rows.js'
import { describeFramework } from '../../frameworks/find-framework.js'
import { type AttackRelease, createMappingSet, type FrameworkRelease, type MappingSet, unknownFramework } from '../../model/mapping-set.js'
import { foldName } from '../../model/text.js'
import type { ParseContext } from '../parser.js'
import { createFileReader, describeValue, type FileReader } from '../reading/file-reader.js'
import { objectsOf } from '../reading/read-text.js'
import { isEventExport } from './misp-galaxy.js'
import { type ClusterContent, readCluster } from './read-cluster.js'
import { countDescribed, knownTexts, ownPrefix, readAbout, readOwnCluster, readOwnRelease, type RelationIds, textsOf } from './read-own-cluster.js'
import { readRowLine } from './row-lines.js'

/** Mapping types that belong together: names in the lines of a cluster or a technique, ids in the tags of its relations. */
interface Pairing {
  readonly names: Set<string>
  readonly ids: Set<string>
}

/** Rounds in which pairs that are known leave others with one name and one id. */
const mostRounds = 4

/**
 * Ids of mapping types by name: lines have names, and the tags of relations have ids. The relations of one technique, or of one cluster, pair
 * them if they have one of each, or one of each that is not paired yet; so does a name that reads like an id.
 */
function readRelationIds(clusters: readonly TreeObject[], attack: AttackIndex | undefined): RelationIds {
  const pairings = clusters.flatMap((cluster) => pairCluster(cluster, attack))
  const known = new Map<string, string>()
  for (let round = 0; round < mostRounds; round += 1) {
    const before = known.size
    for (const { names, ids } of pairings) {
      const taken = new Set([...names].flatMap((name) => known.get(name) ?? []))
      const [name, ...otherNames] = [...names].filter((one) => !known.has(one))
      const [id, ...otherIds] = [...ids].filter((one) => !taken.has(one))
      if (name !== undefined && id !== undefined && otherNames.length + otherIds.length === 0) known.set(name, id)
    }
    if (known.size === before) break
  }
  for (const { names, ids } of pairings) {
    for (const name of names) {
      const id = known.has(name) ? undefined : [...ids].find((one) => foldName(one) === foldName(name))
      if (id !== undefined) known.set(name, id)
    }
  }
  return known
}

/** The pairings of the techniques of a cluster, then that of all of them. */
function pairCluster({ meta, related }: TreeObject, attack: AttackIndex | undefined): readonly Pairing[] {
  if (!isObject(meta)) return []
  const known = knownTexts(meta)
  const whole: Pairing = { names: new Set(known.relations), ids: new Set() }
  const byTechnique = new Map<string, Pairing>()
  const pairingOf = (technique: string): Pairing => {
    const pairing = byTechnique.get(technique) ?? { names: new Set(), ids: new Set() }
    byTechnique.set(technique, pairing)
    return pairing
  }
  for (const line of textsOf(meta.mappings)) {
    const { technique, facts: { relation } } = readRowLine(line, known) ?? { facts: {} }
    if (technique && relation !== undefined) pairingOf(technique.id).names.add(relation)
  }
  for (const { 'dest-uuid': uuid, tags } of objectsOf(related)) {
    const ids = textsOf(tags).flatMap((tag) => /^crosswalk:mapping-type="([^"]{1,100})"$/.exec(tag)?.[1] ?? [])
    const technique = typeof uuid === 'string' ? attack?.techniqueIdOf(`attack-pattern--${uuid}`) : undefined
    for (const id of ids) {
      whole.ids.add(id)
      if (technique !== undefined) pairingOf(technique).ids.add(id)
    }
  }
  return [...byTechnique.values(), whole]
}

/** Clusters of one release. */
interface Part {
  readonly framework: FrameworkRelease
  readonly attack: AttackRelease
  readonly contents: ClusterContent[]
}

/** The sets of a galaxy: one, or in a galaxy of Crosswalk's of several sets one for each release. */
export function parseGalaxy(document: TreeDocument, context: ParseContext): readonly MappingSet[] {
  const reader = createFileReader(document, context.report)
  const { value, file } = document
  if (isEventExport(value)) {
    reader.report('parse/unknown-format', '', {
      message: 'The document is an export of MISP events, which tag what happened with techniques and map no capabilities; it was not read',
      found: 'events of MISP',
      expected: 'a file of galaxy clusters, or a bundle',
      hint: "For the techniques of events, export them from MISP as STIX 2, or as a layer with MISP's ATT&CK matrix.",
    })
    return []
  }
  if (!isObject(value) || !isList(value.values)) {
    const isHead = isObject(value) && value.values === undefined
    reader.report(isHead ? 'parse/no-mappings' : 'parse/invalid-document', '', {
      message: 'The file has no clusters: it may be the head of a galaxy', expected: 'values: a list of clusters',
      hint: 'Convert the file of the clusters, which MISP has in its folder clusters.',
    })
    return []
  }
  for (const [index, cluster] of value.values.entries()) {
    const lists = isOwn(value) && fieldOf(fieldOf(cluster, 'meta'), 'mappings') !== undefined ? 'meta/mappings/[]' : 'related/[]'
    context.seen?.(itemsAt(cluster, `/values/${index}`, lists))
  }
  const parts = readParts(value, value.values, context, reader)
  const rows = parts.reduce((sum, { contents }) => sum + contents.reduce((count, content) => count + content.rows.length, 0), 0)
  if (rows === 0) reader.report('parse/no-mappings', '', { message: 'No cluster is related to a technique of ATT&CK' })
  else if (isOwn(value)) reportSummary(value, rows, reader)
  reader.reportCounts()
  return parts.flatMap(({ framework, attack, contents }) => {
    const mappings = contents.flatMap((content) => content.rows)
    if (mappings.length === 0) return []
    const capabilities = contents.map(({ capability }) => capability)
    return [createMappingSet({
      framework, attack, mappings, capabilities,
      groups: capabilities.flatMap(({ groups = [] }) => groups.map((name) => ({ id: name, name }))),
      ...(isOwn(value) && parts.length === 1 && { about: readAbout(value) }),
      sources: [{ name: file.name, sha256: file.sha256, parser: 'misp-galaxy', rows: mappings.length }],
    })]
  })
}

function isOwn({ type }: TreeObject): boolean {
  return typeof type === 'string' && type.startsWith(ownPrefix)
}

function readParts(value: TreeObject, clusters: readonly TreeValue[], context: ParseContext, reader: FileReader): readonly Part[] {
  const ids: RelationIds = isOwn(value) ? readRelationIds(clusters.filter(isObject), context.attack) : new Map()
  const own = releaseOf(value, context)
  const parts = new Map<string, Part>()
  for (const [index, cluster] of clusters.entries()) {
    const pointer = `/values/${index}`
    if (!isObject(cluster)) {
      reader.report('parse/unreadable-row', pointer, { found: describeValue(cluster), expected: 'a cluster with a value' })
      continue
    }
    const release = (isOwn(value) ? readOwnRelease(cluster) : undefined) ?? own
    const content = (isOwn(value) ? readOwnCluster(cluster, pointer, ids, context.attack, reader) : undefined)
      ?? readCluster(cluster, pointer, context.attack, reader)
    if (!content) continue
    const key = JSON.stringify(release)
    const part = parts.get(key) ?? { ...release, contents: [] }
    part.contents.push(content)
    parts.set(key, part)
  }
  return [...parts.values()]
}

/** Of a galaxy that is not Crosswalk's the name is the framework, unless the user names another. */
function releaseOf({ name, type }: TreeObject, { statements }: ParseContext): Omit<Part, 'contents'> {
  const title = [name, type].find((text) => typeof text === 'string' && text.trim() !== '')
  const framework = typeof title === 'string' && statements.framework === undefined ? describeFramework(title) : unknownFramework
  return { framework: { id: framework.id, name: framework.name }, attack: {} }
}

/**
 * The galaxy's description counts the rows that it was made from: rows that say the same share a line, and those without a capability
 * have none.
 */
function reportSummary(value: TreeObject, rows: number, reader: FileReader): void {
  const described = countDescribed(value)
  if (described === undefined || described <= rows) return
  const message = `The galaxy summarises ${described} rows; ${rows} could be read back`
  reader.report('parse/summary-only', '', { message, count: described - rows, hint: 'docs/misp.md says what a galaxy loses.' })
}
