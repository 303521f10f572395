import { expect, it } from 'vitest'
import { renderWorkbook } from '../../../../src/emitters/xlsx/render-workbook.js'
import { tableRules } from '../../../../src/emitters/xlsx/sheet-layout.js'
import type { TableSheet } from '../../../../src/emitters/xlsx/workbook.js'
import { readParts } from '../../../support/read-workbook.js'

/** A table whose last column, of so many, holds these shares. */
function sheetOf(shares: readonly (number | null)[], columns = 1): TableSheet {
  const blanks = Array.from({ length: columns - 1 }, () => null)
  return {
    layout: 'table', name: 'Shares', table: 'Shares', frozenColumns: 0, paper: 'a4',
    columns: [...blanks, 0].map((_, index) => ({ title: `c${index}`, width: 10, format: index === columns - 1 ? 'share' : 'count' })),
    rows: shares.map((share) => [...blanks, share]),
  }
}

function rangesOf(sheet: TableSheet): readonly string[] {
  return tableRules(sheet).flatMap((rule) => ('bar' in rule ? [rule.range] : []))
}

it('bars stand in cells of shares that are more than nothing', () => {
  expect(rangesOf(sheetOf([0.5, 1, 0, 0.1, null, 0.2]))).toEqual(['A2:A3 A5:A5 A7:A7'])
  expect(rangesOf(sheetOf([1], 27))).toEqual(['AA2:AA2'])
  expect(rangesOf(sheetOf([0, null]))).toEqual([])
  expect(rangesOf(sheetOf([]))).toEqual([])
})

it('bars are as long as the share, and the cells say percent', async () => {
  const workbook = { title: 't', creator: 'c', created: '2024-01-01', modified: '2024-01-01', sheets: [sheetOf([0.25, 0])] }
  const parts = readParts(renderWorkbook(workbook))
  expect(parts.get('xl/worksheets/sheet1.xml')).toMatch(
    /<conditionalFormatting sqref="A2:A2"><cfRule type="dataBar"[^>]*><dataBar><cfvo type="num" val="0"\/><cfvo type="num" val="1"\/>/,
  )
  expect(parts.get('xl/styles.xml')).toMatch(/numFmtId="9"|formatCode="0%"/)
  // One colour, without the gradient of Excel 2007: the rule and its extension have one id.
  const text = parts.get('xl/worksheets/sheet1.xml') ?? ''
  const [id] = /<x14:id>([^<]*)</.exec(text)?.slice(1) ?? []
  expect(text).toContain(`<x14:cfRule type="dataBar" id="${id}"><x14:dataBar minLength="0" maxLength="100" gradient="0">`)
})

it('a thin line is around each cell of the table, and around none of a table without rows', () => {
  const [rule] = tableRules(sheetOf([null, null], 3))
  expect(rule).toMatchObject({ range: 'A2:C3', style: { border: { left: { style: 'thin' } } } })
  expect(tableRules(sheetOf([]))).toEqual([])
})
