import { itemsOf, textOf, type TreeValue } from '../../../formats/decoded.js'
import type { BundleGraph, PlacedObject } from '../check-times.js'
import type { FaultLog } from '../fault-log.js'

/**
 * The types that OpenCTI identifies by name, ignoring case and surrounding white space; identities by name and class.
 * Source: OpenCTI-Platform/opencti, opencti-platform/opencti-graphql/src/schema/identifier.js (stixBaseEntityContribution,
 * normalizeName), commit 001c315.
 */
const namedTypes: ReadonlySet<string> = new Set([
  'attack-pattern', 'campaign', 'course-of-action', 'identity', 'infrastructure', 'intrusion-set', 'malware', 'threat-actor',
  'tool', 'vulnerability',
])

/** Types that OpenCTI identifies by their MITRE id if they have one (same source). */
const mitreTypes: ReadonlySet<string> = new Set(['attack-pattern', 'course-of-action'])

/** Sources that the MITRE id is read from (client-python/pycti/entities/opencti_course_of_action.py, import_from_stix2, commit 01d897f). */
const mitreSources: ReadonlySet<string> = new Set(['mitre-attack', 'mitre-pre-attack', 'mitre-mobile-attack', 'amitt-attack'])

/** Reports objects and relationships that OpenCTI merges with earlier ones. */
export function checkOpenctiMerges({ objects, byId }: BundleGraph, { report }: FaultLog): void {
  const firsts = new Map<string, PlacedObject>()
  for (const placed of objects) {
    // Later versions of an object are meant to be merged.
    if (byId.get(placed.id) !== placed) continue
    const identity = identify(placed)
    if (identity === undefined) continue
    const first = firsts.get(identity.key)
    if (!first) firsts.set(identity.key, placed)
    else {
      report(placed.index, {
        code: 'verify/platform', message: `OpenCTI merges it with another object, which has ${identity.because}`,
        found: `the other is ${first.id.slice(0, 120)}, /objects/${first.index}`,
        ...(identity.step !== undefined && { steps: [identity.step] }),
      })
    }
  }
}

/** The identity of an object in OpenCTI: a key, and its description for messages. */
interface Identity {
  readonly key: string
  readonly because: string
  readonly step?: string
}

function identify({ type, object }: PlacedObject): Identity | undefined {
  const text = (name: string): string | undefined => textOf(object, name)
  if (type === 'relationship') {
    const key = JSON.stringify([type, ...['relationship_type', 'source_ref', 'target_ref', 'start_time', 'stop_time'].map(text)])
    return { key, because: 'the same type, source, target and times' }
  }
  if (!namedTypes.has(type)) return undefined
  const mitreId = mitreTypes.has(type) ? text('x_mitre_id') ?? citedMitreId(object) : undefined
  if (mitreId !== undefined) {
    return {
      key: JSON.stringify([type, 'id', mitreId]), because: 'the same type and MITRE id', step: 'external_references',
    }
  }
  const name = text('name')?.toLowerCase().trim()
  if (name === undefined || name === '') return undefined
  const key = JSON.stringify([type, 'name', name, type === 'identity' ? text('identity_class')?.toLowerCase() : undefined])
  return { key, because: 'the same type and name', step: 'name' }
}

/** The last MITRE id, as in OpenCTI. */
function citedMitreId(object: PlacedObject['object']): string | undefined {
  return itemsOf(object, 'external_references')
    .filter((reference) => mitreSources.has(textOf(reference, 'source_name') ?? ''))
    .map((reference) => textOf(reference, 'external_id'))
    .findLast((id) => id !== undefined)
}

const months = 'jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec'

/** Dates that the library which OpenCTI searches texts with recognises: 2024-12-31, December 31, 2024, 12/31/2024. */
const date = new RegExp(
  `\\b(?:\\d{4}-\\d{1,2}-\\d{1,2}|\\d{1,2}[./]\\d{1,2}[./]\\d{4}|(?:${months})[a-z]{0,6}\\.? (?:\\d{1,2},? )?\\d{4})\\b`, 'i',
)

/**
 * Reports external references that OpenCTI drops, merges or misreads. It identifies one by its url, else by source and id, and drops
 * one that has neither (client-python/pycti/utils/opencti_stix2_identifier.py, external_reference_generate_id, commit 75a47bb). It
 * uses the first date in the description, else the source, of a relationship's reference as the time of the relationship
 * (opencti_stix2.py, import_relationship, commit 923b9e3).
 */
export function checkOpenctiReferences({ objects }: BundleGraph, { report }: FaultLog): void {
  const urls = new Map<string, string>()
  for (const { index, type, object } of objects) {
    for (const [nth, reference] of itemsOf(object, 'external_references').entries()) {
      const steps = ['external_references', nth]
      const [url, id, source] = ['url', 'external_id', 'source_name'].map((name) => textOf(reference, name))
      if (url === undefined && (id === undefined || source === undefined)) {
        report(index, {
          code: 'verify/platform', message: 'OpenCTI drops an external reference that has neither a url nor an external_id',
          steps,
        })
      }
      if (url !== undefined) {
        const cited = JSON.stringify([source ?? null, id ?? null])
        const first = urls.get(url)
        if (first === undefined) urls.set(url, cited)
        else if (first !== cited) {
          report(index, {
            code: 'verify/platform',
            message: 'OpenCTI merges external references with the same url; source_name and external_id of one of them are lost',
            found: cited.slice(0, 200), expected: first.slice(0, 200), steps: [...steps, 'url'],
          })
        }
      }
      if (type === 'relationship' && !hasTime(object) && date.test(datedText(reference).slice(0, 2000))) {
        report(index, {
          code: 'verify/platform', message: 'OpenCTI uses a date in the external reference as the time of the relationship',
          found: datedText(reference).slice(0, 200), steps,
        })
      }
    }
  }
}

function datedText(reference: TreeValue): string {
  return textOf(reference, 'description') ?? textOf(reference, 'source_name') ?? ''
}

function hasTime(object: TreeValue): boolean {
  return textOf(object, 'start_time') !== undefined && textOf(object, 'stop_time') !== undefined
}
