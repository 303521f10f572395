import { describe, expect, it } from 'vitest'
import { createDiagnosticLog } from '../../../../src/diagnostics/diagnostic.js'
import { createMappingSet } from '../../../../src/model/mapping-set.js'
import type { MappedRow } from '../../../../src/model/mapping.js'
import { normaliseSet } from '../../../../src/rules/normalise/normalise-set.js'
import { originAt } from '../../../support/sample-sets.js'

function normalise(...rows: readonly Partial<MappedRow>[]) {
  const log = createDiagnosticLog()
  const mappings = rows.map((row, index): MappedRow => ({
    kind: 'mapped', origins: [originAt(index + 1)], capability: { id: 'A' }, technique: { id: 'T1036' }, ...row,
  }))
  const set = createMappingSet({ framework: { id: 'x', name: 'X' }, mappings, sources: [] })
  const normal = normaliseSet({ ...set, attack: { domain: 'enterprise' } }, log.report)
  return { rows: normal.mappings, entries: log.entries }
}

describe('normaliseSet', () => {
  it('leaves alone what is in its form', () => {
    const { rows, entries } = normalise({ score: { category: 'protect', value: 'partial' } })
    expect(rows[0]?.score).toEqual({ category: 'protect', value: 'partial' })
    expect(entries).toEqual([])
  })

  it.each([['T1036.', 'T1036'], ['T1134.001.', 'T1134.001'], ['t1036', 'T1036']])('reads the technique id %s as %s, and says so once', (written, id) => {
    const { rows, entries } = normalise({ technique: { id: written } }, { technique: { id: written } })
    expect(rows.map((row) => row.kind === 'mapped' && row.technique.id)).toEqual([id, id])
    expect(entries).toMatchObject([{ code: 'normalise/technique-id', count: 2, origin: originAt(1), found: written, expected: id, message: `"${written}" was read as ${id}` }])
  })

  it.each(['T10365', 'T1036.1', 'T1036..', 'TA0001', 'None'])('leaves %s, which is no technique id, as it is', (written) => {
    expect(normalise({ technique: { id: written } }).rows[0]).toMatchObject({ technique: { id: written } })
  })

  it('writes known scores in small letters, and keeps unknown ones with a warning', () => {
    const { rows, entries } = normalise({ score: { category: 'Protect', value: 'PARTIAL' } }, { score: { value: 'excellent' } })
    expect(rows.map(({ score }) => score)).toEqual([{ category: 'protect', value: 'partial' }, { value: 'excellent' }])
    expect(entries).toMatchObject([{ code: 'normalise/unknown-score', found: 'value "excellent"', origin: originAt(2) }])
  })

  it('writes a category or a value alone in small letters', () => {
    const scores = [{ category: 'Protect', value: 'partial' }, { category: 'protect', value: 'Partial' }, { category: 'PROTECT' }, { value: 'PARTIAL' }]
    expect(normalise(...scores.map((score) => ({ score }))).rows.map(({ score }) => score)).toEqual([
      { category: 'protect', value: 'partial' }, { category: 'protect', value: 'partial' }, { category: 'protect' }, { value: 'partial' },
    ])
  })

  it('reports each unknown score once, with its count; numbers are no unknown values, blanks are', () => {
    const values = ['excellent', 'poor', 'excellent', '70', ' ', '1e3']
    const { entries } = normalise(...values.map((value) => ({ score: { value } })), { score: { category: '70' } }, { score: { category: 'poor' } })
    expect(entries.map(({ found, count, origin }) => [found, count, origin])).toEqual([
      ['value "excellent"', 2, originAt(1)], ['value "poor"', 1, originAt(2)], ['value " "', 1, originAt(5)],
      ['category "70"', 1, originAt(7)], ['category "poor"', 1, originAt(8)],
    ])
  })

  it('reports each other name of a capability once, with its count', () => {
    const names = [['A', 'One'], ['A', 'Two'], ['A', 'Two'], ['A', 'Three'], ['B', 'One'], ['B', 'Two'], ['A', 'One']] as const
    const { entries } = normalise(...names.map(([id, description]) => ({ capability: { id, description } })))
    expect(entries.map(({ message, count }) => [message, count])).toEqual([
      ['A is "One" in one row and "Two" in another', 2], ['A is "One" in one row and "Three" in another', 1],
      ['B is "One" in one row and "Two" in another', 1],
    ])
  })

  it('names the first row with a lone surrogate', () => {
    const { entries } = normalise({ comments: 'x' }, { comments: 'x\uD800' }, { comments: '\uDC00' })
    expect(entries).toMatchObject([{ code: 'normalise/lone-surrogate', count: 2, origin: originAt(2) }])
  })

  it('keeps two names of one capability, and reports both places', () => {
    const { rows, entries } = normalise({ capability: { id: 'A', description: 'One' } }, { capability: { id: 'A', description: 'Two' } })
    expect(rows).toHaveLength(2)
    expect(entries).toMatchObject([{ code: 'normalise/conflicting-names', origin: originAt(2), hint: 'the first name is in sample.txt:1' }])
  })
})
