import { describe, expect, it } from 'vitest'
import { csv } from '../../../../src/emitters/csv/csv.js'
import type { Sheet, Workbook } from '../../../../src/emitters/xlsx/workbook.js'
import { sanitiseCell } from '../../../../src/emitters/table/cell-text.js'
import { tableColumns, type TableRow } from '../../../../src/emitters/table/table-columns.js'
import { schemaErrors } from '../../../../src/schemas/schema-errors.js'
import { emitContext } from '../../../support/emit-context.js'
import { hostileSet, hostileTexts, unfitTexts } from '../../../support/hostile-set.js'
import { readParts } from '../../../support/read-workbook.js'
import { sampleSet } from '../../../support/sample-sets.js'
import { emitSets, valuesOf } from './emit.js'

/** What another reader should find: rows filled up to the width of the sheet, as far as the reader gives blank cells. */
function expected(sheet: Sheet): readonly (readonly (string | number | null)[])[] {
  if (sheet.layout === 'grid') return sheet.rows.map((row) => row.map((cell) => cell?.value ?? null))
  return sheet.layout === 'table'
    ? [sheet.columns.map(({ title }) => title), ...sheet.rows]
    : sheet.lines.map(({ cells }) => cells)
}

function trimmed<Value>(rows: readonly (readonly (Value | null)[])[]): readonly (readonly (Value | null)[])[] {
  return rows.map((row) => row.slice(0, row.findLastIndex((cell) => cell !== null) + 1))
}

async function expectEqualCells(workbook: Workbook, sheet: (name: string) => Parameters<typeof valuesOf>[0]): Promise<void> {
  for (const each of workbook.sheets) {
    const wanted = trimmed<string | number | boolean>(expected(each))
    const found = trimmed(valuesOf(sheet(each.name)))
    // Blank lines at the end are no rows to the reader.
    expect(found.slice(0, wanted.length)).toEqual(wanted.slice(0, found.length))
    expect(wanted.slice(found.length).flat()).toEqual([])
  }
  expect(await schemaErrors('workbook', workbook)).toEqual([])
}

describe('the workbook', () => {
  it('has the sheets of docs/spreadsheets.md, whose cells another library reads as they were judged', async () => {
    const { workbook, sheet } = await emitSets([sampleSet()])
    expect(workbook.sheets.map(({ name }) => name)).toEqual([
      'Read me', 'Mappings', 'By technique', 'By capability', 'Matrix', 'Coverage', 'Gaps', 'Notes',
    ])
    await expectEqualCells(workbook, sheet)
  })

  it.each([
    ['odd', hostileTexts],
    ['unfit', unfitTexts],
  ])('keeps %s texts as text, never as formulas, numbers or error values', async (_name, texts) => {
    const { workbook, sheet } = await emitSets([hostileSet(texts)])
    await expectEqualCells(workbook, sheet)
    const comments = tableColumns.findIndex(({ name }) => name === 'comments')
    expect(
      sheet('Mappings')
        .slice(1)
        .map((row) => row[comments]?.value),
    ).toEqual(texts.map((text) => sanitiseCell(text).text))
  })

  it('has the rows of the CSV file', async () => {
    for (const set of [sampleSet(), hostileSet([...hostileTexts, ...unfitTexts])]) {
      const [table] = await csv.emit([set], emitContext(), { 'csv-raw': true })
      const rows: readonly TableRow[] = JSON.parse(JSON.stringify(table?.value))
      const { counts, table: sheetOf } = await emitSets([set])
      expect(sheetOf('Mappings').rows).toEqual(rows.map((row) => tableColumns.map(({ name }) => row[name] ?? null)))
      expect(counts.rows).toBe(rows.length)
    }
  })

  it('is the same bytes twice, whatever the clock says', async () => {
    const first = await emitSets([sampleSet()])
    await new Promise((resolve) => void setTimeout(resolve, 1100))
    expect((await emitSets([sampleSet()])).bytes).toEqual(first.bytes)
  })

  it('has no rows without rows, and no table that Excel would have to repair', async () => {
    const { workbook, sheet, bytes } = await emitSets([{ ...sampleSet(), mappings: [], capabilities: new Map() }])
    await expectEqualCells(workbook, sheet)
    const tables = [...readParts(bytes)].filter(([path]) => path.startsWith('xl/tables/'))
    expect(tables.map(([, text]) => /displayName="(\w+)"/.exec(text)?.[1])).toEqual(['Coverage', 'Gaps'])
  })

  it('shows several sets together', async () => {
    const other = { ...sampleSet(), framework: { id: 'gcp', name: 'GCP' } }
    const { workbook, sheet, counts } = await emitSets([sampleSet(), other])
    await expectEqualCells(workbook, sheet)
    expect(counts).toEqual({
      rows: 10,
      mapped: 6,
      unmappedCapabilities: 2,
      unmappedTechniques: 2,
      capabilities: 6,
      mappedCapabilities: 4,
      techniques: 3,
      mappedTechniques: 2,
    })
    expect(valuesOf(sheet('By technique')).map(([id, , , , capabilities, rows]) => [id, capabilities, rows])).toEqual([
      ['Technique', 'Capabilities', 'Rows'],
      ['T1190', 2, 2],
      ['T1553.002', 2, 4],
      ['T1583.001', 0, 2],
    ])
    expect(valuesOf(sheet('By capability')).map(([, , framework]) => framework)).toEqual([
      'Framework',
      'AWS 12/12/2024',
      'AWS 12/12/2024',
      'AWS 12/12/2024',
      'GCP',
      'GCP',
      'GCP',
    ])
  })
})
