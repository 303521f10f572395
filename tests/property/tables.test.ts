import * as fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { makeWorkbook } from '../support/make-workbook.js'
import { decodeTable, readTable } from '../support/read-table.js'

const rows = [
  ['Control', 'Technique', 'Comments'],
  ['AC-2', 'T1078; T1059.001', 'x'],
  ['AC-3', 'Valid Accounts (T1078)', null],
  [null, 'T1190', 'y'],
]

/** Bytes of a good file, some of them changed, perhaps cut off. */
function damaged(bytes: Uint8Array): fc.Arbitrary<Uint8Array> {
  const change = fc.tuple(fc.nat(bytes.length - 1), fc.nat(255))
  return fc.tuple(
    fc.array(change, { minLength: 1, maxLength: 20 }), fc.option(fc.integer({ min: 8, max: bytes.length }), { freq: 3 })
  ).map(([changes, length]) => {
    const copy = new Uint8Array(bytes)
    // The signature stays: these are the files that the decoders must stand.
    for (const [at, value] of changes) if (at >= 8) copy[at] = value
    return length === null ? copy : copy.slice(0, length)
  })
}

describe('workbooks of any bytes', () => {
  afterEach(() => {
    vi.restoreAllMocks()
  })

  it.each([
    ['a ZIP archive', [0x50, 0x4b, 0x03, 0x04]],
    ['an empty ZIP archive', [0x50, 0x4b, 0x05, 0x06]],
    ['a compound file', [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]],
  ])('after the signature of %s are refused with a word', async (_, signature) => {
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 2000 }), async (bytes) => {
      const { document, diagnostics } = await decodeTable('x.xlsx', new Uint8Array([...signature, ...bytes]))
      expect(document).toBeUndefined()
      expect(diagnostics.length).toBeGreaterThan(0)
    }), { numRuns: 60 })
  })

  it.each(
    ['xlsx', 'ods', 'biff8', 'biff5'] as const
  )('as damaged .%s never throw, never print, and are read or refused', async (type) => {
    const bytes = makeWorkbook({ S: rows }, type)
    const printed = (['log', 'warn', 'error'] as const).map((name) => vi.spyOn(console, name).mockReturnValue())
    await fc.assert(fc.asyncProperty(damaged(bytes), async (content) => {
      const { sets, diagnostics } = await readTable('x.bin', content)
      expect(sets.length + diagnostics.length).toBeGreaterThan(0)
    }), { numRuns: 150, timeout: 5000 })
    for (const spy of printed) expect(spy).not.toHaveBeenCalled()
  })
})

describe('CSV of any bytes', () => {
  it('never throws', async () => {
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 500 }), async (bytes) => {
      const titled = new Uint8Array([...new TextEncoder().encode('Control,Technique\n'), ...bytes])
      for (const content of [bytes, titled]) expect(await readTable('x.csv', content)).toHaveProperty('sets')
    }), { numRuns: 300 })
  })

  it('keeps every row that names something, or says why not', async () => {
    const cell = fc.constantFrom(
      '', 'AC-2', 'T1078', 'T1059.001; T1190', 'Valid Accounts', 'n/a', '"', 'x,y', 'a\nb', "'", '__proto__', 'non_mappable', ' '
    )
    const records = fc.array(fc.tuple(cell, cell, cell, cell), { maxLength: 20 })
    await fc.assert(fc.asyncProperty(records, fc.constantFrom(',', ';', '\t', '|'), async (cells, delimiter) => {
      const lines = [['Control ID', 'Technique ID', 'Mapping Type', 'Comments'], ...cells]
      const text = lines.map((line) => line.map((value) => `"${value.replaceAll('"', '""')}"`).join(delimiter)).join('\n')
      const { sets, diagnostics } = await readTable('x.csv', text)
      const lost = diagnostics.filter(({ severity, code }) => severity === 'error' || code === 'parse/empty-row').length
      const kept = new Set(
        sets.flatMap(
          ({ mappings }) => mappings.flatMap(
            ({ origins }) => origins.map(({ place }) => (place.kind === 'text' ? place.line : 0))
          )
        )
      )
      const said = cells.filter((record) => record.some((value) => value.trim() !== '')).length
      // A record of several lines may begin before the line that its mapping stands on: lines tell rows apart all the same.
      expect(kept.size + lost).toBe(said)
    }))
  })
})
