import { describe, expect, it } from 'vitest'
import { describeDiff, explainRows } from '../../../../src/analyses/diff/describe-diff.js'
import { diffSets } from '../../../../src/analyses/diff/diff-sets.js'
import { diffTables } from '../../../../src/analyses/diff/diff-tables.js'
import type { MappedRow } from '../../../../src/model/mapping.js'
import type { ResolvedSet } from '../../../../src/model/mapping-set.js'
import { eventfulAttack } from '../../../support/made-up-attack.js'
import { createSet, mapped } from '../../../support/small-set.js'

function setOf(version: string, rows: readonly MappedRow[]): ResolvedSet {
  return { ...createSet({ rows }), attack: { domain: 'enterprise', version } }
}

const before = ['T1001', 'T1004', 'T1006', 'T1010', 'T1050'].map((id) => mapped('a', id))
const after = [...['T1001', 'T1040', 'T1009'].map((id) => mapped('a', id)), mapped('b', 'T1001')]
const described = describeDiff(diffSets(setOf('1.0', before), setOf('2.0', after)), eventfulAttack())

describe('why a row came or went', () => {
  it.each([
    ['T1004', 'the technique is revoked in Enterprise ATT&CK 2.0, replaced by T1020.002'],
    ['T1006', 'the technique is deprecated in Enterprise ATT&CK 2.0'],
    ['T1010', 'the technique is not in Enterprise ATT&CK 2.0'],
    ['T1050', undefined],
    ['T1040', 'the technique is new in Enterprise ATT&CK 2.0'],
    ['T1009', undefined],
    ['T1001', undefined],
  ])('is derived from ATT&CK: %s', (id, why) => {
    expect(explainRows(described)(mapped('a', id))).toBe(why)
  })

  it('is derived from a capability that only one set has', () => {
    expect(explainRows(described)(mapped('b', 'T1001'))).toBe('the capability is not in the old set')
  })

  it('is in the tables of rows, in files only', () => {
    const removed = diffTables([described]).find(({ name }) => name === 'removed-rows')
    const why = removed?.columns.findIndex(({ key }) => key === 'why') ?? -1
    expect(removed?.columns[why]).toMatchObject({ title: 'Why', only: 'files' })
    expect(removed?.rows.filter((row) => row[why] !== null)).toHaveLength(3)
  })
})
