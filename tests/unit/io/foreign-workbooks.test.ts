import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import * as sheetjs from 'xlsx'
import { convert, understand } from '../../../src/pipeline/convert.js'
import { createMemoryHost } from '../../../src/pipeline/host.js'
import { createDiskHost } from '../../../src/io/disk-host.js'
import { createForeignReader } from '../../../src/io/worker-pool.js'

const rows = [
  ['Control', 'Technique', 'Comment', 'Score', 'Created'],
  ['AC-2', 'T1078', 'of\ntwo lines', 4.1, new Date(Date.UTC(2024, 11, 31))],
  [null, 'T1110', 'x & <y>', 2, null],
  ['AC-7', 'T1059', null, 1, null],
]

/** Those of SheetJS; its types lack two that it writes. */
type Form = sheetjs.BookType | 'biff3' | 'biff4'

function make(type: Form): Uint8Array {
  const sheet = sheetjs.utils.aoa_to_sheet(rows, { cellDates: true, UTC: true })
  sheet['!merges'] = [sheetjs.utils.decode_range('A2:A3')]
  const book = sheetjs.utils.book_new()
  sheetjs.utils.book_append_sheet(book, sheet, 'Map')
  const options: object = { bookType: type, type: 'array' }
  const bytes: unknown = sheetjs.write(book, options)
  if (!(bytes instanceof ArrayBuffer)) throw new Error('SheetJS wrote no bytes')
  return new Uint8Array(bytes)
}

const read = createForeignReader()

async function readWith(name: string, bytes: Uint8Array, readForeignWorkbook = read) {
  const { sets, diagnostics } = await understand({ inputs: [] }, { ...createMemoryHost({ [name]: bytes }), readForeignWorkbook })
  return { rows: sets.flatMap(({ set }) => set.mappings), errors: diagnostics.filter(({ severity }) => severity === 'error') }
}

describe('workbooks that hucre cannot read', () => {
  it.each<[string, Form, boolean]>([
    ['x.xlsb', 'xlsb', true], ['x.fods', 'fods', true], ['x.xml', 'xlml', true], ['x.xls', 'xlml', true],
    ['x.xls', 'biff5', false], ['x.xls', 'biff4', false], ['x.xls', 'biff3', false], ['x.xls', 'biff2', false],
  ])('%s (%s) are read in a worker', async (name, type, keepsMerges) => {
    const read1 = await readWith(name, make(type))
    expect(read1.errors).toEqual([])
    expect(read1.rows).toHaveLength(3)
    expect(read1.rows[0]).toMatchObject({
      capability: { id: 'AC-2' }, technique: { id: 'T1078' }, comments: 'of\ntwo lines', score: { value: '4.1' },
      origins: [{ document: name, place: { kind: 'cell', cell: 'B2' } }],
    })
    expect(read1.rows[1]).toMatchObject(keepsMerges ? { capability: { id: 'AC-2' } } : { kind: 'unmapped-technique' })
  })

  it('keep letters of their code page, and lines of a flat OpenDocument', async () => {
    const flat = new TextDecoder().decode(make('fods')).replace('x &amp; &lt;y&gt;', 'x</text:p><text:p>é')
    expect((await readWith('x.fods', new TextEncoder().encode(flat))).rows[1]?.comments).toBe('x\né')
  })

  it('are errors where the host has no reader', async () => {
    const { documents, diagnostics } = await understand({ inputs: [] }, createMemoryHost({ 'x.xlsb': make('xlsb') }))
    expect(documents[0]?.rows).toBe(0)
    expect(diagnostics).toEqual([expect.objectContaining({ code: 'read/foreign-workbook', found: 'an Excel binary workbook (.xlsb)' })])
  })

  it('are reported if they are damaged', async () => {
    const bytes = make('fods')
    const cut = await readWith('x.fods', bytes.slice(0, bytes.length - 300))
    expect(cut.errors).toMatchObject([{ code: 'read/malformed' }])
    const row = new TextDecoder().decode(make('xlml')).replace(/<Row\b/, '<Rwo')
    expect((await readWith('x.xml', new TextEncoder().encode(row))).errors).toMatchObject([{ code: 'read/malformed' }])
    const xlsb = make('xlsb')
    const at = new TextDecoder('latin1').decode(xlsb).indexOf('sheet1.bin') + 60
    expect((await readWith('x.xlsb', xlsb.with(at, (xlsb[at] ?? 0) ^ 0xff))).errors).toMatchObject([{ code: 'read/malformed' }])
    for (const length of [600, 1500, 3000]) {
      expect((await readWith('x.xls', make('biff5').slice(0, length))).errors, `${length} bytes`).toMatchObject([{ code: 'read/malformed' }])
    }
  })
})

