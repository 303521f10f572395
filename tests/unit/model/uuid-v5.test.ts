import { v5 } from 'uuid'
import { describe, expect, it } from 'vitest'
import { findSha1 } from '../../../src/model/sha1.js'
import { createUuids } from '../../../src/model/uuid-v5.js'

const namespace = '9119ef20-9a81-5b4a-b835-8796ddecc185'
const failing = { getBuiltinModule: () => ({ hash: (): string => { throw new Error('digital envelope routines::unsupported') } }) }

describe.each([
  { where: 'in Node.js', sha1: findSha1(process) },
  { where: 'in a browser', sha1: findSha1(undefined) },
  { where: 'in a Node.js without hashes in one call', sha1: findSha1({ getBuiltinModule: () => ({}) }) },
  { where: 'in a Node.js without SHA-1', sha1: findSha1(failing) },
])('a UUID of version 5 $where', ({ sha1 }) => {
  const uuidOf = createUuids(namespace, sha1)

  it('is that of RFC 9562, appendix A.4', () => {
    expect(createUuids('6ba7b810-9dad-11d1-80b4-00c04fd430c8', sha1)('www.example.com')).toBe('2ed6657d-e927-568b-95e1-2665a8aea6a2')
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
    expect([uuidOf('short'), createUuids(namespace, sha1)('short')]).toEqual([before, before])
  })
})

it('is derived by Node.js where that has SHA-1, and written out elsewhere', () => {
  const written = findSha1(undefined)
  expect([findSha1({}), findSha1(failing), findSha1(process)].map((sha1) => sha1 === written)).toEqual([true, true, false])
})
