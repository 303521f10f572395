/** The versions of an object that match (TAXII 2.1, section 3.4.1). */
export interface VersionMatch {
  readonly all: boolean
  readonly first: boolean
  readonly last: boolean
  /** In microseconds since 1970. */
  readonly times: ReadonlySet<number>
}

/** What objects are asked for. What is absent does not filter. */
export interface Filter {
  /** In microseconds since 1970; what was added at that very time is not asked for. */
  readonly addedAfter?: number
  readonly ids?: ReadonlySet<string>
  readonly types?: ReadonlySet<string>
  readonly specVersions?: ReadonlySet<string>
  readonly version: VersionMatch
}

/** A request for a page (TAXII 2.1, sections 3.4 and 3.5). */
export interface Query {
  readonly filter: Filter
  /** How many objects at most. */
  readonly limit: number
  /** Where to go on, as an earlier page said. */
  readonly next?: string
}

/** What can be matched, in the words of TAXII. */
export type MatchField = 'id' | 'type' | 'version' | 'spec_version'
