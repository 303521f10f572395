import { readdirSync, readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { shared } from './shared.js'

const base = 'http://raw.githubusercontent.com/oasis-open/cti-stix2-json-schemas/stix2.1/schemas'

/**
 * What OASIS' JSON schema of an object's type has against the object; nothing when it is valid. By type, not through
 * bundle.json, whose `anyOf` hides errors. Only to be called where `sharedFolder` is defined.
 */
export function loadOasisSchemas(): (object: { readonly type: string }) => readonly string[] {
  const ajv = new Ajv2020({ strict: false, unicodeRegExp: false })
  addFormats.default(ajv)
  const folders = new Map<string, string>()
  for (const folder of ['common', 'sdos', 'sros', 'observables']) {
    for (const file of readdirSync(shared(`stix-schemas/${folder}`))) {
      ajv.addSchema(JSON.parse(readFileSync(shared(`stix-schemas/${folder}/${file}`), 'utf8')))
      folders.set(file.replace('.json', ''), folder)
    }
  }
  return (object) => {
    const validate = ajv.getSchema(`${base}/${folders.get(object.type) ?? 'unknown'}/${object.type}.json`)
    if (!validate) return [`no schema for ${object.type}`]
    return validate(object) === true ? [] : (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message ?? ''}`)
  }
}
