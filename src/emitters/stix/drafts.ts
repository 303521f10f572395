import { describeFramework } from '../../frameworks/find-framework.js'
import type { Capability, ResolvedSet } from '../../model/mapping-set.js'
import type { MappedRow, UnmappedCapabilityRow } from '../../model/mapping.js'
import { attackDomains } from '../../model/vocabulary.js'
import { setDates, stixId, type StixId } from '../objects/stix-id.js'
import { frameworkTitle, joinStated } from '../table/set-facts.js'
import { setIdentity } from './preamble-objects.js'
import { bundleShape, type BundleShape, type StixProfile } from './profiles.js'
import type { CapabilityObject, Identity, SetProperties, TlpMarking } from './stix-object.js'

/** A row with its set. */
export interface RowInBundle<Row> {
  readonly from: SetInBundle
  readonly row: Row
}

/** A capability of the bundle. Sets of the same framework release share its object. */
export interface CapabilityDraft {
  readonly id: StixId
  /** Its number in the bundle. */
  readonly number: number
  readonly type: CapabilityObject['type']
  readonly capability: Capability
  /** The first set that lists it. */
  readonly from: SetInBundle
  readonly sets: Set<SetInBundle>
  readonly rows: RowInBundle<UnmappedCapabilityRow>[]
}

/** All rows with the same relationship type, source and target. */
export interface RelationshipDraft {
  readonly id: StixId
  readonly type: string
  readonly capability: StixId
  readonly technique: StixId
  /** The technique is the source, the capability the target. */
  readonly isReversed: boolean
  /** The first set with such a row. */
  readonly from: SetInBundle
  readonly rows: RowInBundle<MappedRow>[]
}

/** A set with its capabilities and the places of its rows: numbers, since there are as many as rows. */
export interface SetDraft extends SetInBundle {
  readonly capabilities: readonly CapabilityDraft[]
  /**
   * The object that contains each row, in order: the number of a relationship plus 1, less than 0 that of a capability plus 1, or 0 for
   * unmapped techniques, which are in no object.
   */
  readonly places: Int32Array
  /** The number of each row in its object. */
  readonly numbers: Int32Array
}

/** A set with the properties that its objects share. */
export interface SetInBundle {
  readonly set: ResolvedSet
  readonly shape: BundleShape
  readonly identity: Identity
  readonly common: SetProperties
  readonly datesStated: boolean
  /** Id of the set's grouping; the bundle's id is derived from it even if groupings are left out. */
  readonly groupingId: StixId
  /** "AWS 12/12/2024 to ATT&CK 16.1 (enterprise)"; further sets of the same releases end in ", set 2" and so on. */
  readonly title: string
}

/** Settings that are the same for all sets of a bundle. */
interface SharedSettings {
  readonly marking: TlpMarking
  readonly profile: StixProfile
  /** Date (2024-12-31) for sets without one. */
  readonly created?: string
  /** Number of sets in the bundle. */
  readonly together: number
}

/** Determines the shared properties of a set's objects. `nth`, from 0, numbers the sets of a bundle with the same releases. */
export function placeSetInBundle(set: ResolvedSet, nth: number, settings: SharedSettings): SetInBundle {
  const { marking, profile, together, created: supplied } = settings
  const { framework, attack, about } = set
  const { created, modified, stated } = setDates(about, supplied)
  const identity = setIdentity(about, marking.id)
  const releases = `${frameworkTitle(set)} to ${joinStated('ATT&CK', attack.version)} (${attack.domain})`
  return {
    set,
    shape: bundleShape(describeFramework(framework.id), profile),
    identity,
    common: { created_by_ref: identity.id, created, modified: timeVersion(modified, attack, together), object_marking_refs: [marking.id] },
    datesStated: stated,
    groupingId: stixId('grouping', ...releaseKey(set), nth === 0 ? undefined : String(nth)),
    // OpenCTI merges groupings with the same name and creation date.
    title: nth === 0 ? releases : `${releases}, set ${nth + 1}`,
  }
}

/**
 * Adds a time of day to the date of a set, by its ATT&CK release: 16.1 is 00:16:01, plus a millisecond for Mobile, two for ICS, and ten for
 * each further set in the bundle. Sets of one framework release have objects in common, often the same date, and other rows: without it,
 * one version of an object would have two contents. Of sets with one date, the newest release's version is the latest.
 */
function timeVersion(day: string, { domain, version = '' }: ResolvedSet['attack'], together: number): string {
  const [, major = '0', minor = '0'] = /^(\d{1,3})(?:\.(\d{1,2}))?$/.exec(version) ?? []
  const seconds = Number(major) * 60 + Math.min(Number(minor), 59)
  const milliseconds = attackDomains.indexOf(domain) + 10 * Math.min(together - 1, 99)
  return new Date(Date.parse(day) + seconds * 1000 + milliseconds).toISOString()
}

/** The properties that identify a mapping set. */
export function releaseKey({ framework, attack }: ResolvedSet): readonly (string | undefined)[] {
  return [framework.id, framework.version, attack.domain, attack.version]
}

/** Properties of an object of several sets: author and marking of the first, the earliest `created` and the latest `modified`. */
export function mergeCommon(first: SetInBundle, sets: Iterable<SetInBundle>): SetProperties {
  let { created, modified } = first.common
  for (const { common } of sets) {
    if (common.created < created) created = common.created
    if (common.modified > modified) modified = common.modified
  }
  return created === first.common.created && modified === first.common.modified ? first.common : { ...first.common, created, modified }
}

/** As `mergeCommon`, of the sets of rows. Most objects have one row. */
export function mergeRows(first: SetInBundle, rows: readonly { readonly from: SetInBundle }[]): SetProperties {
  return rows.length === 1 ? first.common : mergeCommon(first, new Set(rows.map(({ from }) => from)))
}
