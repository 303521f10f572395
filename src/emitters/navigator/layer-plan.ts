import type { AttackReleaseView } from '../../attack/attack-index.js'
import type { ResolvedSet } from '../../model/mapping-set.js'
import type { EmitContext } from '../emitter.js'
import type { LossLedger } from './loss-ledger.js'
import type { NavigatorOptions } from './navigator-options.js'
import type { Paint } from '../matrix/paint-scores.js'
import type { RowSelection } from './select-rows.js'

/** What all layers of a set share. */
export interface LayerPlan {
  readonly set: ResolvedSet
  readonly release: AttackReleaseView
  readonly selection: RowSelection
  /** As asked for, save that a set without score values is counted. */
  readonly score: NavigatorOptions['layer-score']
  /** Whether the rows that became cells are of several mapping types, so that naming them tells something. */
  readonly tellsRelations: boolean
  readonly options: NavigatorOptions
  readonly paint: Paint
  readonly context: EmitContext
  readonly ledger: LossLedger
}
