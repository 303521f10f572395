import { writeXlsx } from 'hucre/xlsx'
import * as sheetjs from 'xlsx'
import { describe, expect, it } from 'vitest'
import { usualLimits } from '../../../../src/formats/limits.js'
import { surveyZip, whyTooLarge } from '../../../../src/formats/workbook/survey-zip.js'
import { makeZip } from '../../../support/make-zip.js'
import { makeWorkbook } from '../../../support/make-workbook.js'
import { decodeTable } from '../../../support/read-table.js'

const sheet = { S: [['Control', 'Technique'], ['AC-2', 'T1078']] }

/** A ZIP archive (or, with Root Entry, a compound file) of these members. */
function pack(members: Readonly<Record<string, string | Uint8Array>>, type: 'zip' | 'cfb' = 'zip'): Uint8Array {
  const file = sheetjs.CFB.utils.cfb_new({ CLSID: '' })
  for (const [name, content] of Object.entries(members)) {
    sheetjs.CFB.utils.cfb_add(file, name, typeof content === 'string' ? new TextEncoder().encode(content) : content)
  }
  const bytes: unknown = sheetjs.CFB.write(file, { fileType: type, type: 'array', compression: true })
  if (!(bytes instanceof Uint8Array)) throw new Error('nothing was packed')
  return new Uint8Array(bytes)
}

function text(content: string): Uint8Array {
  return new TextEncoder().encode(content)
}

