import { describe, expect, it } from 'vitest'
import type { AttackTechnique, ReleaseFacts } from '../../../src/attack/attack-index.js'
import { compileAttackIndex } from '../../../src/attack/stored-index.js'
import { createAttackIndex } from '../../../src/attack/create-attack-index.js'

const first: AttackTechnique = {
  id: 'T1001',
  stixId: 'attack-pattern--one',
  name: 'First',
  tactics: ['execution', 'impact'],
  status: 'active',
  created: '2020-01-01T00:00:00.000Z',
  modified: '2020-01-01T00:00:00.000Z',
}
const second: AttackTechnique = { ...first, id: 'T1002' }
const tactics = [
  { id: 'TA0001', stixId: 'x-mitre-tactic--one', shortname: 'execution', name: 'Execution' },
  { id: 'TA0002', stixId: 'x-mitre-tactic--two', shortname: 'impact', name: 'Impact' },
] as const

const releases: readonly ReleaseFacts[] = [
  { domain: 'enterprise', version: '8.2', tactics, techniques: [first] },
  {
    domain: 'enterprise',
    version: '9.0',
    tactics: tactics.toReversed(),
    techniques: [{ ...first, name: 'a|b;9.0=c%7C' }, second],
  },
  { domain: 'enterprise', version: '10.1', tactics: [{ ...tactics[0], deprecated: true }], techniques: [second] },
  {
    domain: 'enterprise',
    version: '11.3',
    tactics,
    techniques: [
      { ...first, status: 'revoked', successor: 'T1002', tactics: [] },
      { ...second, stixId: 'attack-pattern--other' },
    ],
  },
  { domain: 'ics', version: '9.0', tactics: [], techniques: [{ ...first, id: 'T0801', status: 'revoked' }] },
]
const index = createAttackIndex(compileAttackIndex(releases))

describe('an index of compiled releases', () => {
  it.each(releases)('gives back $domain $version as it was', ({ domain, version, tactics: expected, techniques }) => {
    const release = index.release(domain, version)
    expect(release).toMatchObject({ domain, version, match: 'exact' })
    expect(release.tactics).toEqual(expected)
    expect(release.techniques()).toEqual(techniques)
    for (const technique of techniques) expect(release.technique(technique.id)).toEqual(technique)
  })

  it('is the same whatever the order of the releases', () => {
    expect(compileAttackIndex(releases.toReversed())).toEqual(compileAttackIndex(releases))
  })

  it('lists versions oldest first, by number and not by text', () => {
    expect(index.versions('enterprise')).toEqual(['8.2', '9.0', '10.1', '11.3'])
    expect(index.versions('mobile')).toEqual([])
  })

  it('knows no id that the release lacks, nor any that objects have by birth', () => {
    expect(index.release('enterprise', '10.1').technique('T1001')).toBeUndefined()
    for (const id of ['T9999', '', '__proto__', 'constructor', 't1001', 'T1001|8.2']) {
      expect(index.release('enterprise', '8.2').technique(id)).toBeUndefined()
      expect(index.domainsOf(id)).toEqual([])
    }
  })

  it('gives the history of an id over the releases that hold it', () => {
    const history = index.history('T1001')
    expect(history.map(({ domain, version, technique: { name, status } }) => [domain, version, name, status])).toEqual([
      ['enterprise', '8.2', 'First', 'active'],
      ['enterprise', '9.0', 'a|b;9.0=c%7C', 'active'],
      ['enterprise', '11.3', 'First', 'revoked'],
    ])
    expect(index.history('T9999')).toEqual([])
  })

  it('knows a technique by every STIX id that it has had, in any domain', () => {
    expect(['attack-pattern--other', 'attack-pattern--nobody'].map((id) => index.techniqueIdOf(id))).toEqual(['T1002', undefined])
    const shared = createAttackIndex(compileAttackIndex([
      { domain: 'mobile', version: '8.2', tactics: [], techniques: [{ ...first, stixId: 'attack-pattern--a' }] },
      { domain: 'mobile', version: '9.0', tactics: [], techniques: [{ ...first, stixId: 'attack-pattern--b' }] },
      { domain: 'ics', version: '9.0', tactics: [], techniques: [{ ...first, id: 'T0801', stixId: 'attack-pattern--c' }] },
    ]))
    const ids = ['a', 'b', 'c'].map((id) => shared.techniqueIdOf(`attack-pattern--${id}`))
    expect(ids).toEqual(['T1001', 'T1001', 'T0801'])
  })

  it('tells which domains hold an id in any release', () => {
    expect(index.domainsOf('T1001')).toEqual(['enterprise'])
    expect(index.domainsOf('T0801')).toEqual(['ics'])
  })

  it('gives another release for a version that it lacks, and says why', () => {
    expect(index.release('enterprise', '99')).toMatchObject({ version: '11.3', match: 'newer', stated: '99' })
    expect(index.release('enterprise')).toMatchObject({ version: '11.3', match: 'newest' })
    expect(index.release('enterprise', '8.0')).toMatchObject({ version: '8.2', match: 'older', stated: '8.0' })
  })

  it('gives an empty release for a domain of which it has none', () => {
    const release = index.release('mobile', '16.1')
    expect(release).toMatchObject({ domain: 'mobile', version: 'none', match: 'newest', tactics: [] })
    expect(release.techniques()).toEqual([])
  })
})
