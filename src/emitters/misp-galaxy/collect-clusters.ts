import type { AttackIndex } from '../../attack/attack-index.js'
import { findTechnique, type FoundTechnique } from '../../attack/find-techniques.js'
import { chooseRelationship, type StixShape } from '../../frameworks/framework.js'
import { describeFramework } from '../../frameworks/find-framework.js'
import type { Capability, ResolvedSet } from '../../model/mapping-set.js'
import type { Mapping, UnmappedTechniqueRow } from '../../model/mapping.js'
import { distinguishNames, nameCapability } from '../objects/name-capability.js'
import { type ClusterRelation, mispUuid } from './galaxy-files.js'
import type { MispTexts } from './misp-text.js'

/** A row of a capability, and what it says of a technique where it names one that ATT&CK knows. */
export interface RowInCluster {
  readonly set: ResolvedSet
  readonly row: Exclude<Mapping, UnmappedTechniqueRow>
  readonly type?: ClusterRelation['type']
  readonly found?: FoundTechnique
}

/** A capability as all sets of the galaxy have it. */
export interface ClusterDraft {
  readonly uuid: string
  readonly shape: StixShape
  /** As the first set lists it. */
  readonly capability: Capability
  readonly sets: Set<ResolvedSet>
  readonly from: ResolvedSet
  readonly rows: RowInCluster[]
}

/** One draft for each capability, in order of appearance: sets of one framework release share theirs. */
export function collectClusters(sets: readonly ResolvedSet[], galaxyUuid: string, attack: AttackIndex): readonly ClusterDraft[] {
  const drafts = new Map<string, ClusterDraft>()
  for (const set of sets) {
    const { shape, own } = listCapabilities(set, galaxyUuid, drafts)
    const techniques = new Map<string, FoundTechnique | undefined>()
    for (const row of set.mappings) {
      if (row.kind === 'unmapped-technique') continue
      const draft = own.get(row.capability.id)
      if (!draft) throw new Error(`A row names capability ${row.capability.id}, which its set does not list`)
      draft.rows.push(row.kind === 'mapped' ? { set, row, ...relate(row.technique.id, chooseType(shape, row)) } : { set, row })
    }

    function relate(id: string, type: ClusterRelation['type']): Pick<RowInCluster, 'type' | 'found'> {
      if (!techniques.has(id)) techniques.set(id, findTechnique(attack, set.attack, id))
      const found = techniques.get(id)
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
    // A cluster belongs to one galaxy, and MISP looks clusters up by uuid alone: the STIX id would be that of several galaxies.
    const uuid = mispUuid('cluster', galaxyUuid, framework.id, framework.version, capability.id)
    const draft = drafts.get(uuid) ?? { uuid, shape, capability, sets: new Set(), from: set, rows: [] }
    drafts.set(uuid, draft)
    draft.sets.add(set)
    own.set(capability.id, draft)
  }
  return { shape, own }
}

/** Relations start at the capability, and MISP has no type for "is targeted by": what STIX reverses is only related. */
function chooseType(shape: StixShape, row: Extract<Mapping, { kind: 'mapped' }>): ClusterRelation['type'] {
  const { type, reversed } = chooseRelationship(shape, row)
  return type === 'mitigates' && !reversed ? 'mitigates' : 'related-to'
}

const longestName = 120

/** The values of clusters, by uuid: the names of the STIX objects, each once in the galaxy regardless of case. */
export function nameClusters(drafts: readonly ClusterDraft[], texts: MispTexts): ReadonlyMap<string, string> {
  const plain = drafts.map(({ shape, from, capability }) => nameCapability(shape.object, from.framework.name, capability))
  const names = distinguishNames(drafts, plain, () => 'cluster', [({ capability }) => capability.id, ({ from }) => from.framework.version])
  const taken = new Set<string>()
  return new Map(drafts.map(({ uuid }, index) => [uuid, takeName(names[index] ?? '', uuid)]))

  function takeName(name: string, uuid: string): string {
    const value = texts.quoted(name, longestName)
    const free = value !== '' && !taken.has(value.toLowerCase()) ? value : `${value.slice(0, longestName - 39).toWellFormed()} (${uuid})`.trim()
    taken.add(free.toLowerCase())
    return free
  }
}
