import type { About, AttackRelease, Capability, FrameworkRelease, Group, MappingSet, Relation, ResolvedSet, SourceDocument } from './mapping-set.js'
import type { Mapping } from './mapping.js'

const longestPart = 80

/**
 * The name that a set's artifacts start with, in CTID's style: `aws-12.12.2024_attack-16.1-enterprise`. Slashes become
 * dots; whatever else is not a letter, digit, dot, dash or underscore becomes an underscore, so that no text of a
 * document can leave the output folder.
 */
export function artifactBaseName(set: ResolvedSet): string {
  const framework = [set.framework.id, set.framework.version].filter((part) => part !== undefined).join('-')
  const attack = ['attack', set.attack.version, set.attack.domain].filter((part) => part !== undefined).join('-')
  return `${safePart(framework)}_${safePart(attack)}`
}

function safePart(text: string): string {
  const safe = text
    .replaceAll(/[/\\]/g, '.')
    .replaceAll(/[^\p{L}\p{N}._-]/gu, '_')
    .slice(0, longestPart)
  // A leading dot would hide the file, or climb.
  return safe.startsWith('.') ? `_${safe.slice(1)}` : safe
}

/** How many of what a set holds. */
interface SetCounts {
  readonly rows: number
  readonly mapped: number
  readonly unmappedCapabilities: number
  readonly unmappedTechniques: number
  readonly capabilities: number
  readonly techniques: number
}

/** Counts a set's rows by kind, and the distinct capabilities and techniques that they name. */
export function countSet({ mappings, capabilities }: ResolvedSet): SetCounts {
  const ofKind = (kind: Mapping['kind']): number => mappings.filter((mapping) => mapping.kind === kind).length
  const techniques = new Set(mappings.flatMap((mapping) => (mapping.kind === 'unmapped-capability' ? [] : [mapping.technique.id])))
  return {
    rows: mappings.length,
    mapped: ofKind('mapped'),
    unmappedCapabilities: ofKind('unmapped-capability'),
    unmappedTechniques: ofKind('unmapped-technique'),
    capabilities: capabilities.size,
    techniques: techniques.size,
  }
}

/** A mapping set as plain JSON: schemas/model.schema.json. */
interface ModelDocument {
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
