import { writeXlsx } from 'hucre/xlsx'
import { describe, expect, it } from 'vitest'
import { makeWorkbook } from '../../../support/make-workbook.js'
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