/** The workbook with a text of its first sheet replaced. */
function replaceInSheet(bytes: Uint8Array, from: string, to: string): Uint8Array {
  const archive: {
    FullPaths: string[]; FileIndex: { content?: Uint8Array }[]
  } = sheetjs.CFB.read(Buffer.from(bytes), { type: 'buffer' })
  const members = archive.FullPaths.map(
    (path, index) => ({ name: path.replace(/^[^/]*\//, ''), content: archive.FileIndex[index]?.content })
  )
  return makeZip(members.flatMap(({ name, content }) => {
    if (name === '' || name.endsWith('/') || content === undefined) return []
    const changed = name === 'xl/worksheets/sheet1.xml' ? text(
      Buffer.from(content).toString('utf8').replace(from, to)
    ) : new Uint8Array(Buffer.from(content))
    return [{ name, content: changed }]
  }))
}

async function refusal(bytes: Uint8Array, name = 'x.xlsx') {
  const { document, diagnostics } = await decodeTable(name, bytes)
  expect(document).toBeUndefined()
  expect(diagnostics).toHaveLength(1)
  return diagnostics[0]
}

describe('workbooks that are refused', () => {
  it('because a password protects them', async () => {
    const bytes = await writeXlsx({ sheets: [{ name: 'S', rows: [['a']] }], encryption: { password: 'secret', spinCount: 10 } })
    expect(await refusal(bytes)).toMatchObject({ code: 'read/protected' })
    expect(
      await refusal(pack({ '/EncryptionInfo': 'x', '/EncryptedPackage': 'y' }, 'cfb'))
    ).toMatchObject({ code: 'read/protected' })
  })

  it('because they are cut off, at whatever byte', async () => {
    const bytes = makeWorkbook(sheet)
    for (const length of [5, 40, 1000, bytes.length - 400, bytes.length - 1]) {
      expect(await refusal(bytes.slice(0, length)), `${length} bytes`).toMatchObject(
        { code: 'read/malformed', message: 'The workbook is cut off or damaged' }
      )
    }
  })

  it('because their bytes were changed', async () => {
    const bytes = makeWorkbook(sheet)
    const at = new TextDecoder('latin1').decode(bytes).indexOf('xl/worksheets/sheet1.xml') + 60
    expect(await refusal(bytes.with(at, (bytes[at] ?? 0) ^ 0xff))).toMatchObject({ code: 'read/malformed' })
  })

  it('because they hold nothing', async () => {
    expect(await refusal(makeWorkbook({ One: [], Two: [[null, '']] }))).toMatchObject(
      { code: 'read/empty', found: 'the sheets One, Two, all blank' }
    )
  })

  it.each([
    ['a Word document', pack({ '/[Content_Types].xml': '<x/>', '/word/document.xml': '<x/>' })],
    ['a ZIP archive', pack({ '/notes.txt': 'x' })],
    ['a Word document', pack({ '/WordDocument': 'x' }, 'cfb')],
    ['an old Office document other than a workbook', pack({ '/PowerPoint Document': 'x' }, 'cfb')],
  ])('because they are %s', async (found, bytes) => {
    expect(await refusal(bytes)).toMatchObject({ code: 'read/binary', found })
  })

  it.each([
    ['an Excel binary workbook (.xlsb)', makeWorkbook(sheet, 'xlsb')],
    ['a workbook from before Excel 97', makeWorkbook(sheet, 'biff5')],
  ])('because the host reads none that are %s', async (found, bytes) => {
    expect(await refusal(bytes)).toMatchObject({ code: 'read/foreign-workbook', found })
  })

  it('because they would inflate to too much', async () => {
    const bomb = makeZip(
      [{ name: '[Content_Types].xml', content: text('<x/>') }, { name: 'xl/workbook.xml', content: new Uint8Array(20_000_000) }]
    )
    expect(bomb.length).toBeLessThan(25_000)
    expect(await refusal(bomb)).toMatchObject(
      { code: 'read/inflates-too-much', found: expect.stringMatching(/times \(xl\/workbook.xml, 20 MB\)/) }
    )
  })

  it('because a cell stands far from all others', async () => {
    const bytes = makeWorkbook(sheet)
    const far = replaceInSheet(bytes, 'r="B2"', 'r="XFD1048576"')
    expect(await refusal(far)).toMatchObject({ code: 'read/too-large', found: expect.stringContaining('cells (xl/worksheets/sheet1.xml)') })
  })

  it('because they inflate to more than they declare', async () => {
    const bomb = makeZip([
      { name: '[Content_Types].xml', content: text('<Types><Override PartName="/xl/workbook.xml" ContentType="x"/></Types>') },
      { name: 'xl/workbook.xml', content: new Uint8Array(50_000_000), declared: 1000 },
      { name: '_rels/.rels', content: new Uint8Array(50_000_000), declared: 1000 },
    ])
    const before = process.memoryUsage().arrayBuffers
    expect(await refusal(bomb)).toMatchObject({ code: 'read/malformed' })
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20_000_000)
  })
})

describe('the directory of an archive', () => {
  const entry = { name: 'a', compressed: 1000, inflated: 2000, encrypted: false, stored: false, checksum: 0, offset: 0 }

  it('is judged by sizes, ratios and numbers', () => {
    expect(whyTooLarge([entry], usualLimits)).toBeUndefined()
    expect(whyTooLarge([{ ...entry, inflated: 0 }], usualLimits)).toContain('without a declared size')
    expect(whyTooLarge([{ ...entry, inflated: 400_000_000 }], usualLimits)).toMatchObject({ limit: 'ratio', found: 400_000 })
    expect(
      whyTooLarge(Array.from({ length: 6 }, () => ({ ...entry, compressed: 1_000_000, inflated: 100_000_000 })), usualLimits)
    ).toMatchObject({ limit: 'inflated', found: 600_000_000 })
    expect(whyTooLarge(Array.from({ length: 10_001 }, () => entry), usualLimits)).toMatchObject({ limit: 'members' })
  })

  it('is read without inflating', () => {
    const entries = surveyZip(pack({ '/a.txt': 'x'.repeat(5000), '/b': 'y' }), 100)
    expect(entries?.map(({ name, inflated }) => [name, inflated])).toContainEqual(['a.txt', 5000])
  })
})

it('says that a workbook holds macros, and reads it', async () => {
  const bytes = makeWorkbook(sheet, 'xlsm', (_, book) => {
    book.vbaraw = pack({ '/VBA/dir': 'x' }, 'cfb')
  })
  const { document, diagnostics } = await decodeTable('x.xlsm', bytes)
  expect(document?.sheets[0]?.rows).toHaveLength(2)
  expect(diagnostics).toEqual([expect.objectContaining({ code: 'read/macros', severity: 'info' })])
})
