import type { TreeValue } from '../../formats/decoded.js'
import { isTreeObject, textOf } from '../tree-fields.js'
import { checkObject } from './check-object.js'
import type { FaultLog } from './fault-log.js'
import { showValue } from './show-value.js'
import type { Site } from './site.js'

/** How many names stand in the note on what STIX does not define. */
const named = 8

/** Checks every object by itself. Gives a sentence on what STIX does not define in them, if there is such. */
export function checkObjects(
  objects: readonly TreeValue[], bundleVersion: '2.0' | '2.1', { tell }: FaultLog,
): string | undefined {
  const customTypes = new Map<string, number>()
  const customFields = new Map<string, number>()
  const steps: (string | number)[] = []
  for (let index = 0; index < objects.length; index += 1) {
    const object = objects[index] ?? null
    if (!isTreeObject(object)) {
      tell(index, { code: 'verify/schema', message: 'an object of a bundle is a JSON object', found: showValue(object) })
      continue
    }
    const type = textOf(object, 'type')
    const about = type?.slice(0, 40)
    const stated = textOf(object, 'spec_version')
    const site: Site = {
      steps,
      // Nothing is copied here: a bundle may have millions of faults.
      tell: (fault) => tell(index, fault, about, steps),
      version: stated === '2.0' || stated === '2.1' ? stated : bundleVersion,
      isContained: false,
    }
    const custom = checkObject(object, site)
    if (custom.type && type !== undefined) count(customTypes, type)
    for (const name of custom.fields) count(customFields, name)
  }
  const parts = [describe(customTypes, 'types'), describe(customFields, 'properties')].filter((part) => part !== undefined)
  return parts.length === 0 ? undefined : `STIX does not define ${parts.join(' and ')}`
}

/** Names come from the document: no more are kept than a note can hold something of. */
function count(counts: Map<string, number>, name: string): void {
  if (counts.has(name) || counts.size < 1000) counts.set(name, (counts.get(name) ?? 0) + 1)
}

function describe(counts: ReadonlyMap<string, number>, what: string): string | undefined {
  if (counts.size === 0) return undefined
  const shown = [...counts].slice(0, named).map(([name, times]) => `${name.slice(0, 60)} (${times})`)
  const more = counts.size > named ? `, and ${counts.size < 1000 ? counts.size - named : 'many'} more` : ''
  return `${counts.size < 1000 ? counts.size : '1000 or more'} of the ${what}: ${shown.join(', ')}${more}`
}
