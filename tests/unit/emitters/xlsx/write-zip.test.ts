import { crc32, inflateRawSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { createZip } from '../../../../src/emitters/xlsx/write-zip.js'

/** The members of an archive, by its central directory, inflated by another program. Throws if a checksum or a size is not right. */
function readZip(bytes: Uint8Array): ReadonlyMap<string, Uint8Array> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = bytes.length - 22
  expect(view.getUint32(end, true)).toBe(0x06054b50)
  const members = new Map<string, Uint8Array>()
  let at = view.getUint32(end + 16, true)
  for (let index = 0; index < view.getUint16(end + 10, true); index++) {
    expect(view.getUint32(at, true)).toBe(0x02014b50)
    const [crc, packed, size] = [view.getUint32(at + 16, true), view.getUint32(at + 20, true), view.getUint32(at + 24, true)]
    const length = view.getUint16(at + 28, true)
    const start = view.getUint32(at + 42, true)
    expect(view.getUint32(start, true)).toBe(0x04034b50)
    // Both headers say the same: method, time, date, checksum, sizes and the length of the name.
    expect(bytes.slice(start + 8, start + 28)).toEqual(bytes.slice(at + 10, at + 30))
    const content = inflateRawSync(bytes.subarray(start + 30 + length, start + 30 + length + packed))
    expect([content.length, crc32(content)]).toEqual([size, crc])
    members.set(new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + length)), new Uint8Array(content))
    at += 46 + length
  }
  expect(at).toBe(end)
  return members
}

/** Characters of one to four bytes, so that the borders of pieces fall inside of them. */
const long = Array.from({ length: 60_000 }, (_, index) => ['a', 'é', '€', '\u{1F600}', '<c r="', String(index)][index % 6]).join('')

describe('an archive', () => {
  it('has the content of its members, however long', () => {
    const zip = createZip()
    zip.add('a.xml', 'text')
    zip.add('xl/b.xml', [long.slice(0, 7), long.slice(7)])
    zip.add('empty', '')
    const members = readZip(zip.finish())
    expect([...members.keys()]).toEqual(['a.xml', 'xl/b.xml', 'empty'])
    expect(new TextDecoder().decode(members.get('a.xml'))).toBe('text')
    expect(new TextDecoder().decode(members.get('xl/b.xml'))).toBe(long)
    expect(members.get('empty')).toHaveLength(0)
  })

  it('has the same bytes whatever pieces the content comes in', () => {
    const whole = createZip()
    whole.add('a', long)
    const pieces = createZip()
    pieces.add('a', long.match(/.{1,501}/gsu) ?? [])
    const bytes = createZip()
    // Every other piece as bytes, whole characters each.
    bytes.add('a', (long.match(/.{1,501}/gsu) ?? []).map((piece, index) => (index % 2 === 0 ? piece : new TextEncoder().encode(piece))))
    const expected = whole.finish()
    expect(pieces.finish()).toEqual(expected)
    expect(bytes.finish()).toEqual(expected)
  })

  it('gives out members that ended once they are long, and is the same then', () => {
    const noise = Array.from({ length: 500_000 }, (_, index) => (Math.imul(index + 1, 0x9e3779b1) >>> 0).toString(36)).join('')
    const whole = createZip()
    whole.add('a', 'text')
    whole.add('b', noise)
    whole.add('c', 'more')
    const zip = createZip()
    zip.add('a', 'text')
    expect([...zip.take()]).toEqual([])
    zip.open('b')
    zip.write(noise.slice(0, 1_000_000))
    expect([...zip.take()]).toEqual([])
    zip.write(noise.slice(1_000_000))
    zip.close()
    const taken = [...zip.take()]
    expect(taken.length).toBeGreaterThan(1)
    expect([...zip.take()]).toEqual([])
    zip.add('c', 'more')
    const end = zip.finish()
    expect(end.length).toBeLessThan(1000)
    expect(Buffer.compare(Buffer.concat([...taken, end]), whole.finish())).toBe(0)
    expect([...readZip(Buffer.concat([...taken, end])).keys()]).toEqual(['a', 'b', 'c'])
  })

  it('is without clock', () => {
    const zip = createZip()
    zip.add('a', 'a')
    const view = new DataView(zip.finish().buffer)
    // 1980-01-01 00:00 in the format of MS-DOS.
    expect([view.getUint16(10, true), view.getUint16(12, true)]).toEqual([0, 0x21])
  })
})
