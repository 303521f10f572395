import type { Domain } from '../model/mapping.js'
import type { AttackTactic, AttackTechnique } from './attack-index.js'

/** What the index keeps of one release of one domain. */
export interface AttackRelease {
  readonly domain: Domain
  /** Numbers and dots: "16.1". */
  readonly version: string
  /** In the order of the matrix. */
  readonly tactics: readonly AttackTactic[]
  /** One per id, sorted by id. */
  readonly techniques: readonly AttackTechnique[]
}
