import { v5 } from 'uuid'
import { describe, expect, it } from 'vitest'
import { createUuids } from '../../../src/model/uuid-v5.js'

const namespace = '9119ef20-9a81-5b4a-b835-8796ddecc185'
const uuidOf = createUuids(namespace)

describe('a UUID of version 5', () => {
  it('is that of RFC 9562, appendix A.4', () => {
    expect(createUuids('6ba7b810-9dad-11d1-80b4-00c04fd430c8')('www.example.com')).toBe('2ed6657d-e927-568b-95e1-2665a8aea6a2')
  })

  it('is that of the package uuid for names of every length, and thousands of bytes', () => {
    for (const length of [...Array(200).keys(), 1000, 1023, 1024, 4096, 100_000]) {
      const name = Array.from({ length }, (_, index) => String.fromCharCode(32 + (index * 7 + length) % 90)).join('')
      expect(uuidOf(name)).toBe(v5(name, namespace))
    }
  })

  it.each(['', 'é', '€€', '𝟙'.repeat(50), '\u0000', '\uD800', 'a\uDC00b', 'é'.repeat(3000)])('is that of the UTF-8 bytes of %j', (name) => {
    expect(uuidOf(name)).toBe(v5(new TextEncoder().encode(name), new Uint8Array(Buffer.from(namespace.replaceAll('-', ''), 'hex'))))
  })

  it('does not depend on names before it', () => {
    const before = uuidOf('short')
    uuidOf('x'.repeat(5000))
    expect([uuidOf('short'), createUuids(namespace)('short')]).toEqual([before, before])
  })
})
