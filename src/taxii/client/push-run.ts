import type { Report } from '../../diagnostics/diagnostic.js'
import type { CollectionAddress } from './collection-address.js'
import type { ClientSurroundings } from './exchange.js'
import type { OutgoingObject } from './outgoing-object.js'
import type { Collection, Send } from './read-collection.js'
import type { BatchLimits } from './take-batch.js'

/** What a client does for a user. */
export interface PushSurroundings extends ClientSurroundings {
  readonly report: Report
  readonly progress?: (stage: string, done: number, total: number) => void
}

/** One run over bundles: what stays, and what one bundle teaches for the next. */
export interface PushRun {
  readonly address: CollectionAddress
  readonly collection: Collection
  /** Milliseconds. */
  readonly timeout: number
  readonly send: Send
  readonly surroundings: PushSurroundings
  /** What earlier bundles held, by `versionKey`. */
  readonly seen: Map<string, OutgoingObject>
  /** Lowered when the server finds a request too large. */
  limits: BatchLimits
  /** Whether the server may be asked what the collection holds. */
  canAskContents: boolean
  /** Set when the server is of no use any more. */
  isStopped: boolean
}
