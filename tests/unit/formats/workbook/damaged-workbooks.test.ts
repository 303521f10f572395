import * as fc from 'fast-check'
import { writeXlsx } from 'hucre/xlsx'
import { describe, expect, it } from 'vitest'
import { scanXml } from '../../../../src/formats/workbook/scan-xml.js'
import { makeWorkbook } from '../../../support/make-workbook.js'
import { makeZip } from '../../../support/make-zip.js'
import { decodeTable } from '../../../support/read-table.js'
import { readParts } from '../../../support/read-workbook.js'

const rows = [['Control', 'Technique', 'Score'], ['AC-2', 'T1078', 1], ['AC-3', 'T1059', 2], ['AC-4', 'T1001', 3]]
const sheet = 'xl/worksheets/sheet1.xml'
const strings = 'xl/sharedStrings.xml'
const parts = readParts(await writeXlsx({ sheets: [{ name: 'S', rows }, { name: 'T', rows: [['x']] }] }))
const odsParts = readParts(makeWorkbook({ S: rows }, 'ods'))

function pack(members: ReadonlyMap<string, string>): Uint8Array {
  return makeZip(Array.from(members, ([name, text]) => ({ name, content: new TextEncoder().encode(text) })))
}

async function decode(part: string, change: (text: string) => string, members = parts) {
  const before = members.get(part) ?? ''
  const after = change(before)
  expect(after).not.toBe(before)
  const { document, diagnostics } = await decodeTable('x.xlsx', pack(new Map([...members, [part, after]])))
  return { rows: document?.sheets[0]?.rows ?? [], errors: diagnostics.filter(({ severity }) => severity === 'error') }
}

describe('a damaged workbook is reported, with the place of the damage', () => {
  it.each<[string, string, (text: string) => string, string]>([
    ['a row that became its end', sheet, (xml) => xml.replace(/<row r="3"[^>]*>/, '</row>'), '</row>'],
    ['a row that ends twice', sheet, (xml) => xml.replace('</row>', '</row></row>'), '</row>'],
    ['a cell that ends twice', sheet, (xml) => xml.replace('</c>', '</c></c>'), '</c>'],
    ['a misspelt row', sheet, (xml) => xml.replace(/<row r="3"(.*?)<\/row>/, '<rwo r="3"$1</rwo>'), '<rwo r="3">'],
    ['a misspelt cell', sheet, (xml) => xml.replace(/<c r="A3"(.*?)<\/c>/, '<x r="A3"$1</x>'), '<x r="A3"'],
    ['a cell that is there twice', sheet, (xml) => xml.replace('r="B3"', 'r="A3"'), '<c r="A3"'],
    ['rows that are there twice', sheet, (xml) => xml.replaceAll(/r="([ABC]?)3"/g, 'r="$12"'), '<c r="A2"'],
    ['a string that is not shared', sheet, (xml) => xml.replace(/(<c r="A3" t="s"[^>]*><v>)\d+/, '$199'), '99'],
    ['a number that is none', sheet, (xml) => xml.replace(/(<c r="C3"[^>]*><v>)2/, '$1two'), 'two'],
    ['a type of cells that does not exist', sheet, (xml) => xml.replace('t="s"', 't="q"'), '<c r="A1"'],
    ['an attribute without quotes', sheet, (xml) => xml.replace('<row r="3"', '<row r=3'), 'r=3'],
    ['an attribute twice', sheet, (xml) => xml.replace('<row r="3"', '<row r="3" r="4"'), 'r="4"'],
    ['a sheet that breaks off', sheet, (xml) => xml.slice(0, xml.indexOf('<row r="3"')), 'the end of the file'],
    ['a sheet that breaks off in a tag', sheet, (xml) => xml.slice(0, xml.indexOf('<row r="3"') + 6), 'r in'],
    ['a misspelt string', strings, (xml) => xml.replace(/<si>(.*?)<\/si>/, '<sj>$1</sj>'), '<sj>'],
    ['a bare ampersand', strings, (xml) => xml.replace('AC-3', 'AC & 3'), '& 3'],
    ['an unknown entity', strings, (xml) => xml.replace('AC-3', 'AC&nbsp;3'), '&nbsp;3'],
    ['a misspelt sheet', 'xl/workbook.xml', (xml) => xml.replace('<sheet ', '<shet '), '<shet '],
  ])('%s', async (_, part, change, found) => {
    const { errors } = await decode(part, change)
    expect(errors).toEqual([expect.objectContaining({ code: 'read/malformed', origin: { document: 'x.xlsx', place: { kind: 'file' } } })])
    expect(errors[0]?.found).toContain(found)
    expect(errors[0]?.found).toContain(part)
  })

  it('and the rows that can be read are kept', async () => {
    const { rows: read } = await decode(sheet, (xml) => xml.replace(/<row r="3"[^>]*>/, '</row>'))
    expect(read[3]).toEqual(['AC-4', 'T1001', '3'])
  })

  it('in OpenDocument too', async () => {
    for (const change of [
      (xml: string) => xml.replace('<table:table-cell', '<table:table-cel'),
      (xml: string) => xml.replace('</table:table-row>', ''),
    ]) {
      const { errors } = await decode('content.xml', change, odsParts)
      expect(errors).toEqual([expect.objectContaining({ code: 'read/malformed' })])
    }
  })

  it('but not for what others write rightly', async () => {
    for (const change of [
      (xml: string) => `\u{FEFF}${xml}\n<!-- a < comment -->\n`,
      (xml: string) => xml.replaceAll(/<(\/?)(sheetData|row|c|v)\b/g, '<$1x:$2').replace('<worksheet ', '<worksheet xmlns:x="y" '),
      (xml: string) => xml.replaceAll(/ r="[A-C]\d"/g, ''),
      (xml: string) => xml.replace('<row r="3"', "<row\n  r = '3' title='a > b &#x41;'"),
    ]) {
      const { errors, rows: read } = await decode(sheet, change)
      expect(errors).toEqual([])
      expect(read).toHaveLength(4)
    }
  })
})

