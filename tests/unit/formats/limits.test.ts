import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { createDiagnosticLog } from '../../../src/diagnostics/diagnostic.js'
import { decodeDocument } from '../../../src/formats/decode-document.js'
import { chooseLimits, limitNames, type LimitName, limitTable } from '../../../src/formats/limits.js'
import { createMemoryHost } from '../../../src/index.js'
import { understand } from '../../../src/pipeline/convert.js'
import { makeWorkbook } from '../../support/make-workbook.js'
import { makeZip } from '../../support/make-zip.js'
import { testFile } from '../../support/read-tree.js'

/** Makes a document that has `count` of what a limit counts. */
type Make = (count: number) => readonly [name: string, content: string | Uint8Array]

const many = (piece: string, count: number): string => piece.repeat(Math.max(0, count))

/** A document for each limit that decoding counts, and the limit that it is tried with. */
const made: readonly (readonly [limit: LimitName, what: string, at: number, make: Make])[] = [
  ['characters', 'a text', 500, (count) => ['x.txt', `${many('abcd ', 99)}${many('x', count - 495)}`]],
  ['characters', 'a text of more bytes than characters', 500, (count) => ['x.txt', `${many('abcé ', 99)}${many('é', count - 495)}`]],
  ['cell-characters', 'a CSV', 50, (count) => ['x.csv', `id,technique\nA,${many('x', count)}\n`]],
  ['cell-characters', 'a text', 50, (count) => ['x.txt', `Some text.\n${many('x', count)}\n`]],
  ['cell-characters', 'JSON', 50, (count) => ['x.json', JSON.stringify({ a: many('x', count) })]],
  ['cell-characters', 'an .xlsx', 50, (count) => ['x.xlsx', makeWorkbook({ a: [['id', many('x', count)]] })]],
  ['cell-characters', 'an .xls', 50, (count) => ['x.xls', makeWorkbook({ a: [['id', many('x', count)]] }, 'biff8')]],
  ['characters', 'shared strings', 400, (count) => ['x.xlsx', sharedStrings(many('x', 100), count / 100)]],
  ['lines', 'a text', 9, (count) => ['x.txt', many('Some text.\n', count)]],
  ['lines', 'a text without an end', 9, (count) => ['x.txt', `${many('Some text.\r\n', count - 1)}Some text.`]],
  ['rows', 'a CSV', 9, (count) => ['x.csv', many('id,technique\n', count)]],
  ['rows', 'an .xlsx', 9, (count) => ['x.xlsx', makeWorkbook({ a: rows(count - 2), b: rows(2) })]],
  ['rows', 'an .xls', 9, (count) => ['x.xls', makeWorkbook({ a: rows(count) }, 'biff8')]],
  ['rows', 'an .ods', 9, (count) => ['x.ods', ods(`<table:table-row table:number-rows-repeated="${count}">${cell()}</table:table-row>`)]],
  ['cells', 'a CSV', 20, (count) => ['x.csv', `id,technique\n${many(',', count - 3)}\n`]],
  ['cells', 'a far cell', 20, (count) => ['x.xlsx', makeWorkbook({ a: [['a', 'b'], ...Array.from({ length: count / 2 - 2 }, () => []), ['c']] })]],
  ['merged-cells', 'an .xlsx', 12, (count) => ['x.xlsx', makeWorkbook({ a: rows(count) }, 'xlsx', (sheet) => {
    sheet['!merges'] = [{ s: { r: 0, c: 0 }, e: { r: count - 1, c: 0 } }]
  })]],
  ['merged-cells', 'an .ods', 12, (count) => ['x.ods', ods(`<table:table-row>${cell(`table:number-rows-spanned="${count}"`)}</table:table-row>`)]],
  ['repeated-cells', 'rows of an .ods', 9, (count) => ['x.ods', ods(`<table:table-row table:number-rows-repeated="${count + 1}">${cell()}</table:table-row>`)]],
  ['repeated-cells', 'columns of an .ods', 9, (count) => ['x.ods', ods(`<table:table-row>${cell(`table:number-columns-repeated="${count + 1}"`)}</table:table-row>`)]],
  ['members', 'an archive', 12, (count) => ['x.ods', ods(`<table:table-row>${cell()}</table:table-row>`, count - 2)]],
  ['inflated', 'a gzip file', 5000, (count) => ['x.txt.gz', gzipSync(many('Text. ', 800) + many('x', count - 4800))]],
  ['values', 'JSON', 9, (count) => ['x.json', JSON.stringify([{}, ...Array.from({ length: count - 2 }, (_, index) => index)])]],
  ['keys', 'JSON', 9, (count) => ['x.json', JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, 1])))]],
  ['depth', 'JSON', 9, (count) => ['x.json', many('[', count) + many(']', count)]],
  ['depth', 'YAML', 9, (count) => ['x.yaml', `${many('[', count)}1${many(']', count)}\n`]],
  ['depth', 'YAML in blocks', 9, (count) => ['x.yaml', `${many('- ', count)}1\n`]],
  ['depth', 'TOML', 9, (count) => ['x.toml', `a = ${many('[', count)}${many(']', count)}\n`]],
  ['yaml-characters', 'YAML', 90, (count) => ['x.yaml', `a: ${many('x', count - 4)}\n`]],
  ['yaml-characters', 'TOML', 90, (count) => ['x.toml', `a = "${many('x', count - 7)}"\n`]],
  ['yaml-values', 'YAML', 20, (count) => ['x.yaml', many('- a\n', count)]],
  ['elements', 'a page', 30, (count) => ['x.html', `<html>${many('<p>a</p>', count - 1)}</html>`]],
]

