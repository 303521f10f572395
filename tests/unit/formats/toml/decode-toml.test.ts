import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { depthLimit } from '../../../../src/formats/decoded.js'
import { scanToml } from '../../../../src/formats/toml/decode-toml.js'
import { decodeTree } from '../../../support/read-tree.js'

describe('values', () => {
  it.each([
    ['pairs', 'a = 1\n"b c" = "x" # said\nd.e = true\r\nd.f = \'C:\\x\'\n', { 'a': 1, 'b c': 'x', 'd': { e: true, f: 'C:\\x' } }],
    ['numbers whose text would change stay text', 'a = 16.0\nb = 16.1\nc = 0x1F\nd = 1_000\ne = -3\nf = inf', { a: '16.0', b: 16.1, c: '0x1F', d: '1_000', e: -3, f: 'inf' }],
    ['dates are text', 'a = 2024-05-01\nb = 2024-05-01 07:32:00Z\nc = 2024-05-01T07:32:00+01:00', {
      a: '2024-05-01', b: '2024-05-01 07:32:00Z', c: '2024-05-01T07:32:00+01:00',
    }],
    ['escapes', 'a = "x\\n\\"y\\" \\u00e9 \\U0001F600 \\\\"', { a: 'x\n"y" \u00e9 \u{1F600} \\' }],
    ['several lines', 'a = """\nx\n  "y" \\\n    z"""\nb = \'\'\'\r\nx\\d\r\n\'\'\'\nc = """a""""', { a: 'x\n  "y" z', b: 'x\\d\n', c: 'a"' }],
    ['arrays', 'a = [\n  "x", # one\n  [1, 2],\n  {b = 1, c.d = "y"},\n]\ne = []', { a: ['x', [1, 2], { b: 1, c: { d: 'y' } }], e: [] }],
    ['tables', '[a]\nx = 1\n[a.b]\ny = 2\n[c]\n[d.e]\n[d]\nz = 3', { a: { x: 1, b: { y: 2 } }, c: {}, d: { e: {}, z: 3 } }],
    ['arrays of tables', '[[a.b]]\nx = 1\n[a.b.t]\ny = 1\n[[a.b.c]]\nid = "p"\n[[a.b.c]]\nid = "q"\n[[a.b]]\nx = 2', {
      a: { b: [{ x: 1, t: { y: 1 }, c: [{ id: 'p' }, { id: 'q' }] }, { x: 2 }] },
    }],
    ['nothing', '# only a comment', {}],
  ])('%s', async (_, text, value) => {
    const { document, diagnostics } = await decodeTree('x.toml', text)
    expect(document).toMatchObject({ container: 'toml' })
    expect(document?.value).toEqual(value)
    expect(diagnostics).toEqual([])
  })

  it('keeps __proto__ an ordinary name', async () => {
    const { document } = await decodeTree('x.toml', '[__proto__]\npolluted = 1\n')
    expect(Object.keys(document?.value ?? {})).toEqual(['__proto__'])
    expect(({} as { polluted?: number }).polluted).toBeUndefined()
  })

  it.each([
    ['/a', 1, 1], ['/a/x', 2, 5], ['/b/0/c/1', 5, 9], ['/b/1', 6, 1],
  ])('have their place: %s', async (pointer, line, column) => {
    const { document } = await decodeTree('x.toml', '[a]\nx = 1\n\n[[b]]\nc = [1, 2]\n[[b]]\n')
    expect(document?.locate(pointer)).toEqual({ line, column })
  })
})

describe('a text that is no TOML', () => {
  it.each([
    ['a = ', 1, 5, 'a value'], ['a', 1, 2, '='], ['a = 1 b = 2', 1, 7, 'the end of the line'], ['a = [1 2]', 1, 8, ', or ]'],
    ['a = 1\na = 2', 2, 1, 'a key other than a, which the table has already'], ['[a]\n[a]', 2, 1, 'a table other than a, which is defined already'],
    ['a = 1\n[a.b]', 2, 1, 'a key other than a, which is a value already'], ['[a', 1, 3, ']'], ['a = "x\n"', 1, 7, 'the closing " of a string, on its line'],
    ['a = """x', 1, 9, 'the closing """ of a string'], ['a = "\\q"', 1, 5, 'a string with valid escapes, such as \\n or \\u00e9'], ['= 1', 1, 1, 'a key'],
  ])('%j is reported with its place', async (text, line, column, expected) => {
    const { document, diagnostics } = await decodeTree('x.toml', text)
    expect(document).toBeUndefined()
    expect(diagnostics).toMatchObject([{ code: 'read/malformed', origin: { place: { line, column } }, expected }])
  })

  it.each([
    `a = ${'['.repeat(depthLimit + 5)}`, `a = ${'{b = '.repeat(depthLimit + 5)}`, `${'a.'.repeat(depthLimit + 5)}a = 1`, `[${'a.'.repeat(150)}a]\n${'a.'.repeat(150)}a = 1`,
  ])('nests too deep', async (text) => {
    const { diagnostics } = await decodeTree('x.toml', text)
    expect(diagnostics.map(({ code }) => code)).toEqual(['read/too-deep'])
  })

  it('never throws, whatever it is', () => {
    const pieces = fc.constantFrom('a', '"', "'", '"""', "'''", '\\', '\n', '[', ']', '[[', ']]', '{', '}', '=', ',', '.', '#', ' ', '1', '2024-01-01', 'true', '\\u00e9', '__proto__')
    fc.assert(fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => {
      const scan = scanToml(parts.join(''), depthLimit)
      expect('problem' in scan ? scan.problem.at : 0).toBeGreaterThanOrEqual(0)
    }), { seed: 20_261_101, numRuns: 3000 })
  })
})

describe('any strings', () => {
  it('written as TOML are read back', () => {
    fc.assert(fc.property(fc.dictionary(fc.string({ unit: 'grapheme' }), fc.array(fc.string({ unit: 'binary' }), { maxLength: 3 }), { maxKeys: 4 }), (value) => {
      // JSON's strings are TOML's, but for DEL and what JSON escapes as a surrogate.
      const text = Object.entries(value).map(([key, items]) => `${JSON.stringify(key)} = ${JSON.stringify(items)}`).join('\n')
      fc.pre(!/\\u[dD][89a-fA-F]/.test(text))
      expect(scanToml(text, depthLimit)).toMatchObject({ value })
    }), { seed: 20_261_101, numRuns: 500 })
  })

  it.each([
    'a = "', `a = """${'\\\n '.repeat(100_000)}`, '[[a]]\n'.repeat(40_000), `a = [${'1,'.repeat(200_000)}]`, 'a = \'\'\''.concat('x'.repeat(500_000)), `${' '.repeat(500_000)}a`,
    Array.from({ length: 20_000 }, (_, index) => `k${index} = "v"`).join('\n'),
  ])('are scanned in linear time', (text) => {
    const start = performance.now()
    scanToml(text, depthLimit)
    expect(performance.now() - start).toBeLessThan(5000)
  })
})
