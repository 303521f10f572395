import type { Report } from '../../diagnostics/diagnostic.js'
import type { ClientSurroundings } from './exchange.js'
import type { BatchLimits, OutgoingObject } from './outgoing-bundle.js'
import type { Collection, CollectionAddress, Send } from './read-collection.js'

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

/** What became of the objects of one bundle. */
export interface PushedFile {
  /** As the user typed it. */
  readonly path: string
  readonly objects: number
  /** In requests that the server accepted. */
  readonly sent: number
  readonly added: number
  /** In the collection before, or sent with an earlier bundle of this run. */
  readonly already: number
  readonly failed: number
  /** It is not known what becomes of them. */
  readonly pending: number
}
