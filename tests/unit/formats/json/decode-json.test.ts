import { array, assert, constantFrom, dictionary, jsonValue, letrec, oneof, property, string, tuple } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { depthLimit } from '../../../../src/formats/decoded.js'
import { repeatedNames } from '../../../../src/formats/json/repeated-names.js'
import { scanJson } from '../../../../src/formats/json/scan-json.js'
import { surveyJson } from '../../../../src/formats/json/survey-json.js'
import { findDuplicates, placeFinder, positionFinder, pointerStep } from '../../../../src/formats/places.js'
import { decodeTree } from '../../../support/read-tree.js'

describe('places', () => {
  const text = '{\n  "a": [1, {"b~/c": "x"}],\n  "é": null\n}\n'

  it.each([
    ['', 1, 1],
    ['/a', 2, 8],
    ['/a/0', 2, 9],
    ['/a/1/b~0~1c', 2, 21],
    ['/é', 3, 8],
  ])('finds %j', async (pointer, line, column) => {
    const { document } = await decodeTree('x.json', text)
    expect(document?.locate(pointer)).toEqual({ line, column })
  })

  it.each(['/a/2', '/a/01', '/a/-', '/b', '/a/0/b', 'a', '/__proto__'])('finds nothing at %j', async (pointer) => {
    const { document } = await decodeTree('x.json', text)
    expect(document?.locate(pointer)).toBeUndefined()
  })
})

describe('a survey', () => {
  const value = dictionary(string({ unit: 'binary' }), array(jsonValue({ stringUnit: 'grapheme' })))
  const layout = constantFrom('', '\n', '\r\n', '\r', ' \r\n\n\t')

  it('places the outer values and the lines of a text, whatever its characters', () => {
    assert(property(value, layout, (object, space) => {
      const members = Object.entries(object).map(([key, items]) => {
        const list = items.map((item) => `${space}${JSON.stringify(item)}`).join(`${space},`)
        return `${JSON.stringify(key)}:${space}[${list}${space}]`
      })
      const text = `${space}{${members.join(`,${space}`)}}`
      const { root, lines } = surveyJson(text)
      const find = placeFinder(root ?? 0)
      const expected = placeFinder(scanJson(text, depthLimit).root ?? 0)
      const position = positionFinder(text)
      const positionByLines = positionFinder(text, lines)
      for (const [key, items] of Object.entries(object)) {
        for (const pointer of ['', ...items.keys()].map((step) => pointerStep(key) + (step === '' ? '' : pointerStep(step)))) {
          const at = expected(pointer) ?? -1
          expect(find(pointer)).toBe(at)
          expect(positionByLines(at)).toEqual(position(at))
        }
      }
    }))
  })

  it('counts the longest string in UTF-16 units', () => {
    expect(surveyJson('["\u{1F600}é€", "ab"]').longest).toBe(4)
    expect(surveyJson(String.raw`["\u00e9", "ab"]`).longest).toBe(6)
  })
})

describe('repeated names', () => {
  // Few names, so that most objects repeat one; one is of digits, which objects have first, and one is that of the prototype.
  const names = constantFrom('a', 'b', '1', '__proto__', String.raw`\u0061`)
  const { text: anyText } = letrec<{ text: string; object: string; list: string }>((tie) => ({
    text: oneof({ maxDepth: 5 }, constantFrom('0', '"a: b"', 'null'), tie('object'), tie('list')),
    object: array(tuple(names, tie('text')), { maxLength: 4 }).map((members) => `{${members.map(([name, item]) => `"${name}": ${item}`).join(', ')}}`),
    list: array(tie('text'), { maxLength: 4 }).map((items) => `[${items.join(',')}]`),
  }))

  it('are those of the text, however deep they are', () => {
    assert(property(anyText, constantFrom(1, 2), (text, placedDepth) => {
      const found = repeatedNames(JSON.parse(text), surveyJson(text, undefined, placedDepth), text, depthLimit)
      expect(found).toEqual(findDuplicates(scanJson(text, depthLimit).root ?? 0))
    }), { numRuns: 2000 })
  })
})

describe('line ends', () => {
  it.each(['\n', '\r\n', '\r'])('%j', async (end) => {
    const { document } = await decodeTree('x.json', ['[', '1,', ' 2]', ''].join(end))
    expect(document?.locate('/1')).toEqual({ line: 3, column: 2 })
  })
})

