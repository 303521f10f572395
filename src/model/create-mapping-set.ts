import type { Mapping } from './mapping.js'
import type { About, AttackRelease, Capability, FrameworkRelease, Group, MappingSet, Relation, SourceDocument } from './mapping-set.js'

/** What a parser knows of a set; the rest is derived from its rows. */
export interface MappingSetDraft {
  readonly framework: FrameworkRelease
  readonly attack?: AttackRelease
  readonly about?: About
  readonly relations?: Iterable<Relation>
  readonly groups?: Iterable<Group>
  /** Capabilities that the document lists, with or without rows. */
  readonly capabilities?: Iterable<Omit<Capability, 'groups'> & { readonly groups?: readonly string[] }>
  readonly mappings: readonly Mapping[]
  readonly sources: readonly SourceDocument[]
}

/** Completes a draft: every relation, group and capability that a row names gets an entry, in order of appearance. */
export function createMappingSet(draft: MappingSetDraft): MappingSet {
  const relations = new Map<string, Relation>()
  for (const relation of draft.relations ?? []) relations.set(relation.id, relation)
  const groups = new Map<string, Group>()
  for (const group of draft.groups ?? []) groups.set(group.id, group)

  const capabilities = new Map<string, CapabilityInProgress>()
  for (const capability of draft.capabilities ?? []) {
    capabilities.set(capability.id, { ...capability, groups: new Set(capability.groups) })
  }
  for (const mapping of draft.mappings) {
    if (mapping.relation !== undefined && !relations.has(mapping.relation)) {
      relations.set(mapping.relation, { id: mapping.relation, name: mapping.relation })
    }
    if (mapping.group !== undefined && !groups.has(mapping.group)) {
      groups.set(mapping.group, { id: mapping.group, name: mapping.group })
    }
    if (mapping.kind !== 'unmapped-technique') addCapability(capabilities, mapping)
  }
  return {
    framework: draft.framework,
    attack: draft.attack ?? {},
    about: draft.about ?? {},
    relations,
    groups,
    capabilities: new Map(Array.from(capabilities, ([id, found]) => [id, { ...found, groups: [...found.groups] }])),
    mappings: draft.mappings,
    sources: draft.sources,
  }
}

type CapabilityInProgress = Omit<Capability, 'groups'> & { groups: Set<string> }

function addCapability(capabilities: Map<string, CapabilityInProgress>, mapping: Exclude<Mapping, { kind: 'unmapped-technique' }>): void {
  const { id, description } = mapping.capability
  let capability = capabilities.get(id)
  if (!capability || (capability.name === undefined && description !== undefined)) {
    capability = { groups: new Set<string>(), ...capability, id, ...(description !== undefined && { name: description }) }
    capabilities.set(id, capability)
  }
  if (mapping.group !== undefined) capability.groups.add(mapping.group)
}
