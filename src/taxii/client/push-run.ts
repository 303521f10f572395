import type { Report } from '../../diagnostics/diagnostic.js'
import type { ClientHost } from './exchange.js'
import type { BatchLimits, OutgoingObject } from './outgoing-bundle.js'
import type { Collection, CollectionAddress, Send } from './read-collection.js'

/** The host of a push, with what it shows to the user. */
export interface PushHost extends ClientHost {
  readonly report: Report
  readonly progress?: (stage: string, done: number, total: number) => void
}

/** The state of a run over several bundles. */
export interface PushRun {
  readonly address: CollectionAddress
  readonly collection: Collection
  /** In milliseconds. */
  readonly timeout: number
  readonly send: Send
  readonly host: PushHost
  /** The objects of earlier bundles, by `versionKey`. */
  readonly seen: Map<string, OutgoingObject>
  /** Lowered when a request is too large for the server. */
  limits: BatchLimits
  /** Whether the manifest of the collection can be read. */
  canReadManifest: boolean
  /** Set when a failure of the server ends the run. */
  isStopped: boolean
}

/** The outcome of the objects of one bundle, in counts. */
export interface PushedFile {
  /** As the user typed it. */
  readonly path: string
  readonly objects: number
  /** Objects in requests that the server accepted. */
  readonly sent: number
  readonly added: number
  /** Objects that the collection had before, or that an earlier bundle of this run contained. */
  readonly already: number
  readonly failed: number
  /** Objects whose outcome is unknown. */
  readonly pending: number
}
