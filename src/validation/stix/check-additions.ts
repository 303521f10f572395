import type { TreeValue } from '../../formats/decoded.js'
import { fieldOf, isTreeObject } from '../../formats/tree-fields.js'
import { checkOf } from './check-value.js'
import { showValue, type Site } from './fault-log.js'
import { typeInId } from './stix-ids.js'

const extensionTypes: ReadonlySet<TreeValue> = new Set([
  'new-sdo', 'new-sco', 'new-sro', 'property-extension', 'toplevel-property-extension',
])

/**
 * The extensions of an object by their keys (STIX 2.1, section 7.3): ids of definitions, or names that the specification
 * defines.
 */
export function checkExtensions(
  value: TreeValue, site: Site, checkKnown: (key: string, extension: TreeValue, site: Site) => boolean,
): void {
  const wrong = (message: string, found: TreeValue): void => site.tell({
    code: 'verify/schema', message, found: showValue(found),
  })
  if (!isTreeObject(value) || Object.keys(value).length === 0) {
    wrong('extensions is not an object of extensions by key', value)
    return
  }
  for (const [key, extension] of Object.entries(value)) {
    site.steps.push(key)
    if (!isTreeObject(extension) || Object.keys(extension).length === 0) {
      wrong('extensions holds a value that is no object with properties', extension)
    } else if (!checkKnown(key, extension, site)) checkForeign(key, extension)
    site.steps.pop()
  }

  function checkForeign(key: string, extension: TreeValue): void {
    if (key.length < 250 && /^[a-z][a-z0-9-]*-ext$/.test(key)) return
    if (typeInId(key) !== 'extension-definition') wrong('extensions has a key that is no id of an extension definition', key)
    const type = fieldOf(extension, 'extension_type') ?? null
    if (!extensionTypes.has(type)) {
      site.tell({
        code: 'verify/schema', message: 'extensions: extension_type is none that STIX knows', found: showValue(type),
        expected: Array.from(extensionTypes, String).join(', '),
      })
    }
  }
}

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
