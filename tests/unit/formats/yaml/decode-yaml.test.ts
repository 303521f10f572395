import { describe, expect, it } from 'vitest'
import { depthLimit } from '../../../../src/formats/decoded.js'
import { decodeTree } from '../../../support/read-tree.js'

describe('values', () => {
  it.each([
    ['numbers whose text would change stay text', 'a: 16.0\nb: 16.1\nc: 010\nd: 0x1F\ne: 3', { a: '16.0', b: 16.1, c: '010',
      d: '0x1F', e: 3 }],
    ['dates are text', 'a: 2021-09-21', { a: '2021-09-21' }],
    ['null in all its forms', 'a: ~\nb: null\nc:\nd: ""', { a: null, b: null, c: null, d: '' }],
    ['what YAML 1.1 took for booleans is text', 'a: yes\nb: true', { a: 'yes', b: true }],
    ['anchors and aliases', 'a: &x [1, 2]\nb: *x\nc: {d: *x}', { a: [1, 2], b: [1, 2], c: { d: [1, 2] } }],
    ['unknown tags are dropped, their values kept', 'a: !odd b', { a: 'b' }],
    ['several documents make a list', 'a: 1\n---\nb: 2\n', [{ a: 1 }, { b: 2 }]],
    ['blocks', 'a: |\r\n  x\r\n  y\r\nb: >-\r\n  x\r\n  y\r\n', { a: 'x\ny\n', b: 'x y' }],
    ['JSON', '{"a": [1, "x"]}', { a: [1, 'x'] }],
    ['names that are no texts', '1: x\ntrue: y\nnull: z', { 1: 'x', true: 'y', null: 'z' }],
    ['a document that is begun at the end is none', 'a: 1\n---\n', { a: 1 }],
    ['empty documents among others are none', '---\n---\na: 1\n---\n# b\n---\nb: 2\n---\n', [{ a: 1 }, { b: 2 }]],
    ['a written null is a document', 'a: 1\n---\nnull\n', [{ a: 1 }, null]],
    ['nothing', '# only a comment\n', null],
  ])('%s', async (_, text, value) => {
    const { document, diagnostics } = await decodeTree('x.yaml', text)
    expect(document?.value).toEqual(value)
    expect(diagnostics).toEqual([])
  })

  it('keeps __proto__ an ordinary name', async () => {
    const { document } = await decodeTree('x.yaml', '__proto__:\n  polluted: 1\n')
    expect(Object.keys(document?.value ?? {})).toEqual(['__proto__'])
    expect(({} as { polluted?: number }).polluted).toBeUndefined()
  })
})

describe('places', () => {
  const text = 'a:\n  - b: x\n    c: [1, {d: y}]\n  - &e z\nf: *e\n'

  it.each([
    ['/a', 2, 3],
    ['/a/0', 2, 5],
    ['/a/0/b', 2, 8],
    ['/a/0/c/1/d', 3, 16],
    ['/f', 5, 4],
  ])('finds %j', async (pointer, line, column) => {
    const { document } = await decodeTree('x.yaml', text)
    expect(document?.locate(pointer)).toEqual({ line, column })
  })

  it('counts several documents as a list', async () => {
    const { document } = await decodeTree('x.yaml', 'a: 1\n---\nb: 2\n')
    expect(document?.locate('/1/b')).toEqual({ line: 3, column: 4 })
  })
})

describe('broken files', () => {
  it.each([
    ['a: b: c\n', 'read/malformed', 1, 4],
    ['a:\n\t- b\n', 'read/malformed', 2, 1],
    ['a: *b\n', 'read/malformed', 1, 4],
    ['a: &x [*x]\n', 'read/malformed', 1, 8],
    ['? [a]\n: b\n', 'read/malformed', 1, 3],
  ])('%j', async (text, code, line, column) => {
    const { document, diagnostics } = await decodeTree('x.yaml', text)
    expect(document).toBeUndefined()
    expect(diagnostics).toMatchObject([{ code, origin: { place: { kind: 'text', line, column } } }])
  })

  it.each(['a: [1, 2\n', 'a: "x', 'a: {b: 1,'])('says that %j is cut off', async (text) => {
    const { diagnostics } = await decodeTree('x.yaml', text)
    expect(diagnostics).toMatchObject([{ code: 'read/malformed', message: expect.stringContaining('is cut off') }])
  })

  it('reports a name that stands twice; the last value counts', async () => {
    const { document, diagnostics } = await decodeTree('x.yaml', 'a: 1\nb: 2\na: 3\n')
    expect(document?.value).toEqual({ a: 3, b: 2 })
    expect(diagnostics).toMatchObject([{ code: 'read/duplicate-name', origin: { place: { line: 3, column: 4 } } }])
  })

  const levels = 20_000
  it.each([
    ['lists in brackets', '['.repeat(levels)],
    ['lists in brackets that close', '['.repeat(levels) + ']'.repeat(levels)],
    ['mappings in braces', '{a: '.repeat(levels)],
    ['dashes', '- '.repeat(levels)],
    ['question marks', '? '.repeat(levels)],
    ['indents', Array.from({ length: 2000 }, (_, index) => `${' '.repeat(index)}a:`).join('\n')],
    ['indents that end', `${Array.from({ length: 3000 }, (_, index) => `${' '.repeat(index)}a:`).join('\n')}\nb: 1`],
    ['aliases', ['a0: &a0 [1]', ...Array.from({ length: depthLimit + 5 }, (_, nth) => `a${nth + 1}: &a${nth + 1} [*a${nth}]`)].join('\n')],
  ])('refuses %s nested too deep', async (_, text) => {
    const { document, diagnostics } = await decodeTree('x.yaml', text)
    expect(document).toBeUndefined()
    expect(diagnostics.map(({ code }) => code)).toEqual(['read/too-deep'])
  })

  it('refuses aliases that multiply', async () => {
    const lines = Array.from({ length: 9 },
      (_, index) => `a${index + 1}: &a${index + 1} [${Array.from({ length: 10 }, () => `*a${index}`).join(', ')}]`)
    const { document, diagnostics } = await decodeTree('x.yaml', `a0: &a0 [1, 2, 3, 4, 5, 6, 7, 8, 9]\n${lines.join('\n')}`)
    expect(document).toBeUndefined()
    expect(diagnostics.map(({ code }) => code)).toEqual(['read/too-large'])
  })
})

describe('telling YAML from other text', () => {
  it.each([
    ['x.yaml', 'Some prose', 'yaml'],
    ['x.txt', 'metadata:\n  mapping_framework: aws\n', 'yaml'],
    ['x.txt', '# saved\n---\nmapping_objects:\n- capability_id: a\n', 'yaml'],
    ['x.txt', 'version: 1\nATT&CK version: 9\ncreation date: 01/02/2021\nname: Example\n', 'yaml'],
    ['x.txt', 'name: this is prose, with a colon\nand another line\n', 'text'],
    ['x.txt', 'Note: metadata: is a word\nmetadata: here\n', 'text'],
    ['x.txt', 'AWS Mappings\nmetadata: no\n', 'text'],
  ])('%s %j is %s', async (name, text, container) => {
    expect((await decodeTree(name, text)).container).toBe(container)
  })
})
