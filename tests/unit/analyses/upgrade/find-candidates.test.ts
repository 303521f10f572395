import { expect, it } from 'vitest'
import { findCandidates, upgradeSet } from '../../../../src/analyses/upgrade/upgrade-set.js'
import { eventfulAttack } from '../../../support/made-up-attack.js'
import { createSet, mapped } from '../../../support/small-set.js'

const attack = eventfulAttack()

function candidates(ids: readonly string[], from: string, to: string) {
  const set = { ...createSet({ rows: ids.map((id) => mapped('A', id)) }), attack: { domain: 'enterprise' as const, version: from } }
  const result = upgradeSet(set, to, attack)
  return result ? findCandidates(result).map(({ technique: { id }, tactics, replaces, parentRows }) => ({ id, tactics, replaces, parentRows })) : undefined
}

it('lists what is new in tactics that the set covers, with what it replaces and the rows of its parent, most first', () => {
  expect(candidates(['T1001', 'T1020', 'T1020'], '1.0', '2.0')).toEqual([
    { id: 'T1020.002', tactics: ['ONE'], replaces: ['T1004', 'T1005', 'T1020.001'], parentRows: 2 },
    { id: 'T1009.001', tactics: ['ONE'], replaces: [], parentRows: 0 },
    { id: 'T1040', tactics: ['ONE'], replaces: [], parentRows: 0 },
  ])
  expect(candidates(['T1050'], '1.0', '2.0')?.map(({ id }) => id)).toEqual(['T1041'])
})

it('leaves out what the upgraded set names itself', () => {
  expect(candidates(['T1001', 'T1004'], '1.0', '2.0')?.map(({ id }) => id)).toEqual(['T1009.001', 'T1040'])
})

it('has none to offer going back', () => {
  expect(candidates(['T1001'], '2.0', '1.0')).toEqual([])
})
