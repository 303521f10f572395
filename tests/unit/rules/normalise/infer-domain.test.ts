import { describe, expect, it } from 'vitest'
import { loadAttackIndex } from '../../../../src/attack/load-attack.js'
import { domainsOfTechnique, inferDomain } from '../../../../src/attack/find-techniques.js'
import { madeUpAttack } from '../../../support/made-up-attack.js'

const attack = await loadAttackIndex()

describe('inferDomain', () => {
  it.each([
    [['T1059', 'T1553.002'], 'enterprise', 1],
    [['T1521.003', 'T1404'], 'mobile', 1],
    [['T0803', 'T0831', 'T1059'], 'ics', 2 / 3],
    [['T1059', 'T1059', 'T1059', 'T0803', 'T0831', 'T9999'], 'ics', 2 / 4],
    [['T1059', 'T1404'], 'enterprise', 1 / 2],
    [['T0803', 'T1404'], 'mobile', 1 / 2],
    [['T9999'], 'enterprise', 0],
    [[], 'enterprise', 0],
  ] as const)('%j is %s', (ids, domain, share) => {
    expect(inferDomain(ids, attack)).toEqual({ domain, share })
  })
})

describe('an id of two domains', () => {
  const made = madeUpAttack({
    'enterprise 1.0': [{ id: 'T1000' }, { id: 'T1700' }, { id: 'T1701' }],
    'enterprise 2.0': [{ id: 'T1000' }, { id: 'T1700' }, { id: 'T1701', status: 'deprecated' }],
    'ics 1.0': [{ id: 'T0001' }],
    'ics 2.0': [{ id: 'T0001' }, { id: 'T1700' }, { id: 'T1700.001' }, { id: 'T1701' }],
  })

  it.each([
    [['T1700', 'T0001'], '2.0', 'ics'],
    [['T1700', 'T1000'], '2.0', 'enterprise'],
    [['T1700'], '2.0', 'enterprise'],
    [['T1700', 'T1700.001'], '2.0', 'ics'],
    [['T1701'], '2.0', 'ics'],
    [['T1701'], '1.0', 'enterprise'],
  ] as const)('%j of %s is decided by the other ids: %s', (ids, version, domain) => {
    expect(inferDomain(ids, made, version).domain).toBe(domain)
  })

  it('is of those that have it in the stated release, else in any', () => {
    expect(domainsOfTechnique('T1700', made, '2.0')).toEqual(['enterprise', 'ics'])
    expect(domainsOfTechnique('t1700', made, '1.0')).toEqual(['enterprise'])
    expect(domainsOfTechnique('T1700.099', made, '2.0')).toEqual(['enterprise', 'ics'])
    expect(domainsOfTechnique('T9', made)).toEqual([])
  })
})
