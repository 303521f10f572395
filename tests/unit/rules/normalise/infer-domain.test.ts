import { describe, expect, it } from 'vitest'
import { loadAttackIndex } from '../../../../src/attack/load-attack.js'
import { inferDomain } from '../../../../src/attack/find-techniques.js'

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
