import { describe, expect, it } from 'vitest'
import type { ReportData } from '../../../../src/emitters/html/report-data.js'
import { schemaErrors } from '../../../../src/schemas/schema-errors.js'
import { sampleSet } from '../../../support/sample-sets.js'
import { withdrawnSet } from '../../../contract/emitter-sets.js'
import { reportData } from './report-data.js'

const data = await reportData(sampleSet(), withdrawnSet())

describe('the schema of the report', () => {
  it('takes what the emitter makes', async () => {
    expect(await schemaErrors('html-report', data)).toEqual([])
  })

  const wrong: readonly (readonly [string, object])[] = [
    ['no sets', { sets: [] }],
    ['an empty title', { title: '' }],
    ['a property that nobody knows', { extra: 1 }],
    ['a character that XML forbids', { texts: ['a\u0000'] }],
    ['an index below none', { rows: { ...data.rows, technique: [-2] } }],
    ['a row that stands nowhere', { rows: { ...data.rows, origins: [[]] } }],
    ['a place without its document', { rows: { ...data.rows, origins: [[['line 3']]] } }],
    ['a row of no set', { rows: { ...data.rows, set: [-1] } }],
    ['a link elsewhere', { techniques: [{ id: 'T1190', url: 'javascript:alert(1)' }] }],
    ['a matrix of an unknown domain', { matrices: [{ title: 'A', domain: 'cloud', version: '1', tactics: [] }] }],
    ['an adversary without its techniques', { adversaries: [{ id: 'G0016', name: 'A', kind: 'group', aliases: [], from: 'B', own: 0, uses: [] }] }],
    ['a set of no matrix', { sets: data.sets.map(({ matrix: _matrix, ...set }) => set) }],
    ['an entry without a technique', { matrices: [{ title: 'A', domain: 'enterprise', version: '1', tactics: [{ name: 'B', entries: [[]] }] }] }],
    ['a digest that is none', { sets: data.sets.map((set) => ({ ...set, sources: [{ name: 'a', sha256: 'a', parser: 'b', rows: 1 }] })) }],
    ['counts that are not whole', { counts: { ...data.counts, rows: 1.5 } }],
    ['a remark of nothing', { remarks: [{ row: 0, facts: [] }] }],
    ['an unheard-of note', { notes: [{ severity: 'fatal', message: 'a', count: 1, code: 'a/b' }] }],
  ]
  it.each(wrong)('does not take %s', async (_what, change) => {
    const changed: ReportData & object = { ...data, ...change }
    expect(await schemaErrors('html-report', changed)).not.toEqual([])
  })

  it.each(Object.keys(data))('does not do without %s', async (name) => {
    expect(await schemaErrors('html-report', Object.fromEntries(Object.entries(data).filter(([key]) => key !== name)))).not.toEqual([])
  })
})
