import type { AttackIndex } from '../../attack/attack-index.js'
import { describedTechnique, findTechnique, type FoundTechnique } from '../../attack/find-techniques.js'
import { chooseRelationship, type StixShape } from '../../frameworks/framework.js'
import { describeFramework } from '../../frameworks/find-framework.js'
import type { Capability, ResolvedSet } from '../../model/mapping-set.js'
import type { Mapping, TechniqueRef, UnmappedTechniqueRow } from '../../model/mapping.js'
import { distinguishNames, nameCapability } from '../objects/name-capability.js'
import { type ClusterRelation, mispUuid } from './galaxy-files.js'
import type { MispTexts } from './misp-text.js'

/** A row of a capability. Mapped rows have the type of their relation and, if ATT&CK has the technique, `found`. */
export interface RowInCluster {
  readonly set: ResolvedSet
  readonly row: Exclude<Mapping, UnmappedTechniqueRow>
  readonly type?: ClusterRelation['type']
  readonly found?: FoundTechnique
}

/** A capability of the galaxy. Sets of the same framework release share it. */
export interface ClusterDraft {
  readonly uuid: string
  readonly shape: StixShape
  /** As the first set lists it. */
  readonly capability: Capability
  readonly sets: Set<ResolvedSet>
  /** The first set that lists it. */
  readonly from: ResolvedSet
  readonly rows: RowInCluster[]
}

/** Collects the capabilities of sets with their rows, in order of appearance. */
export function collectClusters(sets: readonly ResolvedSet[], galaxyUuid: string, attack: AttackIndex): readonly ClusterDraft[] {
  const drafts = new Map<string, ClusterDraft>()
  for (const set of sets) {
    const { shape, own } = listCapabilities(set, galaxyUuid, drafts)
    const techniques = new Map<string, FoundTechnique | undefined>()
    for (const row of set.mappings) {
      if (row.kind === 'unmapped-technique') continue
      const draft = own.get(row.capability.id)
      if (!draft) throw new Error(`A row names capability ${row.capability.id}, which its set does not list`)
      draft.rows.push(row.kind === 'mapped' ? { set, row, ...relate(row.technique, chooseType(shape, row)) } : { set, row })
    }

    function relate(technique: TechniqueRef, type: ClusterRelation['type']): Pick<RowInCluster, 'type' | 'found'> {
      const { id } = technique
      if (!techniques.has(id)) techniques.set(id, findTechnique(attack, set.attack, id))
      const found = techniques.get(id) ?? describedTechnique(set.attack, technique)
      return { type, ...(found && { found }) }
    }
  }
  return [...drafts.values()]
}

function listCapabilities(set: ResolvedSet, galaxyUuid: string, drafts: Map<string, ClusterDraft>): {
  readonly shape: StixShape
  readonly own: ReadonlyMap<string, ClusterDraft>
} {
  const { framework, capabilities } = set
  const { stix: shape } = describeFramework(framework.id)
  const own = new Map<string, ClusterDraft>()
  for (const capability of capabilities.values()) {
    // MISP looks up clusters by uuid alone, and a capability's STIX id is the same in several galaxies.
    const uuid = mispUuid('cluster', galaxyUuid, framework.id, framework.version, capability.id)
    const draft = drafts.get(uuid) ?? { uuid, shape, capability, sets: new Set(), from: set, rows: [] }
    drafts.set(uuid, draft)
    draft.sets.add(set)
    own.set(capability.id, draft)
  }
  return { shape, own }
}

/** Relations lead from the capability. Reversed STIX relationships are `related-to`: MISP has no type for "is targeted by". */
function chooseType(shape: StixShape, row: Extract<Mapping, { kind: 'mapped' }>): ClusterRelation['type'] {
  const { type, reversed } = chooseRelationship(shape, row)
  return type === 'mitigates' && !reversed ? 'mitigates' : 'related-to'
}

const longestName = 120

/** Values of clusters by uuid: the names of the STIX objects, unique in the galaxy regardless of case. */
export function nameClusters(drafts: readonly ClusterDraft[], texts: MispTexts): ReadonlyMap<string, string> {
  const plain = drafts.map(({ shape, from, capability }) => nameCapability(shape.object, from.framework.name, capability))
  const names = distinguishNames(drafts, plain, () => 'cluster', [({ capability }) => capability.id, ({ from }) => from.framework.version])
  const taken = new Set<string>()
  return new Map(drafts.map(({ uuid }, index) => [uuid, takeName(names[index] ?? '', uuid)]))

  function takeName(name: string, uuid: string): string {
    const value = texts.quoted(name, longestName)
    const isFree = value !== '' && !taken.has(value.toLowerCase())
    const unique = isFree ? value : `${value.slice(0, longestName - 39).toWellFormed()} (${uuid})`.trim()
    taken.add(unique.toLowerCase())
    return unique
  }
}
