import { crc32 as crc32OfNode } from 'node:zlib'
import { assert, nat, property, uint8Array } from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { crc32, crc32ByTable } from '../../../../src/emitters/xlsx/checksum.js'

describe('a checksum', () => {
  it('is that of Node.js, also by the table that browsers use', () => {
    expect(crc32(new TextEncoder().encode('123456789'), 0)).toBe(0xcbf43926)
    assert(property(uint8Array({ maxLength: 100 }), nat({ max: 9 }), (bytes, start) => {
      const [first, rest] = [bytes.subarray(0, start), bytes.subarray(start)]
      const expected = crc32OfNode(bytes)
      expect(crc32(rest, crc32(first, 0))).toBe(expected)
      expect(crc32ByTable(rest, crc32ByTable(first, 0))).toBe(expected)
    }))
  })

  it('needs no process, as in browsers', async () => {
    vi.stubGlobal('process', undefined)
    vi.resetModules()
    const inBrowser = await import('../../../../src/emitters/xlsx/checksum.js')
    const checksum = inBrowser.crc32(new TextEncoder().encode('123456789'), 0)
    vi.unstubAllGlobals()
    expect(checksum).toBe(0xcbf43926)
  })
})
