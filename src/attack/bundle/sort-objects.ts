import { isStixObject, textOf, type StixObject } from './stix-object.js'

/** The objects of a bundle that the index is made of. */
export interface BundleObjects {
  readonly collections: readonly StixObject[]
  readonly matrices: readonly StixObject[]
  readonly tactics: readonly StixObject[]
  readonly techniques: readonly StixObject[]
  /** `revoked-by` relationships that are themselves neither revoked nor deprecated. */
  readonly revocations: readonly StixObject[]
}

/** Puts a bundle's objects in order by type; the types that the index has no use for are passed over. */
export function sortObjects(objects: readonly unknown[]): BundleObjects {
  const byType = new Map<string, StixObject[]>()
  for (const object of objects) {
    if (!isStixObject(object)) continue
    const type = textOf(object, 'type') ?? ''
    const found = byType.get(type)
    if (found) found.push(object)
    else byType.set(type, [object])
  }
  return {
    collections: byType.get('x-mitre-collection') ?? [],
    matrices: byType.get('x-mitre-matrix') ?? [],
    tactics: byType.get('x-mitre-tactic') ?? [],
    techniques: byType.get('attack-pattern') ?? [],
    revocations: (byType.get('relationship') ?? []).filter(isRevocation),
  }
}

function isRevocation(relationship: StixObject): boolean {
  return relationship['relationship_type'] === 'revoked-by' && !isWithdrawn(relationship)
}

/** Whether an object is revoked or deprecated. */
export function isWithdrawn(object: StixObject): boolean {
  return object['revoked'] === true || object['x_mitre_deprecated'] === true
}
