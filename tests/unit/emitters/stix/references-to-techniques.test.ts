import { describe, expect, it } from 'vitest'
import type { AttackHistoryEntry, AttackIndex, AttackTechnique } from '../../../../src/attack/attack-index.js'
import { epoch } from '../../../../src/emitters/objects/stix-id.js'
import { referToTechnique } from '../../../../src/emitters/stix/techniques.js'
import { fakeAttackIndex } from '../../../support/fake-attack-index.js'

const base: AttackTechnique = {
  id: 'T1990',
  stixId: 'attack-pattern--00000000-0000-4000-8000-000000001990',
  name: 'Old Name',
  tactics: ['impact'],
  status: 'active',
  created: '2020-01-01T10:00:00.000Z',
  modified: '2020-05-01T10:00:00.000Z',
}

const { created: _created, modified: _modified, ...undated } = base

/** An index that has these states of one technique, a release each. */
function indexOf(...states: readonly AttackTechnique[]): AttackIndex & { readonly entries: readonly AttackHistoryEntry[] } {
  const entries = states.map((technique, nth): AttackHistoryEntry => ({ domain: 'enterprise', version: `${nth + 10}.0`, technique }))
  return { ...fakeAttackIndex(), history: () => entries, entries }
}

describe('a technique of which MITRE’s object is not available', () => {
  it('is the same from every release: as in the newest in which it is active', () => {
    const index = indexOf(base, { ...base, name: 'New Name', tactics: ['stealth'] }, { ...base, name: 'New Name', tactics: [], status: 'revoked' })
    const [first, ...others] = index.entries.map((entry) => referToTechnique(entry, index))
    expect(first).toMatchObject({ name: 'New Name', kill_chain_phases: [{ kill_chain_name: 'mitre-attack', phase_name: 'stealth' }] })
    expect(first).not.toHaveProperty('revoked')
    expect(first).not.toHaveProperty('description')
    expect(others).toEqual([first, first])
  })

  it.each([
    ['when MITRE created it', [base, { ...base, modified: '2021-01-01T00:00:00.000Z' }], base.created],
    ['not known', [undated], epoch],
    ['known from another release', [undated, base], base.created],
    ['that of a version by MITRE, however it is spelled', [{ ...base, modified: '2020-01-01T10:00:00Z' }, base], epoch],
    ['no date', [{ ...base, created: 'in spring' }], epoch],
  ])('has one date, before any version of MITRE’s: %s', (_what, states, date) => {
    const index = indexOf(...states)
    for (const entry of index.entries) expect(referToTechnique(entry, index)).toMatchObject({ created: date, modified: date })
  })

  it('is as a document describes it, if no release has it', () => {
    const index = indexOf()
    const found = { domain: 'ics' as const, version: '', technique: base }
    expect(referToTechnique(found, index)).toMatchObject({
      id: base.stixId, name: 'Old Name', modified: base.created, kill_chain_phases: [{ kill_chain_name: 'mitre-ics-attack' }],
    })
  })

  it('is not mixed up with another technique that had its id', () => {
    const index = indexOf(
      { ...base, stixId: 'attack-pattern--00000000-0000-4000-8000-000000000001', name: 'Another', created: '2019-01-01T00:00:00.000Z' },
      base,
    )
    const [another, own] = index.entries.map((entry) => referToTechnique(entry, index))
    expect([another?.name, own?.name]).toEqual(['Another', 'Old Name'])
    expect(own?.modified).toBe(base.created)
  })
})
