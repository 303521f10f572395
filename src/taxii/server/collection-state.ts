import type { StoredObject } from './stored-object.js'

/** An object and when it was added to a collection, in microseconds since 1970. */
export interface DatedObject {
  readonly object: StoredObject
  readonly date: number
}

/** Where an object stands among those with its id. */
export interface Standing {
  /** Whether it is the first, or the last, version in its version of STIX. */
  readonly isFirst: boolean
  readonly isLast: boolean
  /** Whether no object with its id is of a later version of STIX. */
  readonly isLatestSpec: boolean
}

/** An object of a collection, with what filters ask. No two entries have the same date. */
export interface Entry extends DatedObject, Standing {}

/** All that a collection holds, at one moment. Never changes: a collection that changes gets another. */
export interface CollectionState {
  /** Tells states apart, also across restarts: equal for the same files without history. */
  readonly mark: string
  /** In the order of their dates. */
  readonly entries: readonly Entry[]
}
