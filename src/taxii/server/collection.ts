/** A collection as TAXII describes it (TAXII 2.1, section 5.2.1), and what it holds. */
export interface Collection {
  /** A UUID that stays the same when the bundle changes. */
  readonly id: string
  readonly alias: string
  readonly title: string
  readonly description?: string
  readonly mediaTypes: readonly string[]
  readonly state: CollectionState
  /** States that pagers may still be in the middle of, the latest first. */
  readonly formerStates: readonly CollectionState[]
}

/** An object and when it was added to a collection, in microseconds since 1970. */
export interface DatedObject {
  readonly object: StoredObject
  readonly date: number
}

/** Where an object stands among those with its id. */
export interface ObjectDate {
  /** Whether it is the first, or the last, version in its version of STIX. */
  readonly isFirst: boolean
  readonly isLast: boolean
  /** Whether no object with its id is of a later version of STIX. */
  readonly isLatestSpec: boolean
}

/** An object of a collection, with what filters ask. No two entries have the same date. */
export interface Entry extends DatedObject, ObjectDate {}

/** All that a collection holds, at one moment. Never changes: a collection that changes gets another. */
export interface CollectionState {
  /** Tells states apart, also across restarts: equal for the same files without history. */
  readonly mark: string
  /** In the order of their dates. */
  readonly entries: readonly Entry[]
}

/** A bundle as its file holds it. */
export interface BundleFile {
  /** The file's name, without its folder. */
  readonly name: string
  /** When the file came to be as it is, in microseconds since 1970. */
  readonly changedAt: number
  readonly title: string
  readonly description?: string
  /** In the order of the bundle. */
  readonly objects: readonly StoredObject[]
}

/** An object as it stands in a bundle's file, and what requests ask of it. */
export interface StoredObject {
  readonly id: string
  readonly type: string
  /** Its version as a text of its own: `modified`, else `created`, else the start of 1970 (TAXII 2.1, section 3.4.1). */
  readonly version: string
  /** The same in microseconds since 1970. */
  readonly versionTime: number
  /** "2.1" or "2.0". */
  readonly specVersion: string
  /** The ids that it refers to. */
  readonly refs: readonly string[]
  /** Its JSON in UTF-8, word for word: a view of the file's bytes. */
  readonly bytes: Uint8Array
}
