import type { TreeValue } from '../../../formats/decoded.js'
import { itemsOf, textOf } from '../../tree-fields.js'
import type { BundleGraph } from '../bundle-graph.js'
import type { FaultLog } from '../fault-log.js'

/**
 * What looks like a date to a person and to the library that OpenCTI searches texts with: 2024-12-31, 31 December 2024,
 * 12/31/2024.
 */
const months = 'jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec'
const date = new RegExp(
  `\\b(?:\\d{4}-\\d{1,2}-\\d{1,2}|\\d{1,2}[./]\\d{1,2}[./]\\d{4}|(?:${months})[a-z]{0,6}\\.? (?:\\d{1,2},? )?\\d{4})\\b`, 'i',
)

/**
 * External references. OpenCTI knows one by its url alone, or else by source and id, and one with neither not at all
 * (client-python/pycti/utils/opencti_stix2_identifier.py, external_reference_generate_id, commit 75a47bb). Of a relationship it
 * takes the first date in a reference's description, or source, for its time (opencti_stix2.py, import_relationship, commit
 * 923b9e3).
 */
export function checkOpenctiReferences({ objects }: BundleGraph, { tell }: FaultLog): void {
  const urls = new Map<string, string>()
  for (const { index, type, object } of objects) {
    for (const [nth, reference] of itemsOf(object, 'external_references').entries()) {
      const steps = ['external_references', nth]
      const [url, id, source] = ['url', 'external_id', 'source_name'].map((name) => textOf(reference, name))
      if (url === undefined && (id === undefined || source === undefined)) {
        tell(index, {
          code: 'verify/platform', message: 'OpenCTI drops an external reference that has neither a url nor an external_id',
          steps,
        })
      }
      if (url !== undefined) {
        const cited = JSON.stringify([source ?? null, id ?? null])
        const first = urls.get(url)
        if (first === undefined) urls.set(url, cited)
        else if (first !== cited) {
          tell(index, {
            code: 'verify/platform',
            message: 'OpenCTI makes one of all external references with the same url: source and id of one of them are lost',
            found: cited.slice(0, 200), expected: first.slice(0, 200), steps: [...steps, 'url'],
          })
        }
      }
      if (type === 'relationship' && !hasTime(object) && date.test(dated(reference).slice(0, 2000))) {
        tell(index, {
          code: 'verify/platform', message: 'OpenCTI takes a date in an external reference for the time of the relationship',
          found: dated(reference).slice(0, 200), steps,
        })
      }
    }
  }
}

function dated(reference: TreeValue): string {
  return textOf(reference, 'description') ?? textOf(reference, 'source_name') ?? ''
}

function hasTime(object: TreeValue): boolean {
  return textOf(object, 'start_time') !== undefined && textOf(object, 'stop_time') !== undefined
}
