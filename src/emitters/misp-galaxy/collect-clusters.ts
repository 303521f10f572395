import type { AttackIndex } from '../../attack/attack-index.js'
import { describedTechnique, findTechnique, type FoundTechnique } from '../../attack/find-techniques.js'
import { describeFramework } from '../../frameworks/find-framework.js'
import { chooseRelationship, type StixShape } from '../../frameworks/framework.js'
import type { Capability, ResolvedSet } from '../../model/mapping-set.js'
import type { Mapping, TechniqueRef, UnmappedTechniqueRow } from '../../model/mapping.js'
import { shortenText } from '../../model/text.js'
import { distinguishNames, nameCapability } from '../objects/name-capability.js'
import { type ClusterRelation, mispUuid } from './galaxy-files.js'

/** Adapts texts to MISP, and counts those that had to be changed or shortened. */
export interface MispTexts {
  /** One line: white space becomes single spaces. Empty for a blank text. */
  line(text: string, longest: number): string
  /** Several lines. */
  block(text: string): string
  /** One line without quotation marks, which delimit the values of tags. */
  quoted(text: string, longest: number): string
  readonly changed: number
  readonly shortened: number
}

/** MISP stores descriptions and elements in columns of 65,535 bytes; a character takes at most four. */
export const longestText = 16_000

/** Creates the adapter for the texts of one galaxy. */
export function createMispTexts(): MispTexts {
  let [changed, shortened] = [0, 0]

  function clean(text: string): string {
    const fit = text.replace(/\p{Cc}/gu, (character) => (/[\t\n\r]/.test(character) ? character : '\ufffd'))
    if (fit !== text) changed += 1
    return fit
  }

  function shorten(text: string, longest: number): string {
    if (text.length <= longest) return text
    shortened += 1
    return shortenText(text, longest)
  }

  function line(text: string, longest: number): string {
    return shorten(clean(text).replaceAll(/\s+/g, ' ').trim(), longest)
  }

  return {
    line,
    block: (text) => shorten(clean(text).replaceAll(/\r\n?/g, '\n').trim(), longestText),
    quoted(text, longest) {
      if (!text.includes('"')) return line(text, longest)
      changed += 1
      return line(text.replaceAll('"', "'"), longest)
    },
    get changed() {
      return changed
    },
    get shortened() {
      return shortened
    },
  }
}

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
