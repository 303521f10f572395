import { describe, expect, it } from 'vitest'
import { schemaErrors } from '../../../../src/schemas/schema-errors.js'
import { sampleSet } from '../../../support/sample-sets.js'
import { emitSets } from './emit.js'

const { workbook, table } = await emitSets([sampleSet()])
const [readMe, , ...others] = workbook.sheets
const mappings = table('Mappings')

function withMappings(change: Readonly<Record<string, unknown>>): unknown {
  return { ...workbook, sheets: [readMe, { ...mappings, ...change }, ...others] }
}

function withSheet(name: string, change: Readonly<Record<string, unknown>>): unknown {
  return { ...workbook, sheets: workbook.sheets.map((sheet) => (sheet.name === name ? { ...sheet, ...change } : sheet)) }
}

function withCell(cell: unknown): unknown {
  return withMappings({ rows: [[cell, ...(mappings.rows[0]?.slice(1) ?? [])]] })
}

describe('workbook.schema.json', () => {
  it('accepts what we write', async () => {
    expect(await schemaErrors('workbook', workbook)).toEqual([])
  })

  it.each<readonly [string, unknown]>([
    ['a sheet too few', { ...workbook, sheets: workbook.sheets.slice(0, 4) }],
    ['sheets in another order', { ...workbook, sheets: [mappings, readMe, ...others] }],
    ['no matrix', { ...workbook, sheets: workbook.sheets.filter(({ layout }) => layout !== 'grid') }],
    ['two sheets of gaps', { ...workbook, sheets: [...workbook.sheets, table('Gaps')] }],
    ['no coverage', { ...workbook, sheets: workbook.sheets.filter(({ name }) => name !== 'Coverage') }],
    ['coverage without totals', withSheet('Coverage', { totals: undefined })],
    ['a chart without parts', withSheet('Coverage', { chart: { title: 'x', names: 0, parts: [] } })],
    ['an unknown cell of a grid', withSheet('Matrix', { rows: [[{ kind: 'bold', value: 'x' }]] })],
    ['a colour by its name', withSheet('Matrix', { rows: [[{ kind: 'key', value: 'x', fill: 'red' }]] })],
    ['a link that runs', withSheet('Matrix', { rows: [[{ kind: 'count', value: 1, link: 'javascript:alert(1)' }]] })],
    ['no date', { ...workbook, modified: undefined }],
    ['a time', { ...workbook, modified: '2024-01-01T00:00:00Z' }],
    ['an unknown property', { ...workbook, author: 'x' }],
    ['a name with a slash', withSheet('By technique', { name: 'a/b' })],
    ['a name that is too long', withSheet('By technique', { name: 'x'.repeat(32) })],
    ["a table's name with a space", withSheet('By technique', { table: 'By technique' })],
    ['mappings of another name', withMappings({ name: 'Rows' })],
    ['mappings as a table of another name', withMappings({ table: 'Rows' })],
    ['more rows than Excel allows', withMappings({ rows: Array.from({ length: 1_048_576 }, () => ['x']) })],
    ['a wrong cell on a further sheet of mappings', { ...workbook, sheets: [...workbook.sheets, { ...mappings, name: 'Mappings 2', rows: [['']] }] }],
    ['no columns', withMappings({ columns: [] })],
    ['an unknown look', withMappings({ columns: [{ title: 'x', width: 10, format: 'bold' }] })],
    ['a column without width', withMappings({ columns: [{ title: 'x', width: 0, format: 'text' }] })],
    ['an empty cell', withCell('')],
    ['a formula object', withCell({ f: '1+1' })],
    ['a boolean', withCell(true)],
    ['a fraction', withCell(1.5)],
    ['a null character', withCell('a\u0000b')],
    ['a carriage return', withCell('a\rb')],
    ['a noncharacter', withCell('\uFFFF')],
    ['a text that is too long', withCell('x'.repeat(32_768))],
    [
      'an unknown kind of line',
      { ...workbook, sheets: [{ ...readMe, lines: [{ kind: 'footer', cells: [] }] }, mappings, ...others] },
    ],
  ])('rejects %s', async (_name, value) => {
    expect(await schemaErrors('workbook', JSON.parse(JSON.stringify(value)))).not.toEqual([])
  })
})
