import { textOf, type TreeObject } from '../tree-fields.js'
import { showValue } from './show-value.js'
import type { Site } from './site.js'

/** Sources whose ids the specification ties to a form (STIX 2.1, section 2.5.2). */
const sources = [
  { name: 'cve', form: /^CVE-\d{4}-(?:0\d{3}|[1-9]\d{3,})$/, like: 'CVE-2021-44228' },
  { name: 'capec', form: /^CAPEC-\d+$/, like: 'CAPEC-550' },
] as const

/** The id that an external reference cites, where its source is one that the specification names. */
export function checkCitedId(reference: TreeObject, site: Site): void {
  const [source, id] = [textOf(reference, 'source_name'), textOf(reference, 'external_id')]
  for (const { name, form, like } of sources) {
    if (source === name && (id === undefined || !form.test(id))) {
      site.tell({
        code: 'verify/schema', message: `external_references: the source ${name} takes an id of its form`,
        expected: `an external_id such as ${like}`,
        ...(id !== undefined && { found: showValue(id) }),
      })
    }
    if (source !== name && id !== undefined && form.test(id)) {
      site.tell({
        code: 'verify/doubtful',
        message: `external_references: an id of the form of ${name} stands under another source: programs look for ${name}`,
        found: showValue(source ?? null), expected: `"${name}"`,
      })
    }
  }
}
