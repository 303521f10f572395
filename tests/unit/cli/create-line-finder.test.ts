import { expect, it } from 'vitest'
import { createLineFinder } from '../../../src/cli/report-diagnostics.js'
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