const decoded = async (format: string, value: number) => {
  const bytes = makeWorkbook({ S: [['Control', 'Score'], ['AC-2', value], ['AC-3', 5]] }, 'xlsx', (one) => {
    const cell: unknown = one['B2']
    Object.assign(cell ?? {}, { z: format })
  })
  const { document, diagnostics } = await decodeTable('x.xlsx', bytes)
  return { cells: document?.sheets[0]?.rows.slice(1), diagnostics }
}

describe('number formats', () => {
  it.each([[`0.${'0'.repeat(200)}`], ['"x"'.repeat(120)], [';;;'], [`0.00E+${'0'.repeat(150)}`]])(
    'that display no number lose none: %s',
    async (format) => {
      const { cells, diagnostics } = await decoded(format, 4.5)
      expect(cells).toEqual([['AC-2', '4.5'], ['AC-3', '5']])
      expect(diagnostics).toEqual([expect.objectContaining({
        code: 'read/number-format', origin: { document: 'x.xlsx', place: { kind: 'cell', sheet: 'S', cell: 'B2' } }, count: 1,
      })])
    },
  )

  it('display what they display', async () => {
    expect(await decoded('0.00', 4.5)).toEqual({ cells: [['AC-2', '4.50'], ['AC-3', '5']], diagnostics: [] })
    expect(await decoded('0;-0;;@', 0)).toEqual({ cells: [['AC-2'], ['AC-3', '5']], diagnostics: [] })
  })
})

describe('scanning XML', () => {
  it('finds nothing wrong with whatever is written by the rules', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '>', '"', "'", ' ', '\n', 'é', '&amp;', '&lt;') })
    const { tree } = fc.letrec<{ tree: string }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        text,
        fc.tuple(fc.constantFrom('a', 'x:b', 'c-d'), text, fc.array(tie('tree'), { maxLength: 3 })).map(([name, value, inner]) => (
          inner.length === 0 ? `<${name} q="${value.replaceAll('"', '')}"/>` : `<${name} q='${value.replaceAll("'", '')}' r="1">${inner.join('')}</${name} >`
        )),
        fc.constantFrom('<!-- < -->', '<![CDATA[<&]]>', '<?p < ?>'),
      ),
    }))
    fc.assert(fc.property(fc.array(tree), (inner) => {
      expect(scanXml(`<?xml version="1.0"?><root>${inner.join('')}</root>\n`)).toBeUndefined()
    }))
  })

  it('takes time in proportion to the text', () => {
    for (const piece of ['<a', '<a>', '<a b="', '&', "<a b='c' ", '<!--', '<![CDATA[', '</a>', '<a/>']) {
      const started = performance.now()
      scanXml(`<r>${piece.repeat(200_000)}`)
      expect(performance.now() - started).toBeLessThan(2000)
    }
  })
})
