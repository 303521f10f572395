import type { TreeValue } from '../../formats/decoded.js'
import { fieldOf, isTreeObject, textOf, type TreeObject } from '../tree-fields.js'
import { checkCustomField } from './check-custom-field.js'
import { checkExtensions } from './check-extensions.js'
import { checkMarking } from './check-marking.js'
import { checkSelectors } from './check-selectors.js'
import { checkTimes } from './check-times.js'
import { markingFields, observableFields, reservedFields, versionedFields } from './common-fields.js'
import { checkFields, compileRules, type CompiledRules, type PartChecks } from './compile-rules.js'
import { domainObjects } from './domain-objects.js'
import { observableExtensions } from './observable-extensions.js'
import { observables } from './observables.js'
import { markingDefinition, otherObjects } from './other-objects.js'
import { showValue } from './show-value.js'
import type { Site } from './site.js'
import { typeInId } from './stix-ids.js'
import type { FieldRules, TypeRules } from './type-rules.js'

/** What an object has that STIX does not define. */
export interface Custom {
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
    const named = typeof id === 'string' ? typeInId(id) : undefined
    if (named !== undefined && (type === undefined || named === type)) return
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