describe('broken files', () => {
  it.each([
    ['{"a": 1,}', 1, 9, '}', 'a name in double quotes', 'comma'],
    ['{"a": [1, 2\n, ]}', 2, 3, ']', 'a value', 'comma'],
    ['{"a" 1}', 1, 6, '1', ':', undefined],
    ['{"a": 1 "b": 2}', 1, 9, '"', ', or }', undefined],
    ['[1 2]', 1, 4, '2', ', or ]', undefined],
    ["{'a': 1}", 1, 2, "'", 'a name in double quotes, or }', 'double quotes'],
    ['{\n  // no\n}', 2, 3, '/', 'a name in double quotes, or }', 'comment'],
    ['{"a": NaN}', 1, 7, 'NaN', 'a value', 'null'],
    ['{"a": True}', 1, 7, 'True', 'a value', 'lower case'],
    ['{"a": 01}', 1, 8, '1', ', or }', undefined],
    ['{"a": 1} x', 1, 10, 'x', 'the end of the file', undefined],
    ['{"a": "x\ty"}', 1, 9, 'the character U+0009', 'an escape such as \\n for a control character', undefined],
    ['{"a": "\\q"}', 1, 9, 'q', 'a valid escape, such as \\n or \\u00e9', undefined],
    ['{"a\\q": 1}', 1, 5, 'q', 'a valid escape, such as \\n or \\u00e9', undefined],
    ['{"a": 1, €€𝄞: 2, "bbb": "\\n"}', 1, 10, '€', 'a name in double quotes', undefined],
    ['{"a": "\\u12"}', 1, 9, 'u12', 'a valid escape, such as \\n or \\u00e9', undefined],
  ])('%j', async (text, line, column, found, expected, hint) => {
    const { document, diagnostics } = await decodeTree('x.json', text)
    expect(document).toBeUndefined()
    expect(diagnostics).toHaveLength(1)
    expect(diagnostics[0]).toMatchObject({
      code: 'read/malformed', origin: { document: 'x.json', place: { kind: 'text', line, column } }, found, expected,
    })
    expect(diagnostics[0]?.hint ?? '').toContain(hint ?? '')
  })

  it.each([
    '{', '{"a"', '{"a":', '{"a": [1,', '{"a": "x', '{"a": tru', '[', '{"a": "x\\', '{"a": "\\u00', '{"a": -',
  ])('says that %j is cut off', async (text) => {
    const { diagnostics } = await decodeTree('x.json', text)
    expect(diagnostics).toMatchObject([{ code: 'read/malformed', message: expect.stringContaining('is cut off'),
      found: 'the end of the file' }])
  })

  it('refuses deep nesting without exhausting the stack', async () => {
    for (const text of ['['.repeat(100_000), `${'{"a":'.repeat(depthLimit + 1)}1${'}'.repeat(depthLimit + 1)}`]) {
      const { document, diagnostics } = await decodeTree('x.json', text)
      expect(document).toBeUndefined()
      expect(diagnostics.map(({ code }) => code)).toEqual(['read/too-deep'])
    }
    const { document } = await decodeTree('x.json', '['.repeat(depthLimit) + ']'.repeat(depthLimit))
    expect(document?.locate('/0/0')).toEqual({ line: 1, column: 3 })
  })
})

describe('names', () => {
  it('reports a name that stands twice; the last value counts', async () => {
    const { document, diagnostics } = await decodeTree('x.json', '{"a": 1, "b": {"c": 1},\n "\\u0061": 2}')
    expect(document?.value).toEqual({ a: 2, b: { c: 1 } })
    expect(document?.locate('/a')).toEqual({ line: 2, column: 12 })
    expect(diagnostics).toMatchObject([{ code: 'read/duplicate-name', origin: { place: { line: 2, column: 12 } }, found: '"a"' }])
  })

  it('names ten of them at most, and counts the rest', async () => {
    const { diagnostics } = await decodeTree('x.json', `[${Array.from({ length: 50 }, () => '{"a": 1, "a": 2}').join(',')}]`)
    expect(diagnostics).toHaveLength(10)
    expect(diagnostics.at(-1)).toMatchObject({ count: 41 })
  })

  it('keeps __proto__ an ordinary name', async () => {
    const { document, diagnostics } = await decodeTree('x.json', '{"__proto__": {"polluted": 1}, "constructor": 2}')
    expect(Object.keys(document?.value ?? {})).toEqual(['__proto__', 'constructor'])
    expect(({} as { polluted?: number }).polluted).toBeUndefined()
    expect(document?.locate('/__proto__/polluted')).toEqual({ line: 1, column: 28 })
    expect(diagnostics).toEqual([])
  })
})

describe('encodings', () => {
  const text = '{"a": "Grüße 😀"}'
  const utf16 = (little: boolean) => {
    const bytes = new Uint8Array(text.length * 2 + 2)
    const view = new DataView(bytes.buffer)
    for (const [index, unit] of [0xfeff, ...Array.from({ length: text.length }, (_, at) => text.charCodeAt(at))].entries()) {
      view.setUint16(index * 2, unit, little)
    }
    return bytes
  }

  it.each([
    ['a byte order mark', new TextEncoder().encode(`\uFEFF${text}`)],
    ['UTF-16, little end first', utf16(true)],
    ['UTF-16, big end first', utf16(false)],
  ])('reads %s', async (_, bytes) => {
    const { document, diagnostics } = await decodeTree('x.json', bytes)
    expect(document?.value).toEqual({ a: 'Grüße 😀' })
    expect(document?.locate('/a')).toEqual({ line: 1, column: 7 })
    expect(diagnostics).toEqual([])
  })
})

describe('telling JSON from other text', () => {
  it.each([
    ['x.txt', '{"a": 1}', 'json'],
    ['x.txt', '\uFEFF\n [ {"a": 1} ]', 'json'],
    ['x.txt', '[link](https://example.org) and more', 'text'],
    ['x.txt', '[1] a footnote', 'text'],
    ['x.txt', '{not json}', 'text'],
    ['x.json', '[1]', 'json'],
  ])('%s %j is %s', async (name, text, container) => {
    expect((await decodeTree(name, text)).container).toBe(container)
  })
})
