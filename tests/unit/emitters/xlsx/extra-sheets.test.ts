import { expect, it } from 'vitest'
import type { ExtraTables } from '../../../../src/emitters/emitter.js'
import { extraSheets } from '../../../../src/emitters/xlsx/report-sheets.js'
import type { ResolvedSet } from '../../../../src/model/mapping-set.js'
import type { ReportTable } from '../../../../src/model/report-table.js'
import { schemaErrors } from '../../../../src/schemas/schema-errors.js'
import { emitContext } from '../../../support/emit-context.js'
import { sampleSet } from '../../../support/sample-sets.js'
import { emitSets, valuesOf } from './emit.js'

const aws = sampleSet()
const gcp: ResolvedSet = { ...aws, framework: { id: 'gcp', name: 'GCP' } }

function changes(titles: readonly string[], rows: ReportTable['rows'], word: string): ExtraTables {
  const columns = titles.map((title) => ({ key: title.toLowerCase(), title, kind: title === 'Row' ? 'id' as const : 'text' as const }))
  return {
    tables: [{ name: 'changes', title: 'Changes', about: 'What changed.', columns, rows }],
    legend: [{ word, tone: 'changed', meaning: `It is ${word}.` }],
  }
}

const extraTables = new Map([
  [aws, changes(['Row', 'Why'], [['a1', 'renamed'], ['a2', null]], 'renamed')],
  [gcp, changes(['Row', 'Old', 'Why'], [['g1', 'T1', 'a long word of 27 letters..']], 'gone')],
])

it('joins tables of one title, names the set of each row, and aligns columns by their titles', () => {
  const { sheets, legend } = extraSheets([aws, gcp], { ...emitContext(), extraTables })
  expect(sheets).toHaveLength(1)
  expect(sheets[0]?.sheet).toMatchObject({
    name: 'Changes',
    table: 'Changes',
    frozenColumns: 2,
    columns: [{ title: 'Set', width: 10 }, { title: 'Row', width: 7 }, { title: 'Why', width: 29 }, { title: 'Old' }],
    rows: [['aws', 'a1', 'renamed', null], ['aws', 'a2', null, null], ['gcp', 'g1', 'a long word of 27 letters..', 'T1']],
  })
  expect(legend.map(({ word }) => word)).toEqual(['renamed', 'gone'])
})

function titlesOf(context: Parameters<typeof extraSheets>[1]): readonly (readonly string[])[] {
  return extraSheets([aws], context).sheets.map(({ sheet }) => sheet.columns.map(({ title }) => title))
}

it('names the set of each row in the combined workbook of one set, but not in its own', () => {
  expect(titlesOf({ ...emitContext(), extraTables })).toEqual([['Row', 'Why']])
  expect(titlesOf({ ...emitContext(), extraTables, combined: true })).toEqual([['Set', 'Row', 'Why']])
})

it('makes no sheet where no set has a table', () => {
  expect(extraSheets([aws, gcp], emitContext())).toEqual({ sheets: [], legend: [] })
})

it('puts them before Notes, and into Read me', async () => {
  const { workbook, sheet } = await emitSets([aws, gcp], { ...emitContext(), extraTables })
  expect(workbook.sheets.slice(-2).map(({ name }) => name)).toEqual(['Changes', 'Notes'])
  expect(await schemaErrors('workbook', workbook)).toEqual([])
  expect(valuesOf(sheet('Changes'))[3]).toEqual(['gcp', 'g1', 'a long word of 27 letters..', 'T1'])
  const lines = valuesOf(sheet('Read me'))
  expect(lines.find(([first]) => first === 'Changes')?.[1]).toBe('What changed.')
  expect(lines.find(([first]) => first === 'gone')?.[1]).toBe('It is gone.')
})
