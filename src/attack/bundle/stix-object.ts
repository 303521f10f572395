/** A JSON object of which nothing is known yet. */
export type StixObject = Readonly<Record<string, unknown>>

/** Whether a value is a JSON object. */
export function isStixObject(value: unknown): value is StixObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A property's text; undefined when it is absent, empty or something else. */
export function textOf(object: StixObject, property: string): string | undefined {
  const value = object[property]
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** The JSON objects in a property that is a list; empty when it is none. */
export function objectsOf(object: StixObject, property: string): readonly StixObject[] {
  const value = object[property]
  return Array.isArray(value) ? value.filter(isStixObject) : []
}

/** The texts in a property that is a list; empty when it is none. */
export function textsOf(object: StixObject, property: string): readonly string[] {
  const value = object[property]
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : []
}

/**
 * The ATT&CK id among an object's external references: the one whose source is MITRE's. Sources are `mitre-attack`, and in older
 * releases `mitre-mobile-attack` and `mitre-ics-attack`; other references (NIST's Mobile Threat Catalogue, CAPEC) have ids too.
 * Where there are several, the one of today's form wins over those of ATT&CK's early years (MOB-T1001).
 */
export function attackId(object: StixObject, form: RegExp): string | undefined {
  const ids = objectsOf(object, 'external_references')
    .filter((reference) => /^mitre-(?:[a-z]{1,20}-)?attack$/.test(textOf(reference, 'source_name') ?? ''))
    .flatMap((reference) => textOf(reference, 'external_id') ?? [])
    .filter((id) => /^[A-Za-z0-9.-]{1,40}$/.test(id))
  return ids.find((id) => form.test(id)) ?? ids[0]
}

/** T1553, T1553.002 */
export const techniqueIdForm = /^T\d{4}(?:\.\d{3})?$/
/** TA0001 */
export const tacticIdForm = /^TA\d{4}$/

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
