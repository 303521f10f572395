import { describeFramework } from '../../frameworks/describe-framework.js'
import type { ResolvedSet } from '../../model/mapping-set.js'
import { bundleShape, type BundleShape } from './bundle-shape.js'
import { setIdentity } from './identities.js'
import type { StixProfile } from './profiles.js'
import { setDates } from './set-dates.js'
import { stixId } from './stix-id.js'
import type { Identity, MadeHere, StixId, TlpMarking } from './stix-object.js'

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
