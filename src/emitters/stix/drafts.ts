import { describeFramework } from '../../frameworks/find-framework.js'
import type { Capability, ResolvedSet } from '../../model/mapping-set.js'
import type { MappedRow, UnmappedCapabilityRow } from '../../model/mapping.js'
import { setDates, stixId, type StixId } from '../objects/stix-id.js'
import { setIdentity } from './preamble-objects.js'
import { bundleShape, type BundleShape, type StixProfile } from './profiles.js'
import type { AttackPattern, CapabilityObject, Identity, MadeHere, RowPlace, TlpMarking } from './stix-object.js'

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

/** A set with what all objects made from it share. */
export interface SetInBundle {
  readonly set: ResolvedSet
  readonly shape: BundleShape
  readonly identity: Identity
  readonly common: MadeHere
  readonly datesStated: boolean
  /** The id of the grouping that stands for the set. */
  readonly groupingId: StixId
  /** "AWS 12/12/2024 to ATT&CK 16.1 (enterprise)"; further sets of the same releases end in ", set 2" and so on. */
  readonly title: string
}

/** What the objects of all sets share. */
interface Placing {
  readonly marking: TlpMarking
  readonly profile: StixProfile
  /** A day (2024-12-31) for sets that state none. */
  readonly created?: string
}

/** Settles what the objects of a set share. `nth` (from 0) tells apart sets of one bundle that are of the same releases. */
export function placeSetInBundle(set: ResolvedSet, nth: number, { marking, profile, created: supplied }: Placing): SetInBundle {
  const { framework, attack, about } = set
  const { created, modified, stated } = setDates(about, supplied)
  const identity = setIdentity(about, marking.id)
  const releases = `${joinStated(framework.name, framework.version)} to ${joinStated('ATT&CK', attack.version)} (${attack.domain})`
  return {
    set,
    shape: bundleShape(describeFramework(framework.id), profile),
    identity,
    common: { created_by_ref: identity.id, created, modified, object_marking_refs: [marking.id] },
    datesStated: stated,
    groupingId: stixId('grouping', ...releaseKey(set), nth === 0 ? undefined : String(nth)),
    // OpenCTI makes one of groupings with the same name and date of creation.
    title: nth === 0 ? releases : `${releases}, set ${nth + 1}`,
  }
}

/** What tells one mapping set from another. */
export function releaseKey({ framework, attack }: ResolvedSet): readonly (string | undefined)[] {
  return [framework.id, framework.version, attack.domain, attack.version]
}

function joinStated(name: string, version: string | undefined): string {
  return version === undefined ? name : `${name} ${version}`
}

/** What an object shares with the sets that it comes from: the first one's author and marking, the earliest and latest dates. */
export function mergeCommon(first: SetInBundle, sets: Iterable<SetInBundle>): MadeHere {
  let { created, modified } = first.common
  for (const { common } of sets) {
    if (common.created < created) created = common.created
    if (common.modified > modified) modified = common.modified
  }
  return { ...first.common, created, modified }
}
