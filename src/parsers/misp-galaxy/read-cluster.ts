import type { AttackIndex } from '../../attack/attack-index.js'
import { isList, isObject, type TreeObject, type TreeValue } from '../../formats/decoded.js'
import type { Capability } from '../../model/mapping-set.js'
import type { Mapping } from '../../model/mapping.js'
import { stated } from '../../model/stated.js'
import { describeValue, type FileReader } from '../reading/file-reader.js'
import { listOf, readField, readLine, readLines } from '../reading/read-text.js'

/** A row that a cluster makes. */
export type ClusterRow = Exclude<Mapping, { kind: 'unmapped-technique' }>

/** What a cluster makes: a capability, and rows. */
export interface ClusterContent {
  readonly capability: Omit<Capability, 'groups'> & { readonly groups?: readonly string[] }
  readonly rows: readonly ClusterRow[]
}

/**
 * Reads a cluster of any galaxy: a row for each relation to a technique, whose cluster has the uuid of ATT&CK's object; the type of the
 * relation is the mapping type. Relations to other clusters are counted. Undefined, and reported, if the cluster has no name.
 */
export function readCluster(
  cluster: TreeObject, pointer: string, attack: AttackIndex | undefined, reader: FileReader,
): ClusterContent | undefined {
  const name = readField(cluster, 'value', pointer, 'values[].', reader)
  const id = readExternalId(cluster, pointer, reader) ?? name
  if (id === undefined) {
    const lines = isObject(cluster.meta) && isList(cluster.meta.mappings) ? cluster.meta.mappings.length : 0
    const count = Math.max(1, lines, relationsOf(cluster).length)
    reader.report('parse/unreadable-row', pointer, { found: 'a cluster without a value', expected: 'a value, which is its name', count })
    return undefined
  }
  const description = readLines(cluster.description, 'description', `${pointer}/description`, reader)
  const named = { id, ...stated({ description: name }) }
  return {
    capability: { id, ...stated({ name, description }) },
    rows: readRelations(cluster, pointer, attack, reader).map(({ technique, relation, at }): ClusterRow => ({
      kind: 'mapped', origins: [reader.origin(at)], capability: named, technique: { id: technique }, ...stated({ relation }),
    })),
  }
}

/** A relation of a cluster to a technique. */
export interface TechniqueRelation {
  readonly technique: string
  readonly relation?: string
  readonly at: string
}

/** The relations of a cluster to techniques. A cluster that is a technique itself maps nothing. */
export function readRelations(
  cluster: TreeObject, pointer: string, attack: AttackIndex | undefined, reader: FileReader,
): readonly TechniqueRelation[] {
  const find = (uuid: string): string | undefined => attack?.techniqueIdOf(`attack-pattern--${uuid.toLowerCase()}`)
  const isTechnique = typeof cluster.uuid === 'string' && find(cluster.uuid) !== undefined
  return listOf(cluster.related, `${pointer}/related`, 'a list of relations', reader).flatMap((item, index): readonly TechniqueRelation[] => {
    const at = `${pointer}/related/${index}`
    if (!isObject(item)) {
      reader.report('parse/unreadable-row', at, { found: describeValue(item), expected: 'an object with a dest-uuid' })
      return []
    }
    if (isTechnique) {
      reader.count('parse/not-a-mapping', 'a relation of a technique', at)
      return []
    }
    const uuid = readField(item, 'dest-uuid', at, 'related[].', reader)
    const technique = uuid === undefined ? undefined : find(uuid)
    if (technique === undefined) {
      reader.count('parse/unresolved-relationship', 'a relation to a cluster that is no technique of the available ATT&CK releases', at)
      return []
    }
    return [{ technique, at, ...stated({ relation: readField(item, 'type', at, 'related[].', reader) }) }]
  })
}

function relationsOf(cluster: TreeObject): readonly TreeValue[] {
  return isList(cluster.related) ? cluster.related : []
}

/** `meta.external_id`: a text, or the first of a list. */
export function readExternalId({ meta }: TreeObject, pointer: string, reader: FileReader): string | undefined {
  const written = isObject(meta) ? meta.external_id : undefined
  const first = isList(written) ? written[0] : written
  return readLine(first, 'meta.external_id', `${pointer}/meta/external_id`, reader)
}
