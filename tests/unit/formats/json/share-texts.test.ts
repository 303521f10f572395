import { describe, expect, it } from 'vitest'
import { createTextSharer, type ParsedValue } from '../../../../src/formats/json/share-texts.js'

/** A text of 10 characters, made anew, so that no other string is in the same place. */
function made(nth: number): string {
  return JSON.parse(JSON.stringify(`text-${String(nth).padStart(5, '0')}`))
}

describe('sharing texts', () => {
  it('changes no value, whatever is in it', () => {
    const text = JSON.stringify([
      1, null, true, '', 'x', 'aa', 'aa', { 'aa': 'aa', 'b': ['aa', [], {}, 0.5, false, { c: null }] }, 'long '.repeat(100), '\ud800', 'é'.repeat(20),
    ]).replace('"b"', '"__proto__":{"aa":"aa"},"b"')
    const value: ParsedValue = JSON.parse(text)
    expect(createTextSharer()(value)).toBe(value)
    expect(JSON.stringify(value)).toBe(text)
    expect(Object.getPrototypeOf(Object(value)[7])).toBe(Object.prototype)
  })

  it('goes on with more different texts than it remembers', () => {
    const share = createTextSharer()
    const texts = Array.from({ length: 50_000 }, (_, nth) => made(nth % 30_000))
    expect(texts.map((text) => share({ text }))).toEqual(texts.map((text) => ({ text })))
  })
})
