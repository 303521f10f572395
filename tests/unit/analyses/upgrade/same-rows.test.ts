import { describe, expect, it } from 'vitest'
import { countUpgrade } from '../../../../src/analyses/upgrade/upgrade-document.js'
import { upgradeSet } from '../../../../src/analyses/upgrade/upgrade-set.js'
import type { OnDuplicate } from '../../../../src/analyses/upgrade/upgrade-row.js'
import type { AttackIndex } from '../../../../src/attack/attack-index.js'
import { loadAttackIndex } from '../../../../src/attack/load-attack.js'
import { madeUpAttack } from '../../../support/made-up-attack.js'
import { createSet, mapped } from '../../../support/small-set.js'

const origin = (line: number) => ({ document: 'a.csv', place: { kind: 'text', line, column: 1 } } as const)

const rows = [
  mapped('A', 'T1562', { comments: 'first', score: { category: 'detect', value: 'partial' }, origins: [origin(1)] }),
  mapped('A', 'T1562.001', { comments: 'second', score: { category: 'detect', value: 'partial' }, references: ['x'], origins: [origin(2)] }),
  mapped('A', 'T1562.006', { comments: 'third', score: { category: 'detect', value: 'minimal' }, origins: [origin(3)] }),
  mapped('B', 'T1562', { origins: [origin(4)] }),
  mapped('A', 'T1685', { comments: 'new', score: { category: 'detect' }, origins: [origin(5)], release: { attackVersion: '19.1' } }),
]

async function upgraded(onDuplicate: OnDuplicate, given = rows, attack?: AttackIndex, to = '19.1', from = '18.1') {
  const result = upgradeSet({ ...createSet({ rows: given }), attack: { domain: 'enterprise', version: from } }, to, attack ?? await loadAttackIndex(), new Map(), onDuplicate)
  if (!result) throw new Error('the release is available')
  return result
}

describe('rows that become the same', () => {
  it('are both kept by default, with the place of the other', async () => {
    const { set, changes } = await upgraded('keep')
    expect(set.mappings).toHaveLength(5)
    expect(changes.map(({ sameAs }) => sameAs?.origins[0])).toEqual([origin(2), origin(1), origin(1), undefined, undefined])
  })

  it('are merged where nothing contradicts: comments, references, scores and places of all stay', async () => {
    const result = await upgraded('merge')
    expect(result.set.mappings).toEqual([
      mapped('A', 'T1685', {
        comments: 'first\nsecond\nnew', score: { category: 'detect', value: 'partial' }, references: ['x'], origins: [origin(1), origin(2), origin(5)],
      }),
      mapped('A', 'T1685', { comments: 'third', score: { category: 'detect', value: 'minimal' }, origins: [origin(3)] }),
      mapped('B', 'T1685', { origins: [origin(4)] }),
    ])
    expect(result.changes.map(({ mergedInto }) => mergedInto !== undefined)).toEqual([false, true, false, false, true])
    const { rowsIn, rowsOut, dropped, merged = 0 } = countUpgrade(result)
    expect([rowsIn, rowsOut + dropped + merged, merged]).toEqual([5, 5, 2])
  })

  it('stay apart where they were the same before', async () => {
    const twins = [mapped('A', 'T1656', { origins: [origin(1)] }), mapped('A', 'T1656', { origins: [origin(2)] })]
    expect((await upgraded('merge', twins)).set.mappings).toHaveLength(2)
  })
})

describe('a technique', () => {
  it('with several successors waits, and all are suggested', async () => {
    const attack = madeUpAttack({
      'enterprise 1.0': [{ id: 'T1001' }, { id: 'T1002' }, { id: 'T1003' }],
      'enterprise 2.0': [{ id: 'T1001', successor: 'T1002', otherSuccessors: ['T1003'] }, { id: 'T1002' }, { id: 'T1003' }],
    })
    const { changes: [change] } = await upgraded('keep', [mapped('A', 'T1001')], attack, '2.0', '1.0')
    expect(change).toMatchObject({ class: 'review', why: 'revoked by several: T1002, T1003', suggestions: [{ id: 'T1002' }, { id: 'T1003' }] })
    expect(change?.after).toMatchObject({ technique: { id: 'T1001' }, release: { attackVersion: '1.0' } })
  })

  it('that a partial release dropped without saying why is undetermined, and kept', async () => {
    const attack = await loadAttackIndex()
    const result = upgradeSet({ ...createSet({ rows: [mapped('A', 'T0803')], domain: 'ics' }), attack: { domain: 'ics', version: '18.1' } }, '19.1', attack)
    expect(result?.changes[0]).toMatchObject({ class: 'undetermined' })
    expect(result?.set.mappings[0]).toMatchObject({ technique: { id: 'T0803' }, release: { attackVersion: '18.1' } })
  })
})
