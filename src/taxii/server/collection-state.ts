import type { StoredObject } from './stored-object.js'

/** An object of a collection, with what filters ask. */
export interface Entry {
  readonly object: StoredObject
  /** When it was added to the collection, in microseconds since 1970. No two entries have the same. */
  readonly date: number
  /** Whether it is the first, or the last, version of its id in its version of STIX. */
  readonly isFirst: boolean
  readonly isLast: boolean
  /** Whether no object with its id is of a later version of STIX. */
  readonly isLatestSpec: boolean
}

/** All that a collection holds, at one moment. Never changes: a collection that changes gets another. */
export interface CollectionState {
  /** Tells states apart, also across restarts: equal for the same files without history. */
  readonly mark: string
  /** In the order of their dates. */
  readonly entries: readonly Entry[]
}
