import type { Domain, Mapping, Person } from './mapping.js'

/** The framework whose capabilities are mapped. `version` is as the documents write it ("12/12/2024", "rev5"). */
export interface FrameworkRelease {
  /** A short lower-case id: `aws`, `nist_800_53`. */
  readonly id: string
  readonly name: string
  readonly version?: string
}

/** The ATT&CK release that the mappings refer to, as far as stated. */
export interface AttackRelease {
  readonly domain?: Domain
  readonly version?: string
}

/** What the set's document says of itself. Dates are ISO (2024-12-31). */
export interface About extends Person {
  readonly mappingVersion?: string
  readonly created?: string
  readonly modified?: string
  /** CTID's mapping_framework_version_schema: how the framework counts its versions. */
  readonly versionSchema?: string
}

/** A mapping type: how a capability bears on a technique. `id` is as rows write it, `name` as pages print it. */
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
  /** A longer text, where a document gives one beside the name. */
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
  /** Rows of this set that the document holds. */
  readonly rows: number
}

/**
 * The intermediate model: one framework release against one ATT&CK release. Maps are in insertion order and hold every
 * id that a mapping names. See docs/model.md and schemas/model.schema.json.
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

/** A set whose domain is settled: what checks and emitters get. */
export interface ResolvedSet extends MappingSet {
  readonly attack: AttackRelease & { readonly domain: Domain }
}
