import type { CollectionState } from './collection-state.js'

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
