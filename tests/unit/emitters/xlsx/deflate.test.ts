import { inflateRawSync } from 'node:zlib'
import { array, assert, constantFrom, oneof, property, uint8Array } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createDeflate, endText, mostPushed, pushBytes } from '../../../../src/emitters/xlsx/deflate.js'
import { createCode } from '../../../../src/emitters/xlsx/huffman.js'

/** The texts, deflated one after the other, and inflated by another program again. */
function passThrough(texts: readonly Uint8Array[], mostPlaces?: number): { readonly packed: readonly Uint8Array[]; readonly texts: readonly Uint8Array[] } {
  let blocks: Uint8Array[] = []
  const deflate = createDeflate((bytes) => blocks.push(bytes), mostPlaces)
  const packed = texts.map((text) => {
    for (let at = 0; at < text.length; at += mostPushed) pushBytes(deflate, text.subarray(at, at + mostPushed))
    endText(deflate)
    const bytes = new Uint8Array(Buffer.concat(blocks))
    blocks = []
    return bytes
  })
  return { packed, texts: packed.map((bytes) => new Uint8Array(inflateRawSync(bytes))) }
}

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

/** Bytes without any order, the same in every run. */
function noise(length: number, values = 256): Uint8Array {
  let state = 1
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return (state >>> 16) % values
  })
}

const sheet = bytesOf(Array.from({ length: 4000 }, (_, row) => `<row r="${row}"><c r="A${row}" s="3" t="s"><v>${row * 7}</v></c></row>`).join(''))

describe('deflating', () => {
  it('loses nothing', () => {
    const pieces = array(oneof(uint8Array({ maxLength: 40 }), constantFrom(noise(300), bytesOf('ab'), bytesOf('</v></c><c r="'))), { maxLength: 60 })
    const texts = array(pieces.map((parts) => new Uint8Array(Buffer.concat(parts))), { minLength: 1, maxLength: 4 })
    assert(property(texts, constantFrom(undefined, 100), (given, mostPlaces) => {
      expect(passThrough(given, mostPlaces).texts).toEqual(given)
    }))
  })

  it('loses nothing of long texts, whatever is in them', () => {
    const far = new Uint8Array([...noise(40_000), ...noise(40_000)])
    const texts = [sheet, noise(500_000), new Uint8Array(1_000_000), far, noise(300_000, 2), sheet, new Uint8Array(0)]
    expect(passThrough(texts).texts.map((text, index) => Buffer.compare(text, texts[index] ?? noise(1)))).toEqual(texts.map(() => 0))
    expect(passThrough(texts, 50_000).texts.map((text, index) => Buffer.compare(text, texts[index] ?? noise(1)))).toEqual(texts.map(() => 0))
  })

  it('makes texts shorter, and noise hardly longer', () => {
    const { packed } = passThrough([sheet, new Uint8Array(1_000_000), noise(100_000)])
    const [ofSheet = 0, ofZeros = 0, ofNoise = 0] = packed.map(({ length }) => length)
    expect(ofSheet).toBeLessThan(sheet.length / 6)
    expect(ofZeros).toBeLessThan(2000)
    expect(ofNoise).toBeLessThan(101_000)
  })

  it('gives a text the same bytes whatever was before it', () => {
    const { packed: [first, , second] } = passThrough([sheet, noise(70_000), sheet])
    expect(second).toEqual(first)
  })
})

describe('a prefix code', () => {
  it('is the shortest one', () => {
    const { lengths } = createCode(Uint32Array.of(5, 0, 1, 1, 2), 15)
    expect([...lengths]).toEqual([1, 0, 3, 3, 2])
  })

  it.each([7, 11, 15])('has no code of more than %i bits, and room for all symbols', (longest) => {
    const fibonacci = [1, 1]
    while (fibonacci.length < 40) fibonacci.push((fibonacci.at(-1) ?? 0) + (fibonacci.at(-2) ?? 0))
    const { lengths, bits } = createCode(Uint32Array.from(fibonacci), longest)
    expect(Math.max(...lengths)).toBe(longest)
    expect(Math.min(...lengths)).toBeGreaterThan(0)
    expect(lengths.reduce((sum, length) => sum + 2 ** -length, 0)).toBeLessThanOrEqual(1)
    const codes = Array.from(lengths, (length, symbol) => (bits[symbol] ?? 0).toString(2).padStart(length, '0').split('').toReversed().join(''))
    expect(codes.filter((code) => codes.some((other) => other !== code && other.startsWith(code)))).toEqual([])
    expect(new Set(codes).size).toBe(40)
  })

  it('has a code of one bit if there is one symbol, and none without', () => {
    expect([...createCode(Uint32Array.of(0, 9, 0), 15).lengths]).toEqual([0, 1, 0])
    expect([...createCode(Uint32Array.of(0, 0), 15).lengths]).toEqual([0, 0])
  })
})