function rows(count: number): string[][] {
  return Array.from({ length: count }, (_, index) => [`A-${index}`])
}

function sharedStrings(text: string, uses: number): Uint8Array {
  return makeWorkbook({ a: Array.from({ length: uses }, () => [text]) }, 'xlsx')
}

function cell(attributes = ''): string {
  return `<table:table-cell office:value-type="string" ${attributes}><text:p>A</text:p></table:table-cell>`
}

function ods(row: string, others = 0): Uint8Array {
  const names = ['office', 'table', 'text'].map((name) => `xmlns:${name}="urn:oasis:names:tc:opendocument:xmlns:${name}:1.0"`).join(' ')
  const content = `<?xml version="1.0"?><office:document-content ${names}><office:body><office:spreadsheet><table:table table:name="S">`
    + `${row}</table:table></office:spreadsheet></office:body></office:document-content>`
  return makeZip([
    { name: 'mimetype', content: encode('application/vnd.oasis.opendocument.spreadsheet') }, { name: 'content.xml', content: encode(content) },
    ...Array.from({ length: others }, (_, index) => ({ name: `other${index}.xml`, content: encode('<a/>') })),
  ])
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

function table(count: number): string {
  return `capability_id,technique,framework\n${Array.from({ length: count }, (_, index) => `A-${index},T1078,f${index}\n`).join('')}`
}

describe('a document at a limit', () => {
  it.each(made)('%s of %s: one that has as many is read, one more is refused', async (limit, _what, at, make) => {
    const step = limit === 'characters' && make(at)[0] === 'x.xlsx' ? 100 : limit === 'cells' && make(at)[0] === 'x.xlsx' ? 2 : 1
    const limits = chooseLimits({ [limit]: at })
    const under = createDiagnosticLog()
    expect(await decodeDocument(testFile(...make(at)), under.report, undefined, { limits })).toBeDefined()
    expect(under.entries.filter(({ severity }) => severity === 'error')).toEqual([])

    const over = createDiagnosticLog()
    const file = testFile(...make(at + step))
    expect(await decodeDocument(file, over.report, undefined, { limits })).toBeUndefined()
    const { noun } = limitTable[limit]
    expect(over.entries).toMatchObject([{
      code: expect.stringMatching(/^read\/(?:too-large|too-deep|inflates-too-much)$/),
      message: `${file.path} exceeds the limit of ${at} ${noun}, and was not read`,
      origin: { document: file.name },
      found: expect.stringMatching(new RegExp(`^at least \\d+ ${noun}`)),
      expected: `at most ${at} ${noun}`,
      hint: expect.stringContaining(`--max ${limit}=`),
    }])
    expect(await decodeDocument(file, () => undefined, undefined, { limits: chooseLimits({ [limit]: at + step }) })).toBeDefined()
  })

  it.each([['x.json.gz', gzipSync(new Uint8Array(6_000_000).fill(0x20))]])('ratio of a gzip file', async (name, bytes) => {
    const log = createDiagnosticLog()
    expect(await decodeDocument(testFile(name, bytes), log.report)).toBeUndefined()
    expect(log.entries).toMatchObject([{ code: 'read/inflates-too-much', hint: expect.stringContaining('--max ratio=') }])
  })
})

describe('a document whose mappings exceed a limit', () => {
  it.each([
    ['mappings', 'capability_id,technique\nA-1,T1078\n', 'capability_id,technique\nA-1,"T1078, T1110"\n'], ['sets', table(1), table(2)],
    ['frameworks', table(1), table(2)],
  ] as const)('%s', async (limit, under, over) => {
    const documents = { 'a.csv': 'capability_id,technique\nB-1,T1078\n', 'b.csv': over }
    const read = await understand({ inputs: [] }, { ...createMemoryHost({ 'b.csv': under }), limits: { [limit]: 1 } })
    expect(read.documents.map(({ rows: found }) => found)).toEqual([1])
    const { sets, diagnostics } = await understand({ inputs: [] }, { ...createMemoryHost(documents), limits: { [limit]: 1 } })
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toMatchObject(
      [{ code: 'read/too-large', origin: { document: 'b.csv' }, hint: expect.stringContaining(`--max ${limit}=`) }]
    )
    // The rest of the batch is read.
    expect(sets.flatMap(({ set }) => set.mappings.map((mapping) => ('capability' in mapping ? mapping.capability.id : '')))).toEqual(['B-1'])
  })
})

it('every limit is tried', () => {
  const tried = new Set<string>([...made.map(([limit]) => limit), 'ratio', 'mappings', 'sets', 'frameworks'])
  // Documents are counted by the host of the disk.
  expect(limitNames.filter((name) => !tried.has(name))).toEqual(['documents'])
})

describe('the choice of limits', () => {
  it('keeps the usual ones of all others, and does not go beyond what is safe', () => {
    expect(chooseLimits({ rows: 5 })).toEqual({ ...chooseLimits(), rows: 5 })
    expect(chooseLimits({ depth: 100_000 }).depth).toBe(500)
  })

  it('is checked when a program makes a host', () => {
    expect(() => createMemoryHost({}, { limits: { rows: 0 } })).toThrow('means.limits.rows')
    expect(() => createMemoryHost({}, { limits: { depth: 501 } })).toThrow('means.limits.depth')
    expect(createMemoryHost({}, { limits: { rows: 5 } }).limits).toEqual({ rows: 5 })
  })

  it('says if a limit cannot be raised further', async () => {
    const log = createDiagnosticLog()
    await decodeDocument(testFile('x.json', '['.repeat(501)), log.report, undefined, { limits: chooseLimits({ depth: 500 }) })
    expect(log.entries).toMatchObject([{ code: 'read/too-deep', hint: 'The limit cannot be raised further.' }])
  })
})

it('many blank rows above a cell cost nothing, and are not dropped', async () => {
  const bytes = makeWorkbook({ a: [['id'], ...Array.from({ length: 20_000 }, () => []), ['last']] })
  const document = await decodeDocument(testFile('x.xlsx', bytes), () => undefined)
  expect(document?.container === 'workbook' && document.sheets[0]?.rows.at(-1)).toEqual(['last'])
  expect(document?.container === 'workbook' && document.sheets[0]?.rows.length).toBe(20_002)
})
