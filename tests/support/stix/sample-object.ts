import { domainObjects, otherObjects } from '../../../src/validation/stix/object-rules.js'
import { observableExtensions, observables } from '../../../src/validation/stix/observables.js'
import { type FieldRules, markingFields, observableFields, type TypeRules, versionedFields } from '../../../src/validation/stix/type-rules.js'
import { structRules } from '../../../src/validation/stix/compile-rules.js'
import { openVocabulary, isVocabulary } from '../../../src/validation/stix/value-forms.js'

/** An object of JSON that tests may change. */
export type Sample = Record<string, unknown>

const uuid = '00000000-0000-4000-8000-000000000001'
const extensionKey = `extension-definition--${uuid}`

/** Values that satisfy kinds without parts. */
const values: Readonly<Record<string, unknown>> = {
  'text': 'text', 'flag': false, 'number': 1.5, 'integer': 7, 'time': '2024-06-01T00:00:00Z',
  'exact time': '2024-06-01T00:00:00.000Z',
  'url': 'https://example.org/a?b=c', 'hex': '0aFF', 'binary': 'aGVsbG8=', 'anything': 1,
  'hashes': { 'MD5': 'd41d8cd98f00b204e9800998ecf8427e', 'SHA-256': 'a'.repeat(64) },
  'dictionary': { name: 'value' }, 'dictionary text': { Title: 'value' }, 'dictionary integer': { SO_DEBUG: 1 },
  'dictionary word': { Make: 'value' }, 'dictionary header': { Received: 'value' }, 'email address': 'a@example.org',
  'dictionary list text': { Accept: ['value'] },
  'form relationship type': 'related-to', 'form selector': 'type', 'form mime type': 'text/plain',
  'form encoding': 'windows-1252',
  'form IPv4 address': '198.51.100.3', 'form IPv6 address': '2001:db8::1', 'form MAC address': 'd2:fb:49:24:37:18',
  'form CPE': 'cpe:2.3:a:vendor:product:1:*:*:*:*:*:*:*', 'form language': 'en', 'ref': `tool--${uuid}`,
}

/** Every type that the tables know. */
export const sampleTypes: readonly string[] = [
  ...Object.keys(domainObjects), ...Object.keys(otherObjects), ...Object.keys(observables), 'marking-definition',
]

/** The rules of a type, and the properties that it shares with others. */
export function rulesOf(type: string): { readonly rules: TypeRules; readonly common: FieldRules } {
  if (type === 'marking-definition') return { rules: { fields: { name: 'text', definition_type: 'text', definition: 'dictionary' } }, common: markingFields }
  const observable = observables[type]
  if (observable) return { rules: observable, common: observableFields }
  const rules = domainObjects[type] ?? otherObjects[type]
  if (!rules) throw new Error(`no rules for ${type}`)
  return { rules, common: versionedFields }
}

/** A sound object of a type with every property that goes with the others. */
export function sampleObject(type: string): Sample {
  const { rules, common } = rulesOf(type)
  const object: Sample = { type, id: `${type}--${uuid}`, ...fill({ ...common, ...rules.fields }, type) }
  leaveOut(object, type)
  for (const [earlier] of [...rules.times ?? [], ['created'] as const]) {
    if (object[earlier] !== undefined) object[earlier] = '2024-05-01T00:00:00.000Z'
  }
  return object
}

function fill(fields: FieldRules, type: string): Sample {
  return Object.fromEntries(Object.entries(fields).map(([name, rule]) => [name, valueOf(rule.replace(/!(?:2\.1)?$/, ''), type)]))
}

function valueOf(kind: string, type: string): unknown {
  if (kind.startsWith('list ')) return [valueOf(kind.slice(5), type)]
  if (Object.hasOwn(values, kind)) return values[kind]
  const [word = '', ...rest] = kind.split(' ')
  const argument = rest.join(' ')
  switch (word) {
    case 'extensions': return extensionsOf(type)
    case 'observables': return { 0: { type: 'url', id: `url--${uuid}`, value: 'https://example.org' } }
    case 'integer': case 'number': return Math.max(1, Number(argument.split('..')[0]))
    case 'enum': return argument.split('|').at(-1)
    case 'vocabulary': return isVocabulary(argument) ? [...openVocabulary(argument)][0] : undefined
    case 'ref': return `${argument.startsWith('!') ? 'tool' : argument.split('|')[0] ?? ''}--${uuid}`
    default: return fill(structRules(argument)?.fields ?? {}, type)
  }
}

const extensionsByType: Readonly<Record<string, readonly string[]>> = {
  'file': ['archive-ext', 'ntfs-ext', 'pdf-ext', 'raster-image-ext', 'windows-pebinary-ext'],
  'network-traffic': ['http-request-ext', 'icmp-ext', 'socket-ext', 'tcp-ext'],
  'process': ['windows-process-ext', 'windows-service-ext'],
  'user-account': ['unix-account-ext'],
}

function extensionsOf(type: string): Sample {
  const known = extensionsByType[type] ?? []
  return {
    [extensionKey]: { extension_type: 'property-extension', note: 'text' },
    ...Object.fromEntries(known.map((key) => [key, fill(observableExtensions[key]?.fields ?? {}, type)])),
    ...(type === 'process' && { 'windows-process-ext': { ...fill(observableExtensions['windows-process-ext']?.fields ?? {}, type), startup_info: { lpTitle: 'text' } } }),
  }
}

/** Takes away what does not go with the rest, or is narrower than its kind. */
function leaveOut(object: Sample, type: string): void {
  const marking = { selectors: ['type'], marking_ref: `marking-definition--${uuid}` }
  if (object['granular_markings'] !== undefined) object['granular_markings'] = [marking]
  if (type === 'observed-data') delete object['objects']
  if (type === 'artifact') delete object['payload_bin']
  if (type === 'email-message') {
    object['is_multipart'] = true
    object['body_multipart'] = [{ body: 'text' }]
    delete object['body']
  }
  if (type === 'extension-definition') object['extension_types'] = ['toplevel-property-extension']
  if (type === 'language-content') object['contents'] = { de: { name: 'Text' } }
  if (type === 'marking-definition') {
    object['definition_type'] = 'statement'
    object['definition'] = { statement: 'text' }
  }
}
