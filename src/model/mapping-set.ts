import type { CapabilityRef, Domain, Mapping, Person } from './mapping.js'
import { safeFileName } from './text.js'

/** The framework whose capabilities are mapped. `version` is as the documents write it ("12/12/2024", "rev5"). */
export interface FrameworkRelease {
  /** A short lower-case id: `aws`, `nist_800_53`. */
  readonly id: string
  readonly name: string
  readonly version?: string
}

/** The ATT&CK release that the mappings refer to, as far as it is stated. */
export interface AttackRelease {
  readonly domain?: Domain
  readonly version?: string
}

/** Facts that a document states about its set. Dates are ISO 8601 (2024-12-31). */
export interface About extends Person {
  readonly mappingVersion?: string
  readonly created?: string
  readonly modified?: string
  /** CTID's `mapping_framework_version_schema`: the versioning scheme of the framework. */
  readonly versionSchema?: string
}

/** A mapping type: how a capability affects a technique. `id` is as rows write it, `name` as pages print it. */
export interface Relation {
  readonly id: string
  readonly name: string
  readonly description?: string
}

/** A capability group. */
export interface Group {
  readonly id: string
  readonly name: string
  readonly description?: string
}

/** A capability of the framework. `name` is the first name that a row or list prints for it. */
export interface Capability {
  readonly id: string
  readonly name?: string
  /** A longer text, if a document has one in addition to the name. */
  readonly description?: string
  readonly groups: readonly string[]
}

/** A document that contributed to a set. */
export interface SourceDocument {
  /** Relative, with forward slashes, the same on every machine. */
  readonly name: string
  readonly sha256: string
  /** The parser that read it. */
  readonly parser: string
  /** Number of the set's rows that are in the document. */
  readonly rows: number
}

/**
 * The intermediate model: the mappings of one framework release to one ATT&CK release. Maps are in insertion order and contain
 * every id that a mapping names. See docs/model.md and schemas/model.schema.json.
 */
export interface MappingSet {
  readonly framework: FrameworkRelease
  readonly attack: AttackRelease
  readonly about: About
  readonly relations: ReadonlyMap<string, Relation>
  readonly groups: ReadonlyMap<string, Group>
  readonly capabilities: ReadonlyMap<string, Capability>
  readonly mappings: readonly Mapping[]
  readonly sources: readonly SourceDocument[]
}

/** A set with a domain, stated or inferred: the input of checks and emitters. */
export interface ResolvedSet extends MappingSet {
  readonly attack: AttackRelease & { readonly domain: Domain }
}

/** A set and the folder, below the output, that its artifacts are written to: "" for the output folder itself. */
export interface PlacedSet {
  readonly folder: string
  /** The name of the document whose set it is, where documents are not merged. */
  readonly document?: string
  readonly set: ResolvedSet
}

/** The parts of a set that a parser provides; the rest is derived from the rows. */
export interface MappingSetDraft {
  readonly framework: FrameworkRelease
  readonly attack?: AttackRelease
  readonly about?: About
  readonly relations?: Iterable<Relation>
  readonly groups?: Iterable<Group>
  /** Capabilities that the document lists, with rows or without. */
  readonly capabilities?: Iterable<Omit<Capability, 'groups'> & { readonly groups?: readonly string[] }>
  readonly mappings: readonly Mapping[]
  readonly sources: readonly SourceDocument[]
}

/** Creates a set from a draft: every relation, group and capability that a row names gets an entry, in order of appearance. */
export function createMappingSet(draft: MappingSetDraft): MappingSet {
  const relations = new Map<string, Relation>()
  for (const relation of draft.relations ?? []) relations.set(relation.id, relation)
  const groups = new Map<string, Group>()
  for (const group of draft.groups ?? []) groups.set(group.id, group)

  const capabilities = new Map<string, CapabilityInProgress>()
  for (const capability of draft.capabilities ?? []) {
    capabilities.set(capability.id, { ...capability, groups: new Set(capability.groups) })
  }
  // What a row has in common with the row before is there already.
  let before: { readonly relation?: string; readonly group?: string; readonly capability?: CapabilityRef } = {}
  for (const mapping of draft.mappings) {
    const { relation, group } = mapping
    const capability = mapping.kind === 'unmapped-technique' ? undefined : mapping.capability
    if (relation !== undefined && relation !== before.relation && !relations.has(relation)) relations.set(relation, { id: relation, name: relation })
    if (group !== undefined && group !== before.group && !groups.has(group)) groups.set(group, { id: group, name: group })
    if (capability && (capability !== before.capability || group !== before.group)) addCapability(capabilities, capability, group)
    before = mapping
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

function addCapability(capabilities: Map<string, CapabilityInProgress>, { id, description }: CapabilityRef, group: string | undefined): void {
  let capability = capabilities.get(id)
  if (!capability || (capability.name === undefined && description !== undefined)) {
    capability = { groups: new Set<string>(), ...capability, id, ...(description !== undefined && { name: description }) }
    capabilities.set(id, capability)
  }
  if (group !== undefined) capability.groups.add(group)
}

/** The framework of rows for which neither the document nor the user names one. */
export const unknownFramework = { id: 'unknown', name: 'Unknown' } as const satisfies FrameworkRelease

/**
 * The base name of a set's artifacts, in CTID's style: `aws-12.12.2024_attack-16.1-enterprise`. Slashes become dots, and all
 * characters except letters, digits, dots, hyphens and underscores become underscores, and runs of dots one dot, so that no text of a document can point
 * outside the output folder.
 */
export function artifactBaseName(set: ResolvedSet): string {
  const framework = [set.framework.id, set.framework.version].filter((part) => part !== undefined).join('-')
  const attack = ['attack', set.attack.version, set.attack.domain].filter((part) => part !== undefined).join('-')
  return safeFileName(`${safePart(framework)}_${safePart(attack)}`)
}

const longestPart = 80

function safePart(text: string): string {
  const safe = text
    .replaceAll(/[/\\]/g, '.')
    .replaceAll(/[^\p{L}\p{N}._-]/gu, '_')
    .replaceAll(/\.{2,}/g, '.')
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
