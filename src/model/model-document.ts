import type { Mapping } from './mapping.js'
import type { About, AttackRelease, Capability, FrameworkRelease, Group, MappingSet, Relation, SourceDocument } from './mapping-set.js'

/** A mapping set as plain JSON: schemas/model.schema.json. */
export interface ModelDocument {
  readonly framework: FrameworkRelease
  readonly attack: AttackRelease
  readonly about: About
  readonly relations: readonly Relation[]
  readonly groups: readonly Group[]
  readonly capabilities: readonly Capability[]
  readonly mappings: readonly Mapping[]
  readonly sources: readonly SourceDocument[]
}

/** Writes a set's maps as lists, in their order; the ids stand in the entries. */
export function toModelDocument(set: MappingSet): ModelDocument {
  return {
    framework: set.framework,
    attack: set.attack,
    about: set.about,
    relations: [...set.relations.values()],
    groups: [...set.groups.values()],
    capabilities: [...set.capabilities.values()],
    mappings: set.mappings,
    sources: set.sources,
  }
}
