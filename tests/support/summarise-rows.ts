import { labelCapability } from '../../src/emitters/navigator/layer.js'
import type { AttackIndex } from '../../src/attack/attack-index.js'
import type { MappedRow } from '../../src/model/mapping.js'
import type { MappingSet, ResolvedSet } from '../../src/model/mapping-set.js'

/**
 * What a layer keeps of a set's rows, each once and sorted: technique, capability, score, mapping type and group by name. Written here a
 * second time, from docs/navigator.md.
 */
export function summariseRows(set: ResolvedSet, attack: AttackIndex): readonly string[] {
  const release = attack.release(set.attack.domain, set.attack.version)
  const shown = set.mappings.filter((row) => row.kind === 'mapped').filter(({ technique }) => release.technique(technique.id)?.status === 'active')
  return sortedOnce(shown.map((row) => {
    const group = row.group === undefined ? undefined : (set.groups.get(row.group)?.name ?? row.group)
    return describe(row, set, group === labelCapability(set, row.capability.id) ? undefined : group)
  }))
}

/** The same of rows that were read from a layer. */
export function summariseRead(set: MappingSet): readonly string[] {
  return sortedOnce(set.mappings.filter((row): row is MappedRow => row.kind === 'mapped').map((row) => describe(row, set, row.group)))
}

function describe(row: MappedRow, set: MappingSet, group: string | undefined): string {
  const relation = row.relation === undefined ? undefined : (set.relations.get(row.relation)?.name ?? row.relation)
  return JSON.stringify([row.technique.id, row.capability.id, row.score?.category, row.score?.value, relation, group])
}

function sortedOnce(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].toSorted()
}