async function never(): Promise<never> {
  throw new Error('it was read')
}

function xml(body: string): string {
  return `<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
    xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="S"><Table>${body}</Table></Worksheet></Workbook>`
}

describe('a workbook of one XML text', () => {
  const cell = '<Cell><Data ss:Type="String">x</Data></Cell>'

  it.each([
    ['rows', 'x.xml', xml(`<Row>${cell}</Row>`.repeat(100_001))],
    ['cells', 'x.xml', xml(`<Row ss:Index="900000000">${cell}</Row>`)],
    ['cells', 'x.xml', xml(`<Row><Cell ss:Index="90000000"><Data ss:Type="String">x</Data></Cell></Row>`)],
    ['cell-characters', 'x.xml', xml(`<Row><Cell><Data ss:Type="String">${'x'.repeat(1_000_001)}</Data></Cell></Row>`)],
    ['rows', 'x.fods', new TextDecoder().decode(make('fods')).replace('<table:table-row', '<table:table-row table:number-rows-repeated="1000000"')],
  ])('of too many %s is refused before it is read', async (limit, name, text) => {
    const { errors } = await readWith(name, new TextEncoder().encode(text), never)
    expect(errors).toMatchObject([{ code: 'read/too-large', hint: expect.stringContaining(`--max ${limit}=`) }])
  })

  it('is read if its indexes leave a few rows out', async () => {
    const row = '<Row ss:Index="9"><Cell ss:Index="1"><Data ss:Type="String">AC-9</Data></Cell><Cell><Data ss:Type="String">T1078</Data></Cell></Row>'
    const text = new TextDecoder().decode(make('xlml')).replace('</Table>', `${row}</Table>`)
    const { rows: found, errors } = await readWith('x.xml', new TextEncoder().encode(text))
    expect({ last: found.at(-1)?.origins[0]?.place, errors }).toEqual({ last: { kind: 'cell', sheet: 'Map', cell: 'B9' }, errors: [] })
  })
})

describe('a workbook that takes too long or too much', () => {
  it('is stopped, and the others are read', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'foreign-'))
    writeFileSync(path.join(folder, 'a.xlsb'), make('xlsb'))
    writeFileSync(path.join(folder, 'b.csv'), 'Control,Technique,Score\nAC-2,T1078,1\n')
    const host = createDiskHost({ output: path.join(folder, 'out'), extensions: ['xlsb', 'csv'], stop: { seconds: 0.001 } })
    const { documents, diagnostics } = await convert({ inputs: [folder], emitters: ['csv'] }, host)
    expect(documents.map(({ rows: count }) => count)).toEqual([0, 1])
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([expect.objectContaining({
      code: 'read/stopped', message: expect.stringMatching(/a\.xlsb was stopped at the limit of 0\.001 seconds/),
    })])
  })

  it.each([
    ['a loop that never ends', 'for (;;);', { seconds: 1 }, '1 seconds'],
    ['objects without end', 'const all = []; for (;;) all.push({ a: all.length });', { seconds: 60, megabytes: 64 }, '64 MB of memory'],
    ['buffers without end', 'const all = []; for (;;) { all.push(Buffer.alloc(1e6, 1)); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1) }',
      { seconds: 60, megabytes: 64 }, '64 MB of memory'],
  ])('is stopped in %s', async (_, script, limits, limit) => {
    expect(await createForeignReader(limits, async () => `require('node:worker_threads').parentPort.postMessage({ ready: true }); ${script}`)(new Uint8Array(1))).toEqual({ because: 'stopped', limit })
  }, 90_000)

  it('is stopped at the limit of memory', async () => {
    const cell = '<Cell><Data ss:Type="String">words</Data></Cell>'
    const bytes = new TextEncoder().encode(`<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
      xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="S"><Table>${
      `<Row>${cell.repeat(20)}</Row>`.repeat(4000)}</Table></Worksheet></Workbook>`)
    expect(await createForeignReader({ megabytes: 20 })(bytes)).toEqual({ because: 'stopped', limit: '20 MB of memory' })
  })
})
