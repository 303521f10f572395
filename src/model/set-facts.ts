import type {
  About, AttackRelease, Capability, FrameworkRelease, Group, MappingSet, Relation, ResolvedSet, SourceDocument,
} from './mapping-set.js'
import type { Mapping } from './mapping.js'

/**
 * The base name of a set's artifacts, in CTID's style: `aws-12.12.2024_attack-16.1-enterprise`. Slashes become dots, and all
 * characters except letters, digits, dots, hyphens and underscores become underscores, so that no text of a document can point
 * outside the output folder.
 */
export function artifactBaseName(set: ResolvedSet): string {
  const framework = [set.framework.id, set.framework.version].filter((part) => part !== undefined).join('-')
  const attack = ['attack', set.attack.version, set.attack.domain].filter((part) => part !== undefined).join('-')
  return `${safePart(framework)}_${safePart(attack)}`
}

const longestPart = 80

function safePart(text: string): string {
  const safe = text
    .replaceAll(/[/\\]/g, '.')
    .replaceAll(/[^\p{L}\p{N}._-]/gu, '_')
    .slice(0, longestPart)
  // A leading dot would hide the file or point to a parent folder.
  return safe.startsWith('.') ? `_${safe.slice(1)}` : safe
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

/** Converts a set's maps to lists, in their order; the entries contain the ids. */
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
