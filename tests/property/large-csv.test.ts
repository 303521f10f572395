import { array, assert, asyncProperty, boolean, constantFrom, integer, oneof, string } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeDocument, openLargeDocument } from '../../src/formats/decode-document.js'
import type { DecodedDocument } from '../../src/formats/decoded.js'
import { chooseLimits, type Limits } from '../../src/formats/limits.js'
import { mutateBytes } from '../fuzz/mutations.js'
import { readLarge, readWhole, smallParts } from '../support/compare-readings.js'
import { attacks } from '../support/hostile-documents.js'
import { createPick } from '../support/mutate-document.js'
import { testFile } from '../support/read-tree.js'

const seed = 20_261_129

/** Whether a table is read step by step; then everything must be as when it is read as a whole. */
async function compare(bytes: Uint8Array, limits?: Limits, part = 1): Promise<boolean> {
  const large = await readLarge('t.csv', bytes, limits, part)
  expect(large).toEqual(large && await readWhole('t.csv', bytes, limits))
  return large !== undefined
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text)
const titles = ['capability_id', 'capability_description', 'technique', 'comments', 'references']
const cell = oneof(
  constantFrom('', ' ', 'AC-2', 'AC-3', 'T1078', 'T1078.001, T1110', 'T1059 (PowerShell)', 'a, b', 'say "x"', 'two\nlines', 'three\r\nlines', 'äöü 𝄞', 'x;y', '='),
  string({ unit: 'binary', maxLength: 20 }),
)
const rows = array(array(cell, { minLength: 1, maxLength: 6 }), { maxLength: 12 })
const quoted = (text: string, delimiter: string): string => (/["\r\n]/.test(text) || text.includes(delimiter) ? `"${text.replaceAll('"', '""')}"` : text)
const lineEnds = constantFrom('\n', '\r\n')
const delimiters = constantFrom(',', ';', '\t')

function write(table: readonly (readonly string[])[], delimiter: string, lineEnd: string, hasMark = false): Uint8Array {
  return encode(`${hasMark ? '\ufeff' : ''}${[titles, ...table].map((row) => row.map((text) => quoted(text, delimiter)).join(delimiter)).join(lineEnd)}${lineEnd}`)
}

/** The sheet of a table, and the places of its cells and of some that it does not have. */
function describeSheet(document: DecodedDocument | undefined) {
  const [sheet] = document && 'sheets' in document ? document.sheets : []
  return sheet && { rows: sheet.rows, places: [...sheet.rows, []].map((cells, row) => [...cells, '', ''].map((_cell, column) => sheet.place(row, column))) }
}

describe('a large table', () => {
  it('is read step by step as it is as a whole, with the same messages, however its parts are cut', async () => {
    let read = 0
    await assert(asyncProperty(rows, delimiters, lineEnds, boolean(), integer({ min: 1, max: 200 }), async (table, delimiter, lineEnd, hasMark, part) => {
      if (await compare(write(table, delimiter, lineEnd, hasMark), undefined, part)) read += 1
    }), { seed, numRuns: 250 })
    expect(read).toBeGreaterThan(240)
  })

  it('has the same cells at the same places', async () => {
    await assert(asyncProperty(rows, delimiters, lineEnds, integer({ min: 1, max: 200 }), async (table, delimiter, lineEnd, part) => {
      const file = testFile('t.csv', write(table, delimiter, lineEnd))
      const reading = { lists: new Set<string>(), accepts: () => false, limits: chooseLimits(), from: 0, sizes: smallParts(part) }
      const large = describeSheet(await openLargeDocument(file, reading, () => undefined))
      expect(large).toEqual(large && describeSheet(await decodeDocument(file, () => undefined)))
    }), { seed, numRuns: 250 })
  })

  it('is read as a whole if anything is wrong with it, else as before: spoilt bytes', async () => {
    let read = 0
    const table = Array.from({ length: 8 }, (_row, index) => [`AC-${index}`, 'Ünïcödé', 'T1078', index % 3 === 0 ? 'a "b"\nc' : '', 'https://example.org/'])
    const bytes = write(table, ',', '\r\n')
    await assert(asyncProperty(integer({ min: 0 }), async (number) => {
      if (await compare(mutateBytes(bytes, createPick(number)))) read += 1
    }), { seed, numRuns: 600 })
    expect(read).toBeGreaterThan(100)
    expect(read).toBeLessThan(550)
  })

  it.each([
    ['a quote that is never closed', 'a,b\n"AC-1,T1078\n'],
    ['text after a closing quote', 'a,b\n"AC-1"x,T1078\n'],
    ['a line that states the delimiter', 'sep=;\na;b\n'],
    ['a table of Markdown', '|a|b|\n|--|--|\n|AC-1|T1078|\n'],
    ['nothing but white space', ' , \n\n'],
    ['a record of many cells', `a${',a'.repeat(100)}\n`],
    ['line ends of a carriage return in a long text', `a,b\r${'AC-1,T1078\r'.repeat(800_000)}`],
  ])('is read as a whole with %s', async (_what, text) => {
    expect(await readLarge('t.csv', encode(text), chooseLimits({ rows: 1e6, cells: 1e7 }), 1 << 16)).toBeUndefined()
  })

  it('may have cells that are longer than a part', async () => {
    expect(await compare(encode(`capability_id,technique,comments\nAC-2,T1078,"${'long\n'.repeat(50_000)}"\nAC-3,T1110,\n`), undefined, 64)).toBe(true)
  })

  it('is read as a whole if it exceeds a limit, and only then', async () => {
    const table = write([['AC-2', 'a', 'T1078', 'c'.repeat(30), ''], ['AC-3', 'b', 'T1110', '', '']], ',', '\n')
    for (const [limit, least] of [['rows', 3], ['cells', 15], ['cell-characters', 30], ['characters', table.length]] as const) {
      expect([limit, await compare(table, chooseLimits({ [limit]: least }))]).toEqual([limit, true])
      expect([limit, await compare(table, chooseLimits({ [limit]: least - 1 }))]).toEqual([limit, false])
    }
  })

  it('is read as a whole if its rows make more mappings than the limit', async () => {
    const table = write([['AC-2, AC-3', '', 'T1078, T1110', '', ''], ['AC-4', '', 'T1078', '', '']], ',', '\n')
    expect(await compare(table, chooseLimits({ mappings: 5 }))).toBe(true)
    expect(await compare(table, chooseLimits({ mappings: 4 }))).toBe(false)
    expect(await compare(table, chooseLimits({ mappings: 3 }))).toBe(false)
  })

  it('that is hostile is read as a whole, or with the same messages', async () => {
    const hostile = attacks.filter(({ name }) => name.endsWith('.csv'))
    expect(hostile.length).toBeGreaterThan(5)
    for (const { make } of hostile) {
      const made = make()
      await compare(typeof made === 'string' ? encode(made) : made, undefined, 1 << 16)
    }
  })
})
