import { writeXlsx } from 'hucre/xlsx'
import { describe, expect, it } from 'vitest'
import { makeWorkbook } from '../../../support/make-workbook.js'
import { makeZip } from '../../../support/make-zip.js'
import { decodeTable } from '../../../support/read-table.js'

const rows = [
  ['Mappings of 2024', null, null, null],
  ['Control', 'Technique', 'When', 'Version'],
  ['AC-2', 'T1078\nT1059', new Date(Date.UTC(2024, 11, 12)), 16.1],
  [null, 'T1190', new Date(Date.UTC(2024, 0, 2, 13, 30)), 0.1 + 0.2],
  ['sp\u00e4t \u{1f600}', 'T1200', '2024', true],
]
const shown = [
  ['Mappings of 2024'],
  ['Control', 'Technique', 'When', 'Version'],
  ['AC-2', 'T1078\nT1059', '2024-12-12', '16.1'],
  ['AC-2', 'T1190', '2024-01-02T13:30:00', '0.3'],
  ['sp\u00e4t \u{1f600}', 'T1200', '2024', 'TRUE'],
]

/** A row of an OpenDocument spreadsheet. */
function row(...cells: readonly string[]): string {
  const inner = cells.map((cell) => `<table:table-cell office:value-type="string"><text:p>${cell}</text:p></table:table-cell>`)
  return `<table:table-row>${inner.join('')}</table:table-row>`
}

describe('workbooks', () => {
  it.each(
    ['xlsx', 'xlsm', 'biff8'] as const
  )('as %s give the cells as displayed, merged ones all with their text, and links', async (type) => {
    const bytes = makeWorkbook({ 'Mappings': rows, 'Blank': [] }, type, (sheet) => {
      if (!sheet['B3']) return
      sheet['!merges'] = [{ s: { r: 2, c: 0 }, e: { r: 3, c: 0 } }, { s: { r: 0, c: 0 }, e: { r: 0, c: 16_000 } }]
      sheet['B3'].l = { Target: 'https://example.org/a' }
    })
    const { document, diagnostics } = await decodeTable('x.bin', bytes)
    expect(diagnostics).toEqual([])
    expect(document?.sheets.map(({ name }) => name)).toEqual(['Mappings', 'Blank'])
    const [sheet, blank] = document?.sheets ?? []
    // The title is merged over 16,000 columns; the sheet has four.
    expect(sheet?.rows).toEqual([Array.from({ length: 4 }, () => 'Mappings of 2024'), ...shown.slice(1)])
    expect(blank?.rows).toEqual([])
    expect(sheet?.place(2, 1)).toEqual({ kind: 'cell', sheet: 'Mappings', cell: 'B3' })
    expect(sheet?.link(2, 1)).toBe('https://example.org/a')
    expect(sheet?.link(3, 1)).toBeUndefined()
  })

  it('as .ods give their cells', async () => {
    const { document } = await decodeTable('x.ods', makeWorkbook({ S: [['Control', 'Technique'], ['AC-2', 'T1078']] }, 'ods'))
    expect(document?.sheets[0]?.rows).toEqual([['Control', 'Technique'], ['AC-2', 'T1078']])
  })

  it('as .ods give the rows that stand in headers, groups and outlines too, where they stand', async () => {
    const content = '<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><office:body><office:spreadsheet>'
      + `<table:table table:name="S"><table:table-header-rows>${row('Control', 'Technique')}</table:table-header-rows>`
      + `<table:table-row-group table:display="false"><table:table-row-group>${row('AC-2', 'T1078')}</table:table-row-group></table:table-row-group>`
      + `<table:table-rows>${row('AC-3', '&lt;table:table-rows&gt;')}</table:table-rows></table:table>`
      + '</office:spreadsheet></office:body></office:document-content>'
    const bytes = makeZip(Object.entries({ 'mimetype': 'application/vnd.oasis.opendocument.spreadsheet', 'content.xml': content })
      .map(([name, text]) => ({ name, content: new TextEncoder().encode(text) })))
    const { document, diagnostics } = await decodeTable('x.ods', bytes)
    expect(diagnostics).toEqual([])
    expect(document?.sheets[0]?.rows).toEqual([['Control', 'Technique'], ['AC-2', 'T1078'], ['AC-3', '<table:table-rows>']])
    expect(document?.sheets[0]?.place(2, 0)).toMatchObject({ cell: 'A3' })
  })

  it('show numbers by their formats', async () => {
    const bytes = await writeXlsx({ sheets: [{ name: 'S', rows: [[16, 0.25, 3]], cells: new Map([
      ['0,0', { value: 16, style: { numFmt: '0.0' } }],
      ['0,1', { value: 0.25, style: { numFmt: '0%' } }],
    ]) }] })
    expect((await decodeTable('x.xlsx', bytes)).document?.sheets[0]?.rows).toEqual([['16.0', '25%', '3']])
  })

  it('have the extent of their cells, whatever they state', async () => {
    const bytes = makeWorkbook({ S: [['a', 'b'], [], [], ['', '']] }, 'xlsx', (sheet) => {
      sheet['!ref'] = 'A1:Z9000'
      sheet['A1'] = { t: 's', v: 'a' }
    })
    expect((await decodeTable('x.xlsx', bytes)).document?.sheets[0]?.rows).toEqual([['a', 'b']])
  })

  it('are told by their bytes, not their names', async () => {
    expect((await decodeTable('x.csv', makeWorkbook({ S: [['a', 'b']] }))).container).toBe('workbook')
  })
})
