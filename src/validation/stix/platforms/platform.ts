import type { BundleGraph } from '../bundle-graph.js'
import type { FaultLog } from '../fault-log.js'

/** A program that bundles are imported into, and what is known of its import. */
export interface Platform {
  readonly id: string
  readonly title: string
  readonly check: (graph: BundleGraph, log: FaultLog) => void
}
