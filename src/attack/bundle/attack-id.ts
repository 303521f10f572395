import { objectsOf, textOf, type StixObject } from './stix-object.js'

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
