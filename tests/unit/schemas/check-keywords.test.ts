import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { array, assert, constantFrom, dictionary, oneof, property, record, string, webUrl } from 'fast-check'
import { describe, expect, it } from 'vitest'

const keywords: { readonly useCheckKeywords: (ajv: Ajv2020) => void } = await import(new URL('../../../scripts/check-keywords.mjs', import.meta.url).href)

const schema = {
  type: 'object',
  additionalProperties: false,
  required: ['id'],
  properties: {
    id: { type: 'string', pattern: '^[0-9]+$' },
    name: { type: 'string', pattern: '^[0-9a-c]*$' },
    other: { type: 'string', pattern: '^[0-9]+$' },
    labels: { type: 'array', uniqueItems: true, items: { type: 'string', pattern: '^[a-c]+$' } },
    part: { type: 'object', additionalProperties: false, properties: { id: { type: 'string' } }, patternProperties: { '^x': true } },
  },
}

function compile(of: object = schema) {
  const ajv = new Ajv2020({ strict: true, messages: false })
  keywords.useCheckKeywords(ajv)
  addFormats.default(ajv)
  return ajv.compile(of)
}

const text = constantFrom('', '1', '12', 'a', 'ab', '1a', 'A')
const value = record({
  id: text,
  name: text,
  other: text,
  toString: text,
  labels: array(text, { maxLength: 3 }),
  part: dictionary(constantFrom('id', 'x1', 'y', '__proto__'), text),
}, { requiredKeys: [] })

describe('a check', () => {
  it('accepts what the validator does, whatever it has accepted before', () => {
    const validate = new Ajv2020({ strict: true }).compile(schema)
    assert(property(array(value, { maxLength: 30 }), (values) => {
      const check = compile()
      expect(values.map((each) => check(each))).toEqual(values.map((each) => validate(each)))
    }), { numRuns: 20 })
  })

  it('takes for URIs what the validator does', () => {
    const uri = { type: 'string', format: 'uri' }
    const ajv = new Ajv2020({ strict: true })
    addFormats.default(ajv)
    const [validate, check] = [ajv.compile(uri), compile(uri)]
    const piece = constantFrom('https://', 'http://', 'urn:', 'a.b', 'A', '/', '//', '-', '~', '_', '%20', '%', '?', '#', ' ', ':80', 'é', '\n', '[::1]')
    const texts = oneof(webUrl({ withFragments: true, withQueryParameters: true }), string(), array(piece, { maxLength: 8 }).map((parts) => parts.join('')),
      array(piece, { maxLength: 6 }).map((parts) => `https://a.b/${parts.join('')}`))
    assert(property(texts, (each) => {
      expect(check(each)).toBe(validate(each))
    }), { numRuns: 2000 })
    expect(['https://attack.mitre.org/techniques/T1078/004', 'https://', 'https://a b'].map((each) => check(each))).toEqual([true, true, false])
  })

  it('rejects a text that an earlier one without the pattern equals', () => {
    const check = compile()
    expect(['1', 'a', 'a', '1', 'a'].map((id) => check({ id }))).toEqual([true, false, false, true, false])
  })

  it.each(['__proto__', 'toString', 'Constructor', 'ids'])('rejects the property %s, which the schema does not have', (name) => {
    expect(compile()(JSON.parse(`{"id":"1","${name}":"1"}`))).toBe(false)
  })

  it.each([
    ['id', 'name', 'other'], ['other', 'id', 'name'], ['id', 'other'], ['id', 'labels', 'name'], ['name', 'part', 'id', 'other', 'labels'],
  ])('accepts properties in the order %s, and one more nowhere', (...names) => {
    const values: Readonly<Record<string, unknown>> = { id: '1', name: '1', other: '1', labels: [], part: {}, more: '1' }
    const check = compile()
    const pick = (keys: readonly string[]): unknown => Object.fromEntries(keys.map((key) => [key, values[key]]))
    expect(check(pick(names))).toBe(true)
    for (let at = 0; at <= names.length; at += 1) expect(check(pick(names.toSpliced(at, 0, 'more')))).toBe(false)
  })
})
