import { assert, constantFrom, integer, oneof, property, string } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createXmlBytes, mostDigits, putDigits, putTextElement, reserve, takeBytes, type XmlBytes } from '../../../../src/emitters/xlsx/xml-bytes.js'
import { textXml } from '../../../../src/emitters/xlsx/xml-text.js'

/** What is added, as text. */
function added(add: (to: XmlBytes) => void): string {
  const to = createXmlBytes()
  add(to)
  return new TextDecoder().decode(takeBytes(to))
}

describe('XML as bytes', () => {
  it('has texts as XML has them', () => {
    const pieces = constantFrom('a', '&', '<', '>', '"', ' ', '\n', '\t', '\u00A0', '\u2028', '_x0041_', '_x', 'é', '€', '\u{1F600}')
    assert(property(string({ unit: oneof(pieces, string({ maxLength: 3 })) }), (text) => {
      expect(added((to) => { putTextElement(to, text) })).toBe(textXml(text))
    }))
  })

  it('has room for the longest texts', () => {
    for (const text of ['&'.repeat(32_767), '€'.repeat(32_767), 'a '.repeat(100_000)]) {
      expect(added((to) => { putTextElement(to, text); putTextElement(to, 'more') })).toBe(`${textXml(text)}<t>more</t>`)
    }
  })

  it('has the digits of numbers', () => {
    assert(property(integer({ min: 0, max: mostDigits }), (value) => {
      expect(added((to) => { putDigits(to, value) })).toBe(String(value))
    }))
    for (const value of [0, 9, 10, 99, 100, 999_999_999, mostDigits]) expect(added((to) => { putDigits(to, value) })).toBe(String(value))
  })

  it('keeps what there is when it becomes longer', () => {
    const to = createXmlBytes()
    putTextElement(to, 'before')
    reserve(to, 1_000_000)
    putTextElement(to, 'after')
    expect(new TextDecoder().decode(takeBytes(to))).toBe('<t>before</t><t>after</t>')
    expect(takeBytes(to)).toHaveLength(0)
  })
})
