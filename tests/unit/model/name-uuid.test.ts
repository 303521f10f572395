import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createNameUuid } from '../../../src/model/name-uuid.js'

const dns = '6ba7b810-9dad-11d1-80b4-00c04fd430c8'

/** The same by the SHA-1 of OpenSSL. */
function expectedUuid(name: string): string {
  const bytes = createHash('sha1').update(Buffer.from(dns.replaceAll('-', ''), 'hex')).update(name, 'utf8').digest().subarray(0, 16)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

describe('the UUID of a name', () => {
  const uuidOf = createNameUuid(dns)

  it('is that of the example in RFC 9562, appendix A.4', () => {
    expect(uuidOf('www.example.com')).toBe('2ed6657d-e927-568b-95e1-2665a8aea6a2')
  })

  it.each([0, 1, 38, 39, 40, 47, 48, 49, 103, 104, 4000, 5000, 1_500_000])('is right for %i characters', (length) => {
    for (const name of ['x'.repeat(length), 'é€'.repeat(length / 2), `${'\u{1F600}'.repeat(length / 4)}z`]) expect(uuidOf(name)).toBe(expectedUuid(name))
  })

  it('does not depend on the names before', () => {
    const first = uuidOf('a')
    uuidOf('b'.repeat(10_000))
    expect(uuidOf('a')).toBe(first)
    expect(createNameUuid('9b0c1f4e-6a52-4d0b-8a77-3f1f3c0d6e21')('a')).not.toBe(first)
  })
})
