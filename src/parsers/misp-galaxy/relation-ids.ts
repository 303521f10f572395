import type { AttackIndex } from '../../attack/attack-index.js'
import { isObject, type TreeObject } from '../../formats/decoded.js'
import { foldName } from '../../model/text.js'
import { objectsOf } from '../reading/read-text.js'
import { knownTexts, type RelationIds, textsOf } from './read-own-cluster.js'
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
export function readRelationIds(clusters: readonly TreeObject[], attack: AttackIndex | undefined): RelationIds {
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
