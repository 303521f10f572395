import type { TreeValue } from '../../formats/decoded.js'
import { fieldOf, isTreeObject } from '../tree-fields.js'
import { showValue } from './show-value.js'
import type { Site } from './site.js'
import { typeInId } from './stix-ids.js'

const types: ReadonlySet<TreeValue> = new Set([
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
    if (!types.has(type)) {
      site.tell({
        code: 'verify/schema', message: 'extensions: extension_type is none that STIX knows', found: showValue(type),
        expected: Array.from(types, String).join(', '),
      })
    }
  }
}
