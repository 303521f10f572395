import type { Capability } from '../../model/mapping-set.js'
import type { MappedRow, UnmappedCapabilityRow } from '../../model/mapping.js'
import type { RowPlace } from './extension.js'
import type { SetInBundle } from './set-in-bundle.js'
import type { AttackPattern, CapabilityObject, StixId } from './stix-object.js'

/** A row and the set that it belongs to. */
export interface RowInBundle<Row> {
  readonly from: SetInBundle
  readonly row: Row
}

/** A capability as all sets of the bundle have it: those of one framework release share its object. */
export interface CapabilityDraft {
  readonly id: StixId
  readonly type: CapabilityObject['type']
  readonly capability: Capability
  /** The first set that lists it. */
  readonly from: SetInBundle
  readonly sets: Set<SetInBundle>
  readonly rows: RowInBundle<UnmappedCapabilityRow>[]
}

/** All rows that say the same of the same two objects. */
export interface RelationshipDraft {
  readonly id: StixId
  readonly type: string
  readonly source: StixId
  readonly target: StixId
  /** The first set that states it. */
  readonly from: SetInBundle
  readonly rows: RowInBundle<MappedRow>[]
}

/** A set, the objects that it is made of, and where its rows stand. */
export interface SetDraft extends SetInBundle {
  readonly objects: Set<StixId>
  readonly places: RowPlace[]
}

/** The objects of a bundle while sets are read, each under its id and in order of appearance. */
export interface Drafts {
  readonly sets: SetDraft[]
  readonly techniques: Map<StixId, AttackPattern>
  readonly capabilities: Map<StixId, CapabilityDraft>
  readonly relationships: Map<StixId, RelationshipDraft>
}
