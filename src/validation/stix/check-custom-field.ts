import type { TreeValue } from '../../formats/decoded.js'
import { checkOf } from './check-value.js'
import { showValue } from './show-value.js'
import type { Site } from './site.js'

const hex = checkOf('hex', 'a property whose name ends in _hex')
const binary = checkOf('binary', 'a property whose name ends in _bin')

/** A property that STIX does not define: its name and that it says something (STIX 2.1, section 3.1). */
export function checkCustomField(name: string, value: TreeValue, reserved: ReadonlySet<string>, site: Site): void {
  if (reserved.has(name)) site.tell({
    code: 'verify/schema', message: `${name} is a name that the specification keeps for itself`, steps: [name],
  })
  else if (!/^[a-z][a-z0-9_]{2,249}$/.test(name)) {
    site.tell({
      code: 'verify/schema', message: 'a property has a name that is not of 3 to 250 small letters, digits and underscores',
      found: showValue(name),
    })
  }
  site.steps.push(name)
  if (value === null || (Array.isArray(value) && value.length === 0)) {
    site.tell({
      code: 'verify/schema', message: 'a property that STIX does not define is empty: STIX leaves it out',
      found: showValue(value),
    })
  } else if (name.endsWith('_hex')) hex(value, site)
  else if (name.endsWith('_bin')) binary(value, site)
  site.steps.pop()
}
