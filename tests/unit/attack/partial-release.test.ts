import { describe, expect, it } from 'vitest'
import type { ReleaseFacts } from '../../../src/attack/attack-index.js'
import { createAttackIndex } from '../../../src/attack/create-attack-index.js'
import { isFactsFile, readPartialReleases } from '../../../src/attack/partial-release.js'
import { compileAttackIndex } from '../../../src/attack/stored-index.js'

const dates = { created: '2020-01-01T00:00:00.000Z', modified: '2021-01-01T00:00:00.000Z' }

const before: ReleaseFacts = {
  domain: 'ics',
  version: '1.1',
  tactics: [
    { id: 'TA0002', stixId: 'x-mitre-tactic--2', shortname: 'second', name: 'Second' },
    { id: 'TA0001', stixId: 'x-mitre-tactic--1', shortname: 'first', name: 'First' },
    { id: 'TA0009', stixId: 'x-mitre-tactic--9', shortname: 'old', name: 'Old', deprecated: true },
  ],
  techniques: [
    { id: 'T0001', stixId: 'attack-pattern--1', name: 'Stays', tactics: ['first'], status: 'active', ...dates },
    { id: 'T0002', stixId: 'attack-pattern--2', name: 'Gone', tactics: ['first'], status: 'active', ...dates },
    { id: 'T0003', stixId: 'attack-pattern--3', name: 'Replaced', tactics: ['second', 'first'], status: 'active', ...dates },
    { id: 'T0004', stixId: 'attack-pattern--4', name: 'Revoked long ago', tactics: ['old'], status: 'revoked', successor: 'T0003', ...dates },
    { id: 'T0005', stixId: 'attack-pattern--5', name: 'Deprecated', tactics: ['second'], status: 'deprecated', ...dates },
  ],
}

const facts = {
  release: '2.0',
  tactics: [
    { domain: 'ics', id: 'TA0001', stix: 'x-mitre-tactic--1', shortname: 'first', name: 'First' },
    { domain: 'ics', id: 'TA0002', stix: 'x-mitre-tactic--2', shortname: 'renamed', name: 'Renamed' },
    { domain: 'ics', id: 'TA0003', stix: 'x-mitre-tactic--3', shortname: 'third', name: 'Third' },
  ],
  techniques: [
    { domain: 'ics', id: 'T0001', stix: 'attack-pattern--1', name: 'Stays, renamed', tactics: ['TA0003', 'TA0002'] },
    { domain: 'ics', id: 'T1600.001', stix: 'attack-pattern--6', name: 'New', tactics: ['TA0001'] },
  ],
  'since_1.1_gone': [
    { domain: 'ics', id: 'T0002', stix: 'attack-pattern--2', name: 'Gone', status: 'gone' },
    { domain: 'ics', id: 'T0003', stix: 'attack-pattern--3', name: 'Replaced', status: 'revoked', successor: 'T1600.001' },
  ],
}

function read(value: typeof facts, complete: readonly ReleaseFacts[] = [before]): ReleaseFacts {
  const result = readPartialReleases(value, complete)
  if ('problem' in result) throw new Error(result.problem)
  const [release] = result.releases
  if (!release || result.releases.length > 1) throw new Error('one release was expected')
  return release
}

function platformsOf({ techniques }: ReleaseFacts, id: string): unknown {
  return techniques.find((one) => one.id === id)?.platforms
}

