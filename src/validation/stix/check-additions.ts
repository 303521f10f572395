import { fieldOf, isObject, type TreeValue } from '../../formats/decoded.js'
import { checkOf } from './check-value.js'
import { showValue, type Site } from './fault-log.js'
import { typeInId } from './check-ids.js'

const extensionTypes: ReadonlySet<TreeValue> = new Set([
  'new-sdo', 'new-sco', 'new-sro', 'property-extension', 'toplevel-property-extension',
])

/**
 * Checks `extensions` (STIX 2.1, section 7.3). A key is the id of an extension definition, or the name of a predefined extension,
 * which `checkKnown` checks; it returns false for other keys.
 */
export function checkExtensions(
  value: TreeValue, site: Site, checkKnown: (key: string, extension: TreeValue, site: Site) => boolean,
): void {
  const fail = (message: string, found: TreeValue): void => site.report({
    code: 'verify/schema', message, found: showValue(found),
  })
  if (!isObject(value) || Object.keys(value).length === 0) {
    fail('extensions is not a non-empty object of extensions', value)
    return
  }
  for (const [key, extension] of Object.entries(value)) {
    site.steps.push(key)
    if (!isObject(extension) || Object.keys(extension).length === 0) {
      fail('an extension is not a non-empty object', extension)
    } else if (!checkKnown(key, extension, site)) checkForeign(key, extension)
    site.steps.pop()
  }

  function checkForeign(key: string, extension: TreeValue): void {
    if (key.length < 250 && /^[a-z][a-z0-9-]*-ext$/.test(key)) return
    if (typeInId(key) !== 'extension-definition') fail('a key of extensions is not the id of an extension definition', key)
    const type = fieldOf(extension, 'extension_type') ?? null
    if (!extensionTypes.has(type)) {
      site.report({
        code: 'verify/schema', message: 'extensions: extension_type is not one that STIX defines', found: showValue(type),
        expected: Array.from(extensionTypes, String).join(', '),
      })
    }
  }
}

const hex = checkOf('hex', 'a property whose name ends in _hex')
const binary = checkOf('binary', 'a property whose name ends in _bin')

/** Checks a property that STIX does not define: its name, and that it is not empty (STIX 2.1, section 3.1). */
export function checkCustomField(name: string, value: TreeValue, reserved: ReadonlySet<string>, site: Site): void {
  if (reserved.has(name)) site.report({
    code: 'verify/schema', message: `${name} is a property name that the specification reserves`, steps: [name],
  })
  else if (!/^[a-z][a-z0-9_]{2,249}$/.test(name)) {
    site.report({
      code: 'verify/schema', message: 'a property name is not 3 to 250 lower-case letters, digits and underscores',
      found: showValue(name),
    })
  }
  site.steps.push(name)
  if (value === null || (Array.isArray(value) && value.length === 0)) {
    site.report({
      code: 'verify/schema', message: 'a custom property is null or an empty list; STIX omits such properties',
      found: showValue(value),
    })
  } else if (name.endsWith('_hex')) hex(value, site)
  else if (name.endsWith('_bin')) binary(value, site)
  site.steps.pop()
}
