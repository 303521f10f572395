import { chooseRelationship, type Framework } from '../../frameworks/framework.js'
import type { MappedRow } from '../../model/mapping.js'
import type { CapabilityObject } from './stix-object.js'

/** What a consumer of bundles needs that others do not. */
export interface StixProfile {
  /** `embedded`: the techniques stand in the bundle; `referenced`: only those that ATT&CK does not know. */
  readonly techniques: 'embedded' | 'referenced'
  /** `full`: objects that say all they can; `mapex`: those of CTID's own export, which say next to nothing. */
  readonly shape: 'full' | 'mapex'
  /** Our property extension and its definition, which make the bundle lossless. */
  readonly extension: boolean
  /** The rows' references also as external references of the relationship. */
  readonly externalReferences: boolean
}

/** The profiles, by the name that `--stix-profile` takes. See docs/stix.md. */
export const stixProfiles = {
  'tip': { techniques: 'embedded', shape: 'full', extension: true, externalReferences: false },
  'opencti': { techniques: 'embedded', shape: 'full', extension: false, externalReferences: false },
  'spec': { techniques: 'embedded', shape: 'full', extension: true, externalReferences: true },
  'attack-present': { techniques: 'referenced', shape: 'full', extension: true, externalReferences: false },
  'mapex': { techniques: 'embedded', shape: 'mapex', extension: false, externalReferences: false },
} as const satisfies Record<string, StixProfile>

/** What a set's capabilities and rows become. */
export interface BundleShape {
  readonly object: CapabilityObject['type']
  readonly relationshipOf: (row: MappedRow) => { readonly type: string; readonly reversed?: boolean }
}

/** The shape that a profile gives to the mappings of a framework. */
export function bundleShape({ stix }: Framework, { shape }: Pick<StixProfile, 'shape'>): BundleShape {
  if (shape === 'full') return { object: stix.object, relationshipOf: (row) => chooseRelationship(stix, row) }
  return {
    // mapex refuses frameworks that it does not know; what is no vulnerability and no vocabulary is infrastructure to it.
    object: stix.object === 'course-of-action' ? 'infrastructure' : stix.object,
    relationshipOf: (row) => ({ type: mapexRelationshipType(row.relation) }),
  }
}

/** Longer than any mapping type; texts may be hostile. */
const longestType = 100

/**
 * A mapping type as a relationship's type: mapex writes `_` as `-`. STIX allows lower-case letters, digits and hyphens alone
 * (2.1, section 5.1). `related-to` where a row states none.
 */
export function mapexRelationshipType(relation: string | undefined): string {
  const words = (relation ?? '').toLowerCase().split(/[^a-z0-9]+/).filter((word) => word !== '')
  const type = words.join('-').slice(0, longestType).replace(/-$/, '')
  return type === '' ? 'related-to' : type
}
