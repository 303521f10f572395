import type { Mapping } from '../../model/mapping.js'
import type { ResolvedSet } from '../../model/mapping-set.js'
import type { FieldValue, RowField } from './row-fields.js'

/** A field in which two rows differ. A side is absent where its row states nothing. */
export interface FieldChange {
  readonly field: RowField
  readonly old?: FieldValue
  readonly new?: FieldValue
}

/** A row that is in both sets and does not say the same. */
export interface RowChange {
  readonly old: Mapping
  readonly new: Mapping
  /** Never empty; in the order of `rowFields`. */
  readonly fields: readonly FieldChange[]
}

/** Something that a set states of itself and that differs. A side is absent where its set does not state it. */
export interface FactChange {
  readonly fact: string
  readonly old?: string
  readonly new?: string
}

/** A capability or technique that came, went, or is called otherwise. */
export interface IdChange {
  readonly change: 'added' | 'removed' | 'changed'
  readonly id: string
  /** As the first row of the newer set that has it prints it; of the older one where it went. */
  readonly name?: string
  readonly formerName?: string
}

/** All that differs between two mapping sets. Rows in old = removed + changed + same; rows in new = added + changed + same. */
export interface SetDiff {
  readonly old: ResolvedSet
  readonly new: ResolvedSet
  readonly facts: readonly FactChange[]
  readonly added: readonly Mapping[]
  readonly removed: readonly Mapping[]
  readonly changed: readonly RowChange[]
  readonly same: number
  /** How many of `same` are written otherwise: white space, the order of references, a mapping type or group by its name. */
  readonly respelled: number
  readonly capabilities: readonly IdChange[]
  readonly techniques: readonly IdChange[]
}
