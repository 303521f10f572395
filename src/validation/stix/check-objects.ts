import { fieldOf, isObject, textOf, type TreeObject, type TreeValue } from '../../formats/decoded.js'
import { checkCustomField, checkExtensions } from './check-additions.js'
import { checkMarking, checkSelectors } from './check-markings.js'
import { checkTimes } from './check-times.js'
import { checkFields, type CompiledRules, compileRules, type PartChecks } from './compile-rules.js'
import { type FaultLog, showValue, type Site } from './fault-log.js'
import { domainObjects, markingDefinition, otherObjects } from './object-rules.js'
import { observableExtensions, observables } from './observables.js'
import { typeInId } from './check-ids.js'
import { type FieldRules, markingFields, observableFields, reservedFields, type TypeRules, versionedFields } from './type-rules.js'

/** Checks each object on its own. Returns a sentence on the types and properties that STIX does not define; undefined if all are. */
export function checkObjects(
  objects: readonly TreeValue[], bundleVersion: '2.0' | '2.1', { report }: FaultLog,
): string | undefined {
  const customTypes = new Map<string, number>()
  const customFields = new Map<string, number>()
  const steps: (string | number)[] = []
  for (let index = 0; index < objects.length; index += 1) {
    const object = objects[index] ?? null
    if (!isObject(object)) {
      report(index, { code: 'verify/schema', message: 'the entry is not a JSON object', found: showValue(object) })
      continue
    }
    const type = textOf(object, 'type')
    const about = type?.slice(0, 40)
    const stated = textOf(object, 'spec_version')
    const site: Site = {
      steps,
      // `steps` is not copied here: a bundle may have millions of faults.
      report: (fault) => report(index, fault, about, steps),
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

/** How many names the note on custom types and properties lists. */
const mostListed = 8

/** Names come from the document: their number is capped, so that they can't exhaust memory. */
function count(counts: Map<string, number>, name: string): void {
  if (counts.has(name) || counts.size < 1000) counts.set(name, (counts.get(name) ?? 0) + 1)
}

function describe(counts: ReadonlyMap<string, number>, what: string): string | undefined {
  if (counts.size === 0) return undefined
  const shown = [...counts].slice(0, mostListed).map(([name, times]) => `${name.slice(0, 60)} (${times})`)
  const more = counts.size > mostListed ? `, and ${counts.size < 1000 ? counts.size - mostListed : 'many'} more` : ''
  return `${counts.size < 1000 ? counts.size : '1000 or more'} of the ${what}: ${shown.join(', ')}${more}`
}

/** The parts of an object that STIX does not define: its type, and names of properties. */
interface Custom {
  readonly type: boolean
  readonly fields: readonly string[]
}

const parts: PartChecks = {
  extensions: (value, site) => checkExtensions(value, site, checkKnownExtension),
  observables: checkContainer,
}
const compiled = new Map<string, CompiledRules>()

function rulesFor(key: string, rules: TypeRules | undefined, common: FieldRules): CompiledRules {
  let ready = compiled.get(key)
  if (!ready) {
    ready = compileRules(rules ?? { fields: {} }, parts, common)
    compiled.set(key, ready)
  }
  return ready
}

/** The rules of a type that the specification defines; undefined for other types. */
function knownRules(type: string): CompiledRules | undefined {
  if (type === 'marking-definition') return rulesFor(type, markingDefinition, markingFields)
  if (Object.hasOwn(domainObjects, type)) return rulesFor(type, domainObjects[type], versionedFields)
  if (Object.hasOwn(otherObjects, type)) return rulesFor(type, otherObjects[type], versionedFields)
  return Object.hasOwn(observables, type) ? rulesFor(type, observables[type], observableFields) : undefined
}

/** The rules of the common properties, for a custom type: an object with `created` or `modified` is taken for one with versions. */
function customRules(object: TreeObject): CompiledRules {
  const hasVersions = ['created', 'modified'].some((name) => fieldOf(object, name) !== undefined)
  return hasVersions
    ? rulesFor('custom with versions', undefined, versionedFields)
    : rulesFor('custom', undefined, observableFields)
}

/** Checks an object by the rules of its type. Returns the parts that STIX does not define, which one note of the bundle lists. */
export function checkObject(object: TreeObject, site: Site): Custom {
  const type = textOf(object, 'type')
  checkIdentifier(object, type, site)
  const known = type === undefined ? undefined : knownRules(type)
  const rules = known ?? customRules(object)
  checkFields(object, rules, site)
  const fields = Object.keys(object).filter((name) => name !== 'type' && name !== 'id' && !rules.fields.has(name))
  for (const name of fields) checkCustomField(name, object[name] ?? null, reservedFields, site)
  checkTimes(object, rules.rules.times, site)
  if (Object.hasOwn(object, 'granular_markings')) checkSelectors(object, site)
  if (type === 'marking-definition') checkMarking(object, site)
  if (type === 'malware' && object['is_family'] === true && !Object.hasOwn(object, 'name')) {
    site.report({ code: 'verify/schema', message: 'name is missing; malware with is_family true requires it' })
  }
  if (type === 'email-message') checkBody(object, site)
  if (type === 'network-traffic' && object['is_active'] === true && Object.hasOwn(object, 'end')) {
    site.report({ code: 'verify/schema', message: 'end is not allowed when is_active is true', steps: ['end'] })
  }
  return { type: known === undefined && type !== undefined, fields: known ? fields : [] }
}

function checkIdentifier(object: TreeObject, type: string | undefined, site: Site): void {
  const id = fieldOf(object, 'id')
  if (type === undefined) site.report({ code: 'verify/schema', message: 'type is missing' })
  else if (!/^[a-z][a-z0-9-]{2,249}$/.test(type)) {
    site.report({
      code: 'verify/schema', message: 'type is not 3 to 250 lower-case letters, digits and hyphens', found: showValue(type),
      steps: ['type'],
    })
  }
  if (id === undefined) site.report({ code: 'verify/schema', message: 'id is missing' })
  else {
    const idType = typeof id === 'string' ? typeInId(id) : undefined
    if (idType !== undefined && (type === undefined || idType === type)) return
    site.report({
      code: 'verify/schema', message: "id is not the object's type, two hyphens and a UUID", found: showValue(id),
      steps: ['id'],
    })
  }
}

/** An email has `body_multipart` if `is_multipart` is true, else `body` (STIX 2.1, section 6.6). */
function checkBody(object: TreeObject, site: Site): void {
  const isMultipart = object['is_multipart'] === true
  const name = isMultipart ? 'body' : 'body_multipart'
  if (Object.hasOwn(object, name)) {
    const message = `${name} is not allowed ${isMultipart ? 'when' : 'unless'} is_multipart is true`
    site.report({ code: 'verify/schema', message, steps: [name] })
  }
}

function checkKnownExtension(key: string, extension: TreeValue, site: Site): boolean {
  if (!Object.hasOwn(observableExtensions, key)) return false
  if (isObject(extension)) checkFields(extension, rulesFor(`extension ${key}`, observableExtensions[key], {}), site)
  return true
}

/** Checks the observables in the `objects` of observed data, by key (STIX 2.1, section 4.14; the only form in STIX 2.0). */
function checkContainer(value: TreeValue, site: Site): void {
  const fail = (message: string, found: TreeValue): void => site.report({
    code: 'verify/schema', message, found: showValue(found),
  })
  if (!isObject(value) || Object.keys(value).length === 0) {
    fail('objects is not a non-empty object of observables', value)
    return
  }
  const inside: Site = { ...site, isContained: true }
  for (const [name, observable] of Object.entries(value)) {
    site.steps.push(name)
    const type = textOf(observable, 'type')
    if (!isObject(observable) || type === undefined) {
      fail('an entry of objects is not an observable with a type', observable)
    } else if (site.version === '2.1' && Object.hasOwn(observables, type)) {
      // Observables of STIX 2.0 have other properties; the rules of 2.1 don't apply.
      checkFields(observable, rulesFor(type, observables[type], observableFields), inside)
    }
    site.steps.pop()
  }
}
