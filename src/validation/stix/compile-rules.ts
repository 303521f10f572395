import { isObject, textOf, type TreeObject, type TreeValue } from '../../formats/decoded.js'
import { checkOf, type CheckValue } from './check-value.js'
import { showValue, type Site } from './fault-log.js'
import { count } from './observables.js'
import type { FieldRules, TypeRules } from './type-rules.js'

/** The compiled rules of a type or a part: the check of each property, and the required properties. */
export interface CompiledRules {
  readonly rules: TypeRules
  readonly fields: ReadonlyMap<string, CheckValue>
  readonly required: readonly (readonly [name: string, since21: boolean, message: string])[]
  /** Names of the properties specific to the type, without the common ones. */
  readonly own: readonly string[]
  /** Precedes property names in messages: '' for a whole object, "external_references." for a part. */
  readonly prefix: string
}

/** Checks of kinds that contain objects with rules of their own; the caller, which knows those rules, passes them in. */
export interface PartChecks {
  readonly extensions: CheckValue
  readonly observables: CheckValue
}

/** Compiles rules; callers cache the result for each type. */
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
  if (!rules) throw new Error(`Unknown part: ${kind}`)
  const compiled = compileRules(rules, parts, {}, `${label}.`)
  const isCitation = kind === 'struct external-reference'
  return (value, site) => {
    if (isObject(value)) {
      checkFields(value, compiled, site)
      if (isCitation) checkCitedId(value, site)
    } else site.report({ code: 'verify/schema', message: `${label} is not an object`, found: showValue(value) })
  }
}

function checkList(item: CheckValue, label: string): CheckValue {
  return (value, site) => {
    if (!Array.isArray(value)) {
      site.report({ code: 'verify/schema', message: `${label} is not a list`, found: showValue(value) })
      return
    }
    if (value.length === 0) site.report({ code: 'verify/schema', message: `${label} is an empty list; STIX omits the property instead` })
    for (let index = 0; index < value.length; index += 1) {
      site.steps.push(index)
      item(value[index] ?? null, site)
      site.steps.pop()
    }
  }
}

/** Checks the properties that the rules name, and that the required ones are present. Ignores other properties. */
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
  const fail = (message: string): void => site.report({ code: 'verify/schema', message })
  for (const [name, since21, message] of required) {
    if (!has(name) && !(since21 && site.version === '2.0')) fail(message)
  }
  if (rules.notEmpty && !(compiled.own.some(has))) {
    fail(`${prefix === '' ? 'the object' : prefix.slice(0, -1)} has none of the properties that its type defines`)
  }
  const groups = rules.oneGroupOf
  if (groups && !groups.some((group) => group.every(has))) {
    fail(`${prefix}${groups.map((group) => group.join(' with ')).join(' or ')} is missing`)
  }
  const choice = rules.exactlyOneOf
  if (choice && choice.filter(has).length !== 1) fail(`${prefix}${choice.join(' or ')}: exactly one of them is required`)
  for (const [name, ...others] of rules.needs ?? []) {
    if (!has(name)) continue
    for (const other of others) if (!has(other)) fail(`${prefix}${name} is present, but ${other} is missing`)
  }
}

/** Checks a dictionary (STIX 2.1, section 2.4): not empty, keys of ASCII letters, digits, hyphens and underscores, no null. */
function checkDictionary(value: TreeValue, label: string, site: Site, item: CheckValue | undefined): void {
  if (!isObject(value) || Object.keys(value).length === 0) {
    site.report({ code: 'verify/schema', message: `${label} is not a non-empty object`, found: showValue(value) })
    return
  }
  for (const [name, entry] of Object.entries(value)) {
    site.steps.push(name)
    if (!/^[a-zA-Z0-9_-]{1,250}$/.test(name)) {
      site.report({
        code: 'verify/schema',
        message: `${label} has a key that is not 1 to 250 of the characters a-z, A-Z, 0-9, - and _`,
        found: showValue(name),
      })
    }
    if (item) item(entry, site)
    else if (entry === null || (Array.isArray(entry) && entry.length === 0)) {
      const message = `${label} has a value that is null or an empty list; STIX omits such entries`
      site.report({ code: 'verify/schema', message, found: showValue(entry) })
    }
    site.steps.pop()
  }
}

/** Sources for whose ids the specification prescribes a form (STIX 2.1, section 2.5.2). */
const sources = [
  { name: 'cve', form: /^CVE-\d{4}-(?:0\d{3}|[1-9]\d{3,})$/, like: 'CVE-2021-44228' },
  { name: 'capec', form: /^CAPEC-\d+$/, like: 'CAPEC-550' },
] as const

