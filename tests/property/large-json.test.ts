import { array, assert, asyncProperty, boolean, constantFrom, dictionary, integer, jsonValue, oneof, tuple } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { loadAttackIndex } from '../../src/attack/load-attack.js'
import { createDiagnosticLog } from '../../src/diagnostics/diagnostic.js'
import { decodeDocument, openLargeDocument } from '../../src/formats/decode-document.js'
import { treeOf } from '../../src/formats/decoded.js'
import { chooseLimits, type Limits } from '../../src/formats/limits.js'
import { understandLarge } from '../../src/pipeline/read-large.js'
import { mutateBytes } from '../fuzz/mutations.js'
import { readLarge, readWhole, smallParts } from '../support/compare-readings.js'
import { attacks } from '../support/hostile-documents.js'
import { createPick } from '../support/mutate-document.js'
import { sampleMappingFile, testFile } from '../support/read-tree.js'

const seed = 20_261_129
const sizes = smallParts()

/** Whether a document is read item by item; then everything must be as when it is read as a whole. */
async function compare(bytes: Uint8Array, limits?: Limits, part = 1): Promise<boolean> {
  const large = await readLarge('m.json', bytes, limits, part)
  expect(large).toEqual(large && await readWhole('m.json', bytes, limits))
  return large !== undefined
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text)
const name = constantFrom('capability_id', 'attack_object_id', 'status', 'references', 'comments', 'score_value', 'é𝄞', '__proto__', 'a/b~c')
const sample = sampleMappingFile()
const row = oneof(constantFrom(...sample.mapping_objects), dictionary(name, oneof(jsonValue(), constantFrom('T1078', 'ü', '\ud83d\ude00', 'a\nb'))), jsonValue())
const file = tuple(array(row, { maxLength: 12 }), oneof(constantFrom(sample.metadata), jsonValue()), boolean(), constantFrom(undefined, 1, '\t'))
  .map(([mappings, metadata, isLast, indent]) => JSON.stringify(isLast
    ? { metadata, mapping_objects: mappings } : { mapping_objects: mappings, metadata, other: { mapping_objects: [1] } }, null, indent))
const lineEnds = constantFrom('\n', '\r\n', '\r')

