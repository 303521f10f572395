import { fieldOf, isList, isObject, type TreeDocument, type TreeObject, type TreeValue } from '../../formats/decoded.js'
import { itemsAt } from '../../formats/rows.js'
import { describeFramework } from '../../frameworks/find-framework.js'
import { type AttackRelease, createMappingSet, type FrameworkRelease, type MappingSet, unknownFramework } from '../../model/mapping-set.js'
import type { ParseContext } from '../parser.js'
import { createFileReader, describeValue, type FileReader } from '../reading/file-reader.js'
import { countDescribed, ownPrefix, readAbout, readOwnCluster, readOwnRelease, type RelationIds } from './read-own-cluster.js'
import { isEventExport } from './misp-galaxy.js'
import { type ClusterContent, readCluster } from './read-cluster.js'
import { readRelationIds } from './relation-ids.js'

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