/** Checks the external_id of a reference to one of these sources, and the source of a reference with such an id. */
function checkCitedId(reference: TreeObject, site: Site): void {
  const [source, id] = [textOf(reference, 'source_name'), textOf(reference, 'external_id')]
  for (const { name, form, like } of sources) {
    if (source === name && (id === undefined || !form.test(id))) {
      site.report({
        code: 'verify/schema', message: `external_references: the external_id is not one of the source ${name}`,
        expected: `an external_id such as ${like}`,
        ...(id !== undefined && { found: showValue(id) }),
      })
    }
    if (source !== name && id !== undefined && form.test(id)) {
      site.report({
        code: 'verify/doubtful',
        message: `external_references: the external_id is one of ${name}, but source_name is different; programs look for ${name}`,
        found: showValue(source ?? null), expected: `"${name}"`,
      })
    }
  }
}

const registryTypes1 = 'REG_NONE|REG_SZ|REG_EXPAND_SZ|REG_BINARY|REG_DWORD|REG_DWORD_BIG_ENDIAN|REG_DWORD_LITTLE_ENDIAN|REG_LINK'
const registryTypes2 = 'REG_MULTI_SZ|REG_RESOURCE_LIST|REG_FULL_RESOURCE_DESCRIPTION|REG_RESOURCE_REQUIREMENTS_LIST|REG_QWORD'
const registryTypes3 = 'REG_INVALID_TYPE'

/** Parts of observables and of their extensions (STIX 2.1, section 6). */
const observableParts = {
  'mime-part': {
    fields: { body: 'text', body_raw_ref: 'ref artifact|file', content_type: 'text', content_disposition: 'text' },
    exactlyOneOf: ['body', 'body_raw_ref'],
  },
  'registry-value': {
    fields: {
      name: 'text', data: 'text', data_type: `enum ${registryTypes1}|${registryTypes2}|${registryTypes3}`,
    },
    notEmpty: true,
  },
  'x509-extensions': {
    fields: {
      basic_constraints: 'text', name_constraints: 'text', policy_constraints: 'text', key_usage: 'text',
      extended_key_usage: 'text', subject_key_identifier: 'text', authority_key_identifier: 'text',
      subject_alternative_name: 'text', issuer_alternative_name: 'text', subject_directory_attributes: 'text',
      crl_distribution_points: 'text', inhibit_any_policy: 'text', private_key_usage_period_not_before: 'time',
      private_key_usage_period_not_after: 'time', certificate_policies: 'text', policy_mappings: 'text',
    },
    notEmpty: true,
  },
  'alternate-data-stream': { fields: { name: 'text!', hashes: 'hashes', size: count } },
  'pe-section': { fields: { name: 'text!', size: count, entropy: 'number', hashes: 'hashes' } },
  'pe-optional-header': {
    fields: {
      magic_hex: 'hex', major_linker_version: 'integer', minor_linker_version: 'integer', size_of_code: count,
      size_of_initialized_data: count, size_of_uninitialized_data: count, address_of_entry_point: 'integer',
      base_of_code: 'integer', base_of_data: 'integer', image_base: 'integer', section_alignment: 'integer',
      file_alignment: 'integer', major_os_version: 'integer', minor_os_version: 'integer', major_image_version: 'integer',
      minor_image_version: 'integer', major_subsystem_version: 'integer', minor_subsystem_version: 'integer',
      win32_version_value_hex: 'hex', size_of_image: count, size_of_headers: count, checksum_hex: 'hex', subsystem_hex: 'hex',
      dll_characteristics_hex: 'hex', size_of_stack_reserve: count, size_of_stack_commit: count, size_of_heap_reserve: count,
      size_of_heap_commit: count, loader_flags_hex: 'hex', number_of_rva_and_sizes: 'integer', hashes: 'hashes',
    },
    notEmpty: true,
  },
} as const satisfies Record<string, TypeRules>

/** Parts of objects (STIX 2.1, section 2), by the name that field rules use. */
const structs = {
  'external-reference': {
    fields: { source_name: 'text!', description: 'text', url: 'url', hashes: 'hashes', external_id: 'text' },
    oneGroupOf: [['description'], ['url'], ['external_id']],
  },
  'kill-chain-phase': { fields: { kill_chain_name: 'text!', phase_name: 'text!' } },
  'granular-marking': {
    fields: { lang: 'text', marking_ref: 'ref marking-definition', selectors: 'list form selector!' },
    exactlyOneOf: ['lang', 'marking_ref'],
  },
  ...observableParts,
} as const satisfies Record<string, TypeRules>

/** The rules of a part, by the name in `struct …` field rules; undefined for an unknown one. */
export function structRules(name: string): TypeRules | undefined {
  const all: Readonly<Record<string, TypeRules>> = structs
  return Object.hasOwn(all, name) ? all[name] : undefined
}
