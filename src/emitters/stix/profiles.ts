import { chooseRelationship, type Framework } from '../../frameworks/framework.js'
import type { MappedRow } from '../../model/mapping.js'
import type { CapabilityObject } from './stix-object.js'

/** Content of bundles for one kind of consumer. */
export interface StixProfile {
  /** `embedded`: the bundle contains the techniques; `referenced`: only stubs of techniques that ATT&CK does not have. */
  readonly techniques: 'embedded' | 'referenced'
  /** `full`: objects with all their properties; `mapex`: the minimal objects of CTID's own export. */
  readonly shape: 'full' | 'mapex'
  /** Include Crosswalk's property extension and its definition, which make the bundle lossless. */
  readonly extension: boolean
  /** Write the references of rows also as external references of relationships. */
  readonly externalReferences: boolean
}

/** Profiles by their names in `--stix-profile`. See docs/stix.md. */
export const stixProfiles = {
  'tip': { techniques: 'embedded', shape: 'full', extension: true, externalReferences: false },
  'opencti': { techniques: 'embedded', shape: 'full', extension: false, externalReferences: false },
  'spec': { techniques: 'embedded', shape: 'full', extension: true, externalReferences: true },
  'attack-present': { techniques: 'referenced', shape: 'full', extension: true, externalReferences: false },
  'mapex': { techniques: 'embedded', shape: 'mapex', extension: false, externalReferences: false },
} as const satisfies Record<string, StixProfile>

/** Types of the objects that capabilities and rows become. */
export interface BundleShape {
  readonly object: CapabilityObject['type']
  readonly relationshipOf: (row: MappedRow) => { readonly type: string; readonly reversed?: boolean }
}

/** Object types for the mappings of a framework in a profile. */
export function bundleShape({ stix }: Framework, { shape }: Pick<StixProfile, 'shape'>): BundleShape {
  if (shape === 'full') return { object: stix.object, relationshipOf: (row) => chooseRelationship(stix, row) }
  return {
    // mapex writes vulnerabilities and attack patterns as such, and all other capabilities as infrastructure.
    object: stix.object === 'course-of-action' ? 'infrastructure' : stix.object,
    relationshipOf: (row) => ({ type: mapexRelationshipType(row.relation) }),
  }
}

/** Maximum length of a relationship type, longer than any mapping type; documents may be hostile. */
const longestType = 100

/**
 * Converts a mapping type to a relationship type: lower-case letters, digits and hyphens (STIX 2.1, section 5.1), `-` for `_` as
 * in mapex. `related-to` without a mapping type.
 */
export function mapexRelationshipType(relation: string | undefined): string {
  const words = (relation ?? '').toLowerCase().split(/[^a-z0-9]+/).filter((word) => word !== '')
  const type = words.join('-').slice(0, longestType).replace(/-$/, '')
  return type === '' ? 'related-to' : type
}
