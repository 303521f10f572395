import type { TreeValue } from '../../formats/decoded.js'
import { isTreeObject, textOf, type TreeObject } from '../../formats/tree-fields.js'
import { checkOf, type CheckValue } from './check-value.js'
import { showValue, type Site } from './fault-log.js'
import { structRules } from './structs.js'
import type { FieldRules, TypeRules } from './type-rules.js'

/** The rules of a type or a part, made ready: properties by name, and what is required of them together. */
export interface CompiledRules {
  readonly rules: TypeRules
  readonly fields: ReadonlyMap<string, CheckValue>
  readonly required: readonly (readonly [name: string, since21: boolean, message: string])[]
  /** The names of the properties that are the type's own, and not common to many. */
  readonly own: readonly string[]
  /** What messages put before the names of properties: '' at the top, "external_references." in a part. */
  readonly prefix: string
}

/** Checks that kinds with parts of their own need: extensions and containers of observables are handed in from above. */
export interface PartChecks {
  readonly extensions: CheckValue
  readonly observables: CheckValue
}

/** Makes rules ready. Done once for each type and part that turns up. */
export function compileRules(rules: TypeRules, parts: PartChecks, common: FieldRules = {}, prefix = ''): CompiledRules {
  const fields = new Map<string, CheckValue>()
  const required: (readonly [string, boolean, string])[] = []
  for (const [name, rule] of Object.entries({ ...common, ...rules.fields })) {
    const [kind, since] = splitRule(rule)
    fields.set(name, compileKind(kind, `${prefix}${name}`, parts))
    if (since !== undefined) required.push([name, since === 'since 2.1', `${prefix}${name} is missing`])
  }
  return { rules, fields, required, own: Object.keys(rules.fields), prefix }
}

function splitRule(rule: string): readonly [kind: string, required: 'always' | 'since 2.1' | undefined] {
  if (rule.endsWith('!2.1')) return [rule.slice(0, -4), 'since 2.1']
  return rule.endsWith('!') ? [rule.slice(0, -1), 'always'] : [rule, undefined]
}

function compileKind(kind: string, label: string, parts: PartChecks): CheckValue {
  if (kind === 'extensions') return parts.extensions
  if (kind === 'observables') return parts.observables
  if (kind.startsWith('list ')) return checkList(compileKind(kind.slice(5), label, parts), label)
  if (kind === 'dictionary') return (value, site) => checkDictionary(value, label, site, undefined)
  if (kind.startsWith('dictionary ')) {
    const item = compileKind(kind.slice(11), label, parts)
    return (value, site) => checkDictionary(value, label, site, item)
  }
  if (!kind.startsWith('struct ')) return checkOf(kind, label)
  const rules = structRules(kind.slice(7))
  if (!rules) throw new Error(`No part is called ${kind}`)
  const compiled = compileRules(rules, parts, {}, `${label}.`)
  const isCitation = kind === 'struct external-reference'
  return (value, site) => {
    if (isTreeObject(value)) {
      checkFields(value, compiled, site)
      if (isCitation) checkCitedId(value, site)
    } else site.tell({ code: 'verify/schema', message: `${label} is not an object`, found: showValue(value) })
  }
}

function checkList(item: CheckValue, label: string): CheckValue {
  return (value, site) => {
    if (!Array.isArray(value)) {
      site.tell({ code: 'verify/schema', message: `${label} is not a list`, found: showValue(value) })
      return
    }
    if (value.length === 0) site.tell({ code: 'verify/schema', message: `${label} is an empty list: STIX leaves it out` })
    for (let index = 0; index < value.length; index += 1) {
      site.steps.push(index)
      item(value[index] ?? null, site)
      site.steps.pop()
    }
  }
}

/** Checks the properties that the rules name, and what they require of them together. Others are for who knows the object. */
export function checkFields(object: TreeObject, compiled: CompiledRules, site: Site): void {
  const { rules, fields, required, prefix } = compiled
  for (const name of Object.keys(object)) {
    const check = fields.get(name)
    if (!check) continue
    site.steps.push(name)
    check(object[name] ?? null, site)
    site.steps.pop()
  }
  const has = (name: string): boolean => Object.hasOwn(object, name)
  const lacks = (what: string): void => site.tell({ code: 'verify/schema', message: what })
  for (const [name, since21, message] of required) {
    if (!has(name) && !(since21 && site.version === '2.0')) lacks(message)
  }
  if (rules.notEmpty && !(compiled.own.some(has))) {
    lacks(`${prefix === '' ? 'the object' : prefix.slice(0, -1)} has no property of its own`)
  }
  const groups = rules.oneGroupOf
  if (groups && !groups.some((group) => group.every(has))) {
    lacks(`${prefix}${groups.map((group) => group.join(' with ')).join(' or ')} is missing`)
  }
  const choice = rules.exactlyOneOf
  if (choice && choice.filter(has).length !== 1) lacks(`${prefix}${choice.join(' or ')}: exactly one of them has to stand there`)
  for (const [name, ...others] of rules.needs ?? []) {
    if (!has(name)) continue
    for (const other of others) if (!has(other)) lacks(`${prefix}${name} stands without ${other}`)
  }
}

/** A dictionary (STIX 2.1, section 2.4): not empty, names of ASCII letters, digits, hyphens and underscores, no null. */
function checkDictionary(value: TreeValue, label: string, site: Site, item: CheckValue | undefined): void {
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

/** Sources whose ids the specification ties to a form (STIX 2.1, section 2.5.2). */
const sources = [
  { name: 'cve', form: /^CVE-\d{4}-(?:0\d{3}|[1-9]\d{3,})$/, like: 'CVE-2021-44228' },
  { name: 'capec', form: /^CAPEC-\d+$/, like: 'CAPEC-550' },
] as const

/** The id that an external reference cites, where its source is one that the specification names. */
function checkCitedId(reference: TreeObject, site: Site): void {
  const [source, id] = [textOf(reference, 'source_name'), textOf(reference, 'external_id')]
  for (const { name, form, like } of sources) {
    if (source === name && (id === undefined || !form.test(id))) {
      site.tell({
        code: 'verify/schema', message: `external_references: the source ${name} takes an id of its form`,
        expected: `an external_id such as ${like}`,
        ...(id !== undefined && { found: showValue(id) }),
      })
    }
    if (source !== name && id !== undefined && form.test(id)) {
      site.tell({
        code: 'verify/doubtful',
        message: `external_references: an id of the form of ${name} stands under another source: programs look for ${name}`,
        found: showValue(source ?? null), expected: `"${name}"`,
      })
    }
  }
}
