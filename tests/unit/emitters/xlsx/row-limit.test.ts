import { describe, expect, it } from 'vitest'
import { createDiagnosticLog } from '../../../../src/diagnostics/diagnostic.js'
import { createCellTexts } from '../../../../src/emitters/table/cell-text.js'
import type { TableRow } from '../../../../src/emitters/table/table-columns.js'
import { tableRows } from '../../../../src/emitters/table/table-rows.js'
import { mappingsSheets, measureMappings, reportSplit } from '../../../../src/emitters/xlsx/mappings-sheet.js'
import type { Sheet } from '../../../../src/emitters/xlsx/workbook.js'
import { renderWorkbook } from '../../../../src/emitters/xlsx/render-workbook.js'
import { schemaErrors } from '../../../../src/schemas/schema-errors.js'
import { describeSet } from '../../../support/describe-set.js'
import { emitContext } from '../../../support/emit-context.js'
import { readTable } from '../../../support/read-table.js'
import { sampleSet } from '../../../support/sample-sets.js'
import { emitSets } from './emit.js'

const rows = [...tableRows([sampleSet()], emitContext(), createCellTexts('test'))]

/** The sheets of rows, of which at most so many are on one. */
function sheetsOf(listed: Iterable<TableRow>, most?: number): ReturnType<typeof mappingsSheets> {
  const measure = measureMappings(most)
  for (const row of listed) measure.add(row)
  return mappingsSheets(listed, measure.end(), most)
}

/** A sheet with a list of rows, for the schema. */
function list(sheet: Sheet): Sheet {
  return sheet.layout === 'table' ? { ...sheet, rows: [...sheet.rows] } : sheet
}

describe('rows beyond the limit of a worksheet', () => {
  it('are on further sheets: none is left out, none is on two', () => {
    const sheets = sheetsOf(rows, 2)
    expect(sheets.map(({ name, table, rows: cells }) => [name, table, cells.length])).toEqual(
      [['Mappings', 'Mappings', 2], ['Mappings 2', 'Mappings2', 2], ['Mappings 3', 'Mappings3', 1]])
    expect(sheets.flatMap((sheet) => [...sheet.rows])).toEqual([...sheetsOf(rows)[0].rows])
    expect(sheetsOf(rows, 5)).toHaveLength(1)
    expect(sheetsOf([], 5)).toHaveLength(1)
  })

  it('are made where the sheet before ended, and the same rows each time', () => {
    let made = 0
    const counted = { *[Symbol.iterator]() { for (const row of rows) { made += 1; yield row } } }
    const sheets = sheetsOf(counted, 2)
    made = 0
    const once = sheets.map((sheet) => [...sheet.rows])
    expect(made).toBe(rows.length)
    expect(sheets.toReversed().map((sheet) => [...sheet.rows]).toReversed()).toEqual(once)
    expect(sheets.map((sheet) => [...sheet.rows])).toEqual(once)
  })

  it('are measured sheet by sheet: the cells that can be linked', () => {
    const measure = measureMappings(2)
    for (const references of ['https://example.org/a', 'https://example.org/a', 'see page 7', undefined, 'https://example.org/b']) {
      measure.add({ capability_id: 'a', mapping_id: 'b', ...(references && { references }) })
    }
    expect(measure.end()).toMatchObject({ count: 5, links: [2, 0, 1] })
    expect(measureMappings(2).end()).toMatchObject({ count: 0, links: [0] })
  })

  it('are reported with their number', () => {
    const log = createDiagnosticLog()
    reportSplit(sheetsOf(rows, 5), log.report)
    expect(log.entries).toEqual([])
    reportSplit(sheetsOf(rows, 4), log.report)
    reportSplit(sheetsOf(rows, 2), log.report)
    expect(log.entries.map(({ code, count, message }) => [code, count, message.replace(/^.*the table/, 'the table')])).toEqual([
      ['emit/sheet-split', 1, 'the table of Mappings continues on Mappings 2'],
      ['emit/sheet-split', 3, 'the table of Mappings continues on Mappings 2 to Mappings 3'],
    ])
  })

  it('are valid in the workbook, and are read back as one table', async () => {
    const { workbook } = await emitSets([sampleSet()])
    const [first, ...further] = sheetsOf(rows, 2)
    const [readMe, , ...others] = workbook.sheets
    if (!readMe) throw new Error('no sheet')
    const split = { ...workbook, sheets: [readMe, first, ...others.slice(0, -1), ...further, ...others.slice(-1)] }
    expect(await schemaErrors('workbook', { ...split, sheets: split.sheets.map(list) })).toEqual([])
    const { sets, diagnostics } = await readTable('split.xlsx', renderWorkbook(split))
    expect(diagnostics).toEqual([])
    const whole = await readTable('split.xlsx', renderWorkbook(workbook))
    expect(sets.map(({ mappings }) => mappings.map(({ origins: _origins, ...row }) => row)))
      .toEqual(whole.sets.map(({ mappings }) => mappings.map(({ origins: _origins, ...row }) => row)))
    expect(sets.map(describeSet)).toHaveLength(1)
  })
})
