import type { Mapping, TechniqueRef } from '../../model/mapping.js'
import type { Decision } from './decision.js'
import { isWaiting, type UpgradeClass } from './upgrade-class.js'

/** A row of the set before, and what became of it. */
export interface RowChange {
  /** Its mapping id before the upgrade. */
  readonly mapping: string
  readonly class: UpgradeClass
  readonly before: Mapping
  /** As it stands in the upgraded set; undefined where a reviewer dropped it. */
  readonly after: Mapping | undefined
  /** The ATT&CK release that it came from, as stated; absent where none is. */
  readonly from?: string
  readonly why?: string
  readonly suggestions: readonly TechniqueRef[]
  readonly decision?: Decision
  /**
   * The first row of the upgraded set that now maps the same capability to the same technique in the same way, and had another
   * technique before. Both stay: which comment and score is right, a person knows.
   */
  readonly sameAs?: Mapping
}

/** Whether a row still waits for a person. */
export function isOpen({ class: upgradeClass, decision }: Pick<RowChange, 'class' | 'decision'>): boolean {
  return decision === undefined && isWaiting(upgradeClass)
}

/** The technique of a row; undefined for a capability without one. */
export function techniqueOf(row: Mapping | undefined): TechniqueRef | undefined {
  return row === undefined || row.kind === 'unmapped-capability' ? undefined : row.technique
}
