import { array, assert, boolean, constantFrom, integer, oneof, property, string } from 'fast-check'
import { expect, it } from 'vitest'
import { createLineFinder } from '../../../src/cli/source-lines.js'
import type { DocumentFile } from '../../../src/formats/decoded.js'

function fileOf(name: string, text: string | Uint8Array): DocumentFile {
  return { name, path: name, sha256: '', bytes: typeof text === 'string' ? new TextEncoder().encode(text) : text }
}

it('counts lines as the decoders do', () => {
  const findLine = createLineFinder([
    fileOf('a.txt', '\ufeffone\r\ntwo\rthree\u2028four\n'),
    fileOf('b.json', '{\r\n"a": "x\u2028y"\n}'),
    fileOf('c.bin', new Uint8Array([0, 1, 2, 3])),
  ])
  expect([1, 2, 3, 4, 5].map((line) => findLine('a.txt', line))).toEqual(['one', 'two', 'three', 'four', undefined])
  expect([2, 3].map((line) => findLine('b.json', line))).toEqual(['"a": "x\u2028y"', '}'])
  expect(findLine('c.bin', 1)).toBeUndefined()
  expect(findLine('other.txt', 1)).toBeUndefined()
})

it('finds the lines of JSON in its bytes, in any order', () => {
  const piece = oneof(constantFrom('\n', '\r', '\r\n', '\ufeff', 'é', '€', '😀', '"'), string({ maxLength: 5 }))
  assert(property(array(piece), boolean(), array(integer({ min: 1, max: 13 })), (pieces, hasMark, wanted) => {
    const text = `[${pieces.join('')}`
    const findLine = createLineFinder([fileOf('a.json', `${hasMark ? '\ufeff' : ''}${text}`)])
    const lines = text.toWellFormed().split(/\r\n|[\n\r]/)
    for (const line of [...wanted, ...wanted.toReversed()]) expect(findLine('a.json', line)).toBe(lines[line - 1])
  }))
})

it('shows bytes that are no UTF-8 as U+FFFD', () => {
  const bytes = new Uint8Array([...new TextEncoder().encode('{\n"a": "'), 0xe9, ...new TextEncoder().encode('"\n}')])
  expect(createLineFinder([fileOf('a.json', bytes)])('a.json', 2)).toBe('"a": "\ufffd"')
})