describe('a large mapping file', () => {
  it('is read item by item as it is as a whole, with the same messages, however its parts are cut', async () => {
    let read = 0
    await assert(asyncProperty(file, lineEnds, boolean(), integer({ min: 1, max: 300 }), async (text, lineEnd, hasMark, part) => {
      if (await compare(encode(`${hasMark ? '\ufeff' : ''}${text.replaceAll('\n', lineEnd)}`), undefined, part)) read += 1
    }), { seed, numRuns: 250 })
    expect(read).toBe(250)
  })

  it('has its values at the same places', async () => {
    await assert(asyncProperty(file, lineEnds, async (text, lineEnd) => {
      const bytes = encode(text.replaceAll('\n', lineEnd))
      const whole = await decodeDocument(testFile('m.json', bytes), () => undefined)
      const reading = { lists: new Set(['mapping_objects']), accepts: () => true, limits: chooseLimits(), sizes, from: 0 }
      const opened = await openLargeDocument(testFile('m.json', bytes), reading, () => undefined)
      const large = opened && treeOf(opened)
      const tree = whole && treeOf(whole)
      const pointers = pointersIn(tree?.value, '')
      // Backwards, too: one part at a time is open.
      for (const pointer of [...pointers, ...pointers.toReversed(), '/mapping_objects/12', '/mapping_objects/01', '/mapping_objects/x/y', '/mapping_objects/']) {
        expect([pointer, large?.locate(pointer)]).toEqual([pointer, tree?.locate(pointer)])
      }
      expect({ ...Object(large?.value), mapping_objects: [...large?.longList?.items() ?? []] }).toEqual(tree?.value)
      const openedKept = await openLargeDocument(testFile('m.json', bytes), { ...reading, keep: true }, () => undefined)
      const kept = openedKept && treeOf(openedKept)
      expect(kept?.longList).toBeUndefined()
      expect(JSON.stringify(kept?.value)).toBe(JSON.stringify(tree?.value))
      expect(pointers.map((pointer) => kept?.locate(pointer))).toEqual(pointers.map((pointer) => tree?.locate(pointer)))
    }), { seed, numRuns: 100 })
  })

  it('is read as a whole if anything is wrong with it, else as before: spoilt bytes', async () => {
    let read = 0
    const rows = Array.from({ length: 4 }, () => sample.mapping_objects).flat()
    const texts = [JSON.stringify({ ...sample, mapping_objects: rows }), JSON.stringify({ ...sample, mapping_objects: rows.slice(0, 3) }, null, 2)].map(encode)
    await assert(asyncProperty(integer({ min: 0 }), constantFrom(...texts), async (number, bytes) => {
      if (await compare(mutateBytes(bytes, createPick(number)))) read += 1
    }), { seed, numRuns: 1000 })
    expect(read).toBeGreaterThan(100)
    expect(read).toBeLessThan(900)
  })

  it.each([
    ['a comma at the end', (items: string) => `${items},`],
    ['a comma at the beginning', (items: string) => `,${items}`],
    ['two commas', (items: string) => `${items},,${items}`],
    ['no comma', (items: string) => `${items}${items}`],
    ['an item that is closed by another bracket', () => '{"a":1]'],
    ['a bracket too many', (items: string) => `${items}],[1`],
    ['a byte order mark before an item', (items: string) => `\ufeff${items}`],
    ['a list that nests too deep', () => `${'['.repeat(300)}${']'.repeat(300)}`],
    ['a string that never ends', () => '"'],
    ['a line end in a string', () => '"\n"'],
    ['a single quote', () => "'a'"],
  ])('is read as a whole with %s', async (_what, spoil) => {
    const [first] = sample.mapping_objects
    const bytes = encode(`{"metadata":{},"mapping_objects":[${spoil(JSON.stringify(first))}]}`)
    expect(await compare(bytes)).toBe(false)
  })

  it.each([
    ['of which the list is one', '{"mapping_objects":[1],"mapping_objects":[2]}', false],
    ['beside the list', '{"a":1,"a":2,"mapping_objects":[2]}', false],
    ['around the list and in its items', '{"metadata":{"a":1,\n"a":2},"mapping_objects":[{"b":1,"b":2},\n{"c":{"d":1,"d":3},"b":1}],"z":{"a":1,"a":{"e":0,"e":1}}}', true],
  ])('may have repeated names %s', async (_where, text, isLarge) => {
    expect(await compare(encode(text))).toBe(isLarge)
  })

  it('is read as a whole if it exceeds a limit, unless that is known from its items', async () => {
    const text = encode(JSON.stringify(sample))
    const whole = await readWhole('m.json', text)
    for (const limit of ['values', 'keys', 'cell-characters', 'depth', 'characters'] as const) {
      // The least limit within which it is read.
      let least = 1
      while (!(await readWhole('m.json', text, chooseLimits({ [limit]: least }))).understood.rows) least += 1
      expect([limit, await compare(text, chooseLimits({ [limit]: least }))]).toEqual([limit, true])
      expect([limit, await compare(text, chooseLimits({ [limit]: least - 1 }))]).toEqual([limit, ['values', 'keys', 'cell-characters'].includes(limit)])
    }
    const { diagnostics } = await readLarge('m.json', text, chooseLimits({ values: 20 })) ?? {}
    expect(diagnostics).toMatchObject([{ code: 'read/too-large', found: 'at least 21 values' }])
    expect((await readLarge('m.json', text, chooseLimits({ mappings: 2 })))?.diagnostics.map(({ code }) => code)).toContain('read/too-large')
    expect(whole.understood.rows).toBe(3)
  })

  it('that is hostile is read as a whole, or with the same messages', async () => {
    for (const { name: document, make } of attacks.filter((hostile) => hostile.name.endsWith('.json'))) {
      const made = make()
      const bytes = typeof made === 'string' ? encode(made) : made
      expect([document, await compare(bytes, undefined, 1 << 16)]).toEqual([document, ['mappings.json', 'null.json'].includes(document)])
    }
  })

  it('ends where a limit of its run is reached, without messages', async () => {
    const stop = { because: 'stopped', limit: '1 s', flag: '--max-seconds 2' } as const
    let steps = 0
    const watch = () => () => ((steps += 1) > 4 ? stop : undefined)
    const log = createDiagnosticLog()
    const attack = await loadAttackIndex()
    const bytes = encode(JSON.stringify(sample))
    expect(await understandLarge(testFile('m.json', bytes), {}, attack, log.report, { from: 0, sizes, watch })).toEqual(stop)
    expect(log.entries).toEqual([])
    // Three parts, twice.
    steps = -2
    expect(await understandLarge(testFile('m.json', bytes), {}, attack, log.report, { from: 0, sizes, watch })).toMatchObject({ rows: 3 })
    expect(steps).toBe(4)
  })
})

/** The pointers of all values in a value. */
function pointersIn(value: unknown, at: string): readonly string[] {
  if (typeof value !== 'object' || value === null) return [at]
  return [at, ...Object.entries(value).flatMap(([key, item]) => pointersIn(item, `${at}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`))]
}
