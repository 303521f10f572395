import { expect, it } from 'vitest'
import { combineSupplements } from '../../../../src/emitters/xlsx/combine-supplements.js'
import type { TableSheet, WorkbookSupplement } from '../../../../src/emitters/xlsx/workbook.js'
import type { ResolvedSet } from '../../../../src/model/mapping-set.js'
import { schemaErrors } from '../../../../src/schemas/schema-errors.js'
import { emitContext } from '../../../support/emit-context.js'
import { sampleSet } from '../../../support/sample-sets.js'
import { emitSets, valuesOf } from './emit.js'

const aws = sampleSet()
const gcp: ResolvedSet = { ...aws, framework: { id: 'gcp', name: 'GCP' } }

function changes(titles: readonly string[], rows: TableSheet['rows'], word: string): WorkbookSupplement {
  const columns = titles.map((title) => ({ title, width: 10 + rows.length, format: 'wrapped' as const }))
  const sheet: TableSheet = {
    layout: 'table', name: 'Changes', table: 'Changes', columns, frozenColumns: 1, paper: 'a4', mostLines: 12, rows,
  }
  return { sheets: [{ sheet, about: 'What changed.' }], words: [{ word, tone: 'changed', meaning: `It is ${word}.` }] }
}

const supplements = new Map([
  [aws, changes(['Row', 'Why'], [['a1', 'renamed'], ['a2', null]], 'renamed')],
  [gcp, changes(['Row', 'Old', 'Why'], [['g1', 'T1', 'gone']], 'gone')],
])

it('joins sheets of one name, says of which set a row is, and aligns columns by their titles', () => {
  const combined = combineSupplements([aws, gcp], supplements)
  expect(combined?.sheets).toHaveLength(1)
  expect(combined?.sheets[0]?.sheet).toMatchObject({
    name: 'Changes',
    frozenColumns: 2,
    columns: [{ title: 'Set' }, { title: 'Row', width: 12 }, { title: 'Why' }, { title: 'Old' }],
    rows: [['aws', 'a1', 'renamed', null], ['aws', 'a2', null, null], ['gcp', 'g1', 'gone', 'T1']],
  })
  expect(combined?.words.map(({ word }) => word)).toEqual(['renamed', 'gone'])
})

it('is nothing where no set has a supplement', () => {
  expect(combineSupplements([aws, gcp], new Map())).toBeUndefined()
})

it('stands in the combined workbook before Notes, and in Read me', async () => {
  const supplement = combineSupplements([aws, gcp], supplements)
  const { workbook, sheet } = await emitSets([aws, gcp], { ...emitContext(), ...(supplement && { supplement }) })
  expect(workbook.sheets.slice(-2).map(({ name }) => name)).toEqual(['Changes', 'Notes'])
  expect(await schemaErrors('workbook', workbook)).toEqual([])
  expect(valuesOf(sheet('Changes'))[3]).toEqual(['gcp', 'g1', 'gone', 'T1'])
  const lines = valuesOf(sheet('Read me'))
  expect(lines.find(([first]) => first === 'Changes')?.[1]).toBe('What changed.')
  expect(lines.find(([first]) => first === 'gone')?.[1]).toBe('It is gone.')
})
