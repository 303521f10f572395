import type { TreeValue } from '../../formats/decoded.js'
import { isTreeObject } from '../tree-fields.js'
import type { CheckValue } from './check-value.js'
import { showValue } from './show-value.js'
import type { Site } from './site.js'

/** A dictionary (STIX 2.1, section 2.4): not empty, names of ASCII letters, digits, hyphens and underscores, no null. */
export function checkDictionary(value: TreeValue, label: string, site: Site, item: CheckValue | undefined): void {
  if (!isTreeObject(value) || Object.keys(value).length === 0) {
    site.tell({ code: 'verify/schema', message: `${label} is not an object with names and values`, found: showValue(value) })
    return
  }
  for (const [name, entry] of Object.entries(value)) {
    site.steps.push(name)
    if (!/^[a-zA-Z0-9_-]{1,250}$/.test(name)) {
      site.tell({
        code: 'verify/schema',
        message: `${label} has a name with other characters than a-z, A-Z, 0-9, - and _, or of more than 250`,
        found: showValue(name),
      })
    }
    if (item) item(entry, site)
    else if (entry === null || (Array.isArray(entry) && entry.length === 0)) {
      site.tell({ code: 'verify/schema', message: `${label} has an empty value: STIX leaves it out`, found: showValue(entry) })
    }
    site.steps.pop()
  }
}
