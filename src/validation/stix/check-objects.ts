import type { TreeValue } from '../../formats/decoded.js'
import { fieldOf, isTreeObject, textOf, type TreeObject } from '../../formats/tree-fields.js'
import { checkCustomField, checkExtensions } from './check-additions.js'
import { checkMarking, checkSelectors } from './check-markings.js'
import { checkTimes } from './check-times.js'
import { checkFields, type CompiledRules, compileRules, type PartChecks } from './compile-rules.js'
import { type FaultLog, showValue, type Site } from './fault-log.js'
import { domainObjects, markingDefinition, otherObjects } from './object-rules.js'
import { observableExtensions, observables } from './observables.js'
import { typeInId } from './stix-ids.js'
import { type FieldRules, markingFields, observableFields, reservedFields, type TypeRules, versionedFields } from './type-rules.js'

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

/** What an object has that STIX does not define. */
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

/** The rules of a type that the specification defines. */
function knownRules(type: string): CompiledRules | undefined {
  if (type === 'marking-definition') return rulesFor(type, markingDefinition, markingFields)
  if (Object.hasOwn(domainObjects, type)) return rulesFor(type, domainObjects[type], versionedFields)
  if (Object.hasOwn(otherObjects, type)) return rulesFor(type, otherObjects[type], versionedFields)
  return Object.hasOwn(observables, type) ? rulesFor(type, observables[type], observableFields) : undefined
}

/** Those of the common properties, for a type that it does not: one with dates has versions. */
function customRules(object: TreeObject): CompiledRules {
  const hasVersions = ['created', 'modified'].some((name) => fieldOf(object, name) !== undefined)
  return hasVersions
    ? rulesFor('custom with versions', undefined, versionedFields)
    : rulesFor('custom', undefined, observableFields)
}

/** What the specification requires of an object, whoever made it. Gives what it does not define, for one note in the end. */
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
    site.tell({ code: 'verify/schema', message: 'name is missing: a family of malware has one' })
  }
  if (type === 'email-message') checkBody(object, site)
  if (type === 'network-traffic' && object['is_active'] === true && Object.hasOwn(object, 'end')) {
    site.tell({ code: 'verify/schema', message: 'end stands on traffic that is_active says goes on', steps: ['end'] })
  }
  return { type: known === undefined && type !== undefined, fields: known ? fields : [] }
}

function checkIdentifier(object: TreeObject, type: string | undefined, site: Site): void {
  const id = fieldOf(object, 'id')
  if (type === undefined) site.tell({ code: 'verify/schema', message: 'type is missing' })
  else if (!/^[a-z][a-z0-9-]{2,249}$/.test(type)) {
    site.tell({
      code: 'verify/schema', message: 'type is not of small letters, digits and hyphens', found: showValue(type), steps: ['type'],
    })
  }
  if (id === undefined) site.tell({ code: 'verify/schema', message: 'id is missing' })
  else {
    const idType = typeof id === 'string' ? typeInId(id) : undefined
    if (idType !== undefined && (type === undefined || idType === type)) return
    site.tell({
      code: 'verify/schema', message: 'id is not the type of the object, two hyphens and a UUID', found: showValue(id),
      steps: ['id'],
    })
  }
}

/** Of an email either the body or its parts, whichever is_multipart says (STIX 2.1, section 6.6). */
function checkBody(object: TreeObject, site: Site): void {
  const wrong = object['is_multipart'] === true ? 'body' : 'body_multipart'
  if (Object.hasOwn(object, wrong)) {
    site.tell({ code: 'verify/schema', message: `${wrong} does not go with what is_multipart says`, steps: [wrong] })
  }
}

function checkKnownExtension(key: string, extension: TreeValue, site: Site): boolean {
  if (!Object.hasOwn(observableExtensions, key)) return false
  if (isTreeObject(extension)) checkFields(extension, rulesFor(`extension ${key}`, observableExtensions[key], {}), site)
  return true
}

/** The observables inside an object, by names of their own (STIX 2.1, section 4.14; the only form of STIX 2.0). */
function checkContainer(value: TreeValue, site: Site): void {
  const wrong = (message: string, found: TreeValue): void => site.tell({
    code: 'verify/schema', message, found: showValue(found),
  })
  if (!isTreeObject(value) || Object.keys(value).length === 0) {
    wrong('objects is not an object of observables by name', value)
    return
  }
  const inside: Site = { ...site, isContained: true }
  for (const [name, observable] of Object.entries(value)) {
    site.steps.push(name)
    const type = textOf(observable, 'type')
    if (!isTreeObject(observable) || type === undefined) {
      wrong('objects holds a value that is no observable with a type', observable)
    } else if (site.version === '2.1' && Object.hasOwn(observables, type)) {
      // Observables of 2.0 have other properties: they are not judged by those of 2.1.
      checkFields(observable, rulesFor(type, observables[type], observableFields), inside)
    }
    site.steps.pop()
  }
}
