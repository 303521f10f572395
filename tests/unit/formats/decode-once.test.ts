import { describe, expect, it, vi } from 'vitest'
import { decodeDocument } from '../../../src/formats/decode-document.js'
import { testFile } from '../../support/read-tree.js'

/** The container, and how many of the file's bytes each call of a TextDecoder gets. The loader of modules decodes as well. */
async function decodings(name: string, content: string | Uint8Array) {
  const file = testFile(name, content)
  const decode = vi.spyOn(TextDecoder.prototype, 'decode')
  const document = await decodeDocument(file, () => undefined)
  const sizes = decode.mock.calls.flatMap(([bytes]) =>
    (bytes instanceof Uint8Array && bytes.buffer === file.bytes.buffer ? [bytes.byteLength] : []))
  decode.mockRestore()
  return [document?.container, sizes]
}

const rows = 'Control;Technique\n' + 'AC-2;T1078\n'.repeat(3000)

describe('a document is decoded once for detection, and once as a whole', () => {
  it.each([
    ['text', 'page.txt', 'T1078 Valid Accounts\n'.repeat(2000)],
    ['json', 'data', `{"techniques": [${'"T1078",'.repeat(4000)}"T1059"]}`],
    ['yaml', 'x.yaml', 'metadata: 1\n# a comment\n'.repeat(1000).replaceAll(/\nmetadata: 1/g, '')],
    ['html', 'page', `<!DOCTYPE html><p>${'T1078 '.repeat(4000)}`],
    ['csv', 'export.txt', rows],
  ])('as %s', async (container, name, content) => {
    expect(await decodings(name, content)).toEqual([container, [Math.min(content.length, 16_384), content.length]])
  })

  it('also from UTF-16, and a page in the encoding that it states, after an attempt at UTF-8', async () => {
    const utf16 = Uint8Array.from([0xff, 0xfe, ...Array.from('T1078').flatMap((character) => [character.charCodeAt(0), 0])])
    expect(await decodings('page.txt', utf16)).toEqual(['text', [12, 12]])
    const page = Uint8Array.from('<html><meta charset=koi8-r><p>\u00d0\u00d2\u00c9</p>', (character) => character.charCodeAt(0))
    expect(await decodings('page.html', page)).toEqual(['html', [page.length, page.length, page.length]])
  })

  it('not as a whole if it is no text', async () => {
    expect(await decodings('page.mht', `From: x\nContent-Type: multipart/related\n\n${'x'.repeat(20_000)}`)).toEqual([undefined, [16_384]])
    expect(await decodings('x.csv', `a,b\n${'\u0001'.repeat(20_000)}`)).toEqual([undefined, [16_384]])
  })
})
