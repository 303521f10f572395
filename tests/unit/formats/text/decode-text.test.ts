import { describe, expect, it } from 'vitest'
import type { Code } from '../../../../src/diagnostics/catalogue.js'
import type { DiagnosticDetails } from '../../../../src/diagnostics/diagnostic.js'
import { decodeDocument } from '../../../../src/formats/decode-document.js'

async function decode(content: string | readonly number[]) {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : Uint8Array.from(content)
  const told: (DiagnosticDetails & { code: Code })[] = []
  const file = { name: 'a.txt', path: 'a.txt', bytes, sha256: '' }
  const document = await decodeDocument(file, (code, details) => void told.push({ code, ...details }))
  return { lines: document?.container === 'text' ? document.lines : undefined, told }
}

const utf16 = (text: string) => Array.from(text, (character) => character.charCodeAt(0))
const utf16le = (text: string) => utf16(text).flatMap((code) => [code & 0xff, code >> 8])
const utf16be = (text: string) => utf16(text).flatMap((code) => [code >> 8, code & 0xff])

describe('decoding text', () => {
  it('splits lines at every kind of line end', async () => {
    expect((await decode('a\r\nb\rc\nd\u2028e\u2029f\u0085g\n')).lines).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g'])
    expect((await decode('a\n\n')).lines).toEqual(['a', ''])
  })

  it('drops the byte order mark and reads UTF-16 by it', async () => {
    expect((await decode('\uFEFFa b')).lines).toEqual(['a b'])
    expect((await decode([0xff, 0xfe, ...utf16le('é\nb')])).lines).toEqual(['é', 'b'])
    expect((await decode([0xfe, 0xff, ...utf16be('é\nb')])).lines).toEqual(['é', 'b'])
  })

  it('brings spaces and Unicode into one form', async () => {
    expect((await decode('a\u00A0b\tc\u202Fd\u200Be')).lines).toEqual(['a b c de'])
    expect((await decode('Cafe\u0301')).lines).toEqual(['Caf\u00E9'])
  })

  it('tells where bytes are not UTF-8, and keeps the rest', async () => {
    const { lines, told } = await decode([0x61, 0x0a, 0x62, 0xc3, 0xa9, 0xff, ...new TextEncoder().encode('and so on')])
    expect(lines).toEqual(['a', 'bé\uFFFDand so on'])
    expect(told).toEqual([{
      code: 'read/encoding',
      origin: { document: 'a.txt', place: { kind: 'text', line: 2, column: 3 } },
      found: 'bytes ff 61 6e 64',
      expected: 'UTF-8',
    }])
    expect((await decode('\uFEFFx\n\uFFFD is printed')).told).toEqual([])
    expect((await decode([0xff, 0xfe, ...utf16le('\uFFFD is printed')])).told).toEqual([])
    expect((await decode([0xff, 0xfe, ...utf16le('some words\nb'), 0x00, 0xd8])).told).toMatchObject([
      { code: 'read/encoding', origin: { place: { line: 2, column: 2 } }, found: 'bytes 00 d8', expected: 'UTF-16' },
    ])
  })

  it.each([
    ['nothing', '', 'read/empty'],
    ['white space', ' \n\u00A0\r\n', 'read/empty'],
    ['NUL bytes', 'a\u0000b', 'read/binary'],
    ['control characters', 'ab\u0001\u0002\u0003', 'read/binary'],
    ['a PDF', '%PDF-1.7 abc', 'read/binary'],
  ])('refuses %s', async (_, content, code) => {
    const { lines, told } = await decode(content)
    expect(lines).toBeUndefined()
    expect(told.map((one) => one.code)).toEqual([code])
  })
})
