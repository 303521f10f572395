import { isRecord } from '../../model/stated.js'
import { compareText, toWellFormed } from '../../model/text.js'

/** Any JSON object; its properties are not validated. */
export type StixObject = Readonly<Record<string, unknown>>

/**
 * Parses the JSON of one object, and replaces lone surrogates in its texts by U+FFFD: emitters write names of ATT&CK too. Undefined if
 * it is not an object. Throws SyntaxError.
 */
export function parseStixObject(json: string): StixObject | undefined {
  const value: unknown = JSON.parse(json)
  if (!isRecord(value)) return undefined
  // Only an escape can state a lone surrogate: most objects have none.
  return json.includes('\\u') ? toWellFormed(value).value : value
}

/** Text of a property; undefined if it is absent, empty or not a string. */
export function textOf(object: StixObject, property: string): string | undefined {
  const value = object[property]
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** Objects in an array property; empty if the property is not an array. */
export function objectsOf(object: StixObject, property: string): readonly StixObject[] {
  const value = object[property]
  return Array.isArray(value) ? value.filter(isRecord) : []
}

/** Strings in an array property; empty if the property is not an array. */
export function textsOf(object: StixObject, property: string): readonly string[] {
  const value = object[property]
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : []
}

/**
 * ATT&CK id of an object: the `external_id` of a reference whose source is `mitre-attack` or, in older releases,
 * `mitre-mobile-attack` or `mitre-ics-attack`; references to other sources (NIST Mobile Threat Catalogue, CAPEC) have ids too.
 * An id of the given form wins over ids of early releases (MOB-T1001).
 */
export function attackId(object: StixObject, form: RegExp): string | undefined {
  const ids = objectsOf(object, 'external_references')
    .filter((reference) => /^mitre-(?:[a-z]{1,20}-)?attack$/.test(textOf(reference, 'source_name') ?? ''))
    .flatMap((reference) => textOf(reference, 'external_id') ?? [])
    .filter((id) => /^[A-Za-z0-9.-]{1,40}$/.test(id))
  return ids.find((id) => form.test(id)) ?? ids[0]
}

/** The objects of a bundle that the index is built from. */
export interface BundleObjects {
  readonly collections: readonly StixObject[]
  readonly matrices: readonly StixObject[]
  readonly tactics: readonly StixObject[]
  readonly techniques: readonly StixObject[]
  /** `revoked-by` relationships, except those that are themselves revoked or deprecated. */
  readonly revocations: readonly StixObject[]
}

/** Groups the objects of a bundle by type; types that the index does not use are skipped. */
export function sortObjects(objects: readonly unknown[]): BundleObjects {
  const byType = new Map<string, StixObject[]>()
  for (const object of objects) {
    if (!isRecord(object)) continue
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

/** Platforms as a technique has them: sorted, each once. "None" says that none apply; a name with a comma could not be stored. */
export function describePlatforms(stated: readonly string[]): { readonly platforms?: readonly string[] } {
  const platforms = [...new Set(stated)].filter((name) => name !== 'None' && name !== '' && !name.includes(',')).toSorted(compareText)
  return platforms.length === 0 ? {} : { platforms }
}