describe('readPartialReleases', () => {
  it('says what the release lacks', () => {
    expect(read(facts)).toMatchObject({ domain: 'ics', version: '2.0', lacks: ['dates', 'withdrawn', 'successors'] })
    const explained = { ...facts, 'since_1.1_gone': facts['since_1.1_gone'].slice(1) }
    expect(read(explained).lacks).toEqual(['dates', 'withdrawn'])
  })

  it('takes dates of known techniques from the release before, and gives new ones none', () => {
    const { techniques } = read(facts)
    expect(techniques.find(({ id }) => id === 'T0001')).toEqual({
      id: 'T0001', stixId: 'attack-pattern--1', name: 'Stays, renamed', tactics: ['renamed', 'third'], status: 'active', ...dates,
    })
    expect(techniques.find(({ id }) => id === 'T1600.001')).toEqual({
      id: 'T1600.001', stixId: 'attack-pattern--6', name: 'New', tactics: ['first'], status: 'active',
    })
  })

  it('has the stated platforms in the spelling of the release before, else those of that release', () => {
    const complete: ReleaseFacts = {
      ...before, techniques: before.techniques.map((one) => (one.id === 'T0001' ? { ...one, platforms: ['Network Devices', 'macOS'] } : one)),
    }
    expect(platformsOf(read(facts, [complete]), 'T0001')).toEqual(['Network Devices', 'macOS'])
    const stating = {
      ...facts, techniques: facts.techniques.map((one) => (one.id === 'T0001' ? { ...one, platforms: ['windows', 'network-devices'] } : one)),
    }
    expect(platformsOf(read(stating, [complete]), 'T0001')).toEqual(['Network Devices', 'windows'])
    expect(platformsOf(read(stating, [complete]), 'T1600.001')).toBeUndefined()
  })

  it('has what was revoked and deprecated before, without tactics that the release lacks', () => {
    const { techniques } = read(facts)
    expect(techniques.find(({ id }) => id === 'T0004')).toMatchObject({ status: 'revoked', successor: 'T0003', tactics: ['old'] })
    expect(techniques.find(({ id }) => id === 'T0005')).toMatchObject({ status: 'deprecated', tactics: [] })
    expect(techniques.find(({ id }) => id === 'T0003')).toMatchObject({ status: 'revoked', successor: 'T1600.001', tactics: ['first'] })
  })

  it('leaves out what is gone without a reason: it is not called revoked', () => {
    expect(read(facts).techniques.map(({ id }) => id)).toEqual(['T0001', 'T0003', 'T0004', 'T0005', 'T1600.001'])
  })

  it('orders tactics as stated, else as the release before; deprecated ones come last', () => {
    expect(read(facts).tactics.map(({ id }) => id)).toEqual(['TA0002', 'TA0001', 'TA0003', 'TA0009'])
    const ordered = { ...facts, ics_tactic_order: ['TA0003', 'TA0001', 'TA0002'] }
    expect(read(ordered).tactics.map(({ id }) => id)).toEqual(['TA0003', 'TA0001', 'TA0002', 'TA0009'])
  })

  it('is completed from the newest complete release before it', () => {
    const newer: ReleaseFacts = { ...before, version: '3.0', techniques: [] }
    const older: ReleaseFacts = { ...before, version: '0.9', techniques: [] }
    expect(read(facts, [newer, before, older])).toEqual(read(facts))
    expect(readPartialReleases(facts, [newer])).toEqual({ problem: 'needs a complete release of ics before 2.0, which it is completed from' })
  })

  it('keeps all of it in the stored form', () => {
    const partial = read(facts)
    const index = createAttackIndex(JSON.parse(JSON.stringify(compileAttackIndex([before, partial]))))
    const view = index.release('ics', '2.0')
    expect(view).toMatchObject({ lacks: partial.lacks, tactics: partial.tactics })
    expect(view.techniques()).toEqual(partial.techniques)
    expect(index.release('ics', '1.1').lacks).toBeUndefined()
  })

  it.each([
    ['no release number', { ...facts, release: 'nineteen' }, 'does not state its ATT&CK release'],
    ['a technique without a STIX id', { ...facts, techniques: [{ domain: 'ics', id: 'T0001', name: 'x' }] }, 'has a technique without id, stix or name'],
    ['a malformed id', { ...facts, techniques: [{ domain: 'ics', id: 'X1', stix: 'a', name: 'x' }] }, 'has a technique without id, stix or name'],
    ['a tactic without a name', { ...facts, tactics: [{ domain: 'ics', id: 'TA0001' }] }, 'has a tactic without id, stix, name or shortname'],
    ['no techniques', { ...facts, 'techniques': [], 'since_1.1_gone': [] }, 'contains no ATT&CK techniques'],
  ])('refuses facts with %s', (_, value, problem) => {
    const result = readPartialReleases(value, [before])
    expect('problem' in result && result.problem).toContain(problem)
  })

  it('tells facts from other files', () => {
    expect(isFactsFile(facts)).toBe(true)
    expect(isFactsFile({ type: 'bundle', objects: [] })).toBe(false)
    expect(isFactsFile([facts])).toBe(false)
  })
})
