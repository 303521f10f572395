import type { Framework } from '../../frameworks/framework.js'
import type { MappedRow } from '../../model/mapping.js'
import { chooseRelationship } from './choose-relationship.js'
import { mapexRelationshipType } from './mapex-relationship-type.js'
import type { StixProfile } from './profiles.js'
import type { CapabilityObject } from './stix-object.js'

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
