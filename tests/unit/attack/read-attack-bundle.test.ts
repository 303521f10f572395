import { describe, expect, it } from 'vitest'
import type { ReleaseFacts } from '../../../src/attack/attack-index.js'
import { readAttackBundle } from '../../../src/attack/bundle/read-attack-bundle.js'
import {
  rawBundle,
  rawMatrix,
  rawRevocation,
  rawTactic,
  rawTechnique,
  stixId,
  type RawObject,
} from '../../support/attack-bundles.js'

function read(objects: readonly RawObject[]): ReleaseFacts {
  const result = readAttackBundle(rawBundle('16.1', objects))
  if ('problem' in result) throw new Error(result.problem)
  return result.release
}

function references(...list: readonly (readonly [string, string])[]): RawObject {
  return { external_references: list.map(([source_name, external_id]) => ({ source_name, external_id })) }
}

function problem(value: unknown, hints = {}): string | undefined {
  const result = readAttackBundle(value, hints)
  return 'problem' in result ? result.problem : undefined
}

function platforms(named: unknown): unknown {
  return read([rawTechnique({ id: 'T1001', more: { x_mitre_platforms: named } })]).techniques.find(({ id }) => id === 'T1001')?.platforms
}

describe('techniques of a bundle', () => {
  it('are read with id, STIX id, name, status and dates, sorted by id', () => {
    const { techniques } = read([
      rawTechnique({ id: 'T1002', more: { x_mitre_deprecated: true } }),
      rawTechnique({ id: 'T1001.001', name: 'Doppelgänger | 100 %; a=b' }),
    ])
    expect(techniques).toEqual([
      {
        id: 'T1001.001',
        stixId: stixId('attack-pattern', 1_001_001),
        name: 'Doppelgänger | 100 %; a=b',
        tactics: [],
        status: 'active',
        created: '2020-01-01T00:00:00.000Z',
        modified: '2021-02-03T04:05:06.789Z',
      },
      expect.objectContaining({ id: 'T1002', status: 'deprecated' }),
    ])
  })

  it('have the platforms that MITRE names, sorted and each once', () => {
    expect(platforms(['macOS', 'Windows', 'IaaS', 'Windows'])).toEqual(['IaaS', 'Windows', 'macOS'])
    expect(platforms(['None'])).toBeUndefined()
    expect(platforms(['a,b'])).toBeUndefined()
    expect(platforms('Windows')).toBeUndefined()
  })

  it('name their tactics in the order of the matrix, once each, unknown ones last', () => {
    const { techniques } = read([
      rawTactic('TA0002', 'execution'),
      rawTactic('TA0001', 'initial-access'),
      rawMatrix('Enterprise ATT&CK', ['TA0001', 'TA0002']),
      rawTechnique({ id: 'T1001', tactics: ['mystery', 'execution', 'initial-access', 'execution'] }),
    ])
    expect(techniques[0]?.tactics).toEqual(['initial-access', 'execution', 'mystery'])
  })

  it('name the successor that a live revoked-by names, and only when they are revoked', () => {
    const { techniques } = read([
      rawTechnique({ id: 'T1001', more: { revoked: true } }),
      rawTechnique({ id: 'T1002', more: { revoked: true, x_mitre_deprecated: true } }),
      rawTechnique({ id: 'T1003' }),
      rawTechnique({ id: 'T1004' }),
      rawRevocation('T1001', 'T1003', { modified: '2022-01-01T00:00:00.000Z' }),
      rawRevocation('T1001', 'T1004', { modified: '2021-01-01T00:00:00.000Z' }),
      rawRevocation('T1001', 'T1004', { modified: '2023-01-01T00:00:00.000Z', revoked: true }),
      rawRevocation('T1002', 'T1099'),
      rawRevocation('T1003', 'T1004'),
    ])
    expect(techniques.map(({ id, status, successor }) => [id, status, successor])).toEqual([
      ['T1001', 'revoked', 'T1003'],
      ['T1002', 'revoked', undefined],
      ['T1003', 'active', undefined],
      ['T1004', 'active', undefined],
    ])
  })

  it('count once where several STIX objects share an id: the active one', () => {
    const objects = [
      rawTechnique({ id: 'T1001', uuid: 1, modified: '2024-01-01T00:00:00.000Z', more: { revoked: true } }),
      rawTechnique({ id: 'T1001', uuid: 2, modified: '2020-01-01T00:00:00.000Z' }),
      rawTechnique({ id: 'T1001', uuid: 3, modified: '2023-01-01T00:00:00.000Z', more: { x_mitre_deprecated: true } }),
    ]
    for (const order of [objects, objects.toReversed()]) {
      const { techniques } = read(order)
      expect(techniques.map(({ stixId: id }) => id)).toEqual([stixId('attack-pattern', 2)])
    }
  })

  it('keep both ids where one STIX object was published under two', () => {
    const { techniques } = read([rawTechnique({ id: 'T1001', uuid: 7 }), rawTechnique({ id: 'T1002', uuid: 7 })])
    expect(techniques.map(({ id, stixId: stix }) => [id, stix])).toEqual([
      ['T1001', stixId('attack-pattern', 7)],
      ['T1002', stixId('attack-pattern', 7)],
    ])
  })

  it('have their id from whichever of MITRE\'s sources, today\'s form before that of the early years', () => {
    const early = references(['mitre-mobile-attack', 'MOB-T1001'], ['mitre-mobile-attack', 'T1401'])
    const withOthers = references(['NIST Mobile Threat Catalogue', 'APP-2'], ['mitre-mobile-attack', 'T1400'])
    const { techniques } = read([
      rawTechnique({ id: 'a', uuid: 1, more: references(['mitre-ics-attack', 'T0803']) }),
      rawTechnique({ id: 'b', uuid: 2, more: withOthers }),
      rawTechnique({ id: 'c', uuid: 3, more: early }),
    ])
    expect(techniques.map(({ id }) => id)).toEqual(['T0803', 'T1400', 'T1401'])
  })

  it('are told of when they are left out', () => {
    const nameless = rawTechnique({ id: 'T1001', uuid: 1, more: { name: '' } })
    const idless = rawTechnique({ id: 'T1002', uuid: 2, more: { external_references: 'none' } })
    const undated = rawTechnique({ id: 'T1003', uuid: 3, more: { modified: null } })
    const result = readAttackBundle(rawBundle('16.1', [nameless, idless, undated, rawTechnique({ id: 'T1004' })]))
    expect(result).toMatchObject({ skipped: [1, 2, 3].map((number) => stixId('attack-pattern', number)) })
  })
})

describe('tactics of a bundle', () => {
  it('stand in the order of the live matrix, then of the deprecated one, then the others', () => {
    const { tactics } = read([
      rawMatrix('A first by name', ['TA0038'], { x_mitre_deprecated: true }),
      rawMatrix('Mobile ATT&CK', ['TA0002', 'TA0001', 'TA0999']),
      rawTactic('TA0050', 'lost'),
      rawTactic('TA0038', 'network-effects'),
      rawTactic('TA0001', 'initial-access'),
      rawTactic('TA0002', 'execution'),
      rawTechnique({ id: 'T1001' }),
    ])
    expect(tactics.map(({ id, deprecated }) => [id, deprecated])).toEqual([
      ['TA0002', undefined],
      ['TA0001', undefined],
      ['TA0038', true],
      ['TA0050', true],
    ])
  })
})

describe('the release of a bundle', () => {
  const techniques = [rawTechnique({ id: 'T1001', tactics: ['execution'] })]

  it('is what its collection says', () => {
    expect(read(techniques)).toMatchObject({ domain: 'enterprise', version: '16.1' })
    expect(readAttackBundle(rawBundle('9.0', techniques, 'ICS'))).toMatchObject({ release: { domain: 'ics', version: '9.0' } })
  })

  it('is told by the kill chain and the file name in STIX 2.0, which has no collection', () => {
    const bundle = { type: 'bundle', spec_version: '2.0', objects: techniques }
    const enterprise = readAttackBundle(bundle, { fileName: 'enterprise-attack-7.2.json' })
    expect(enterprise).toMatchObject({ release: { domain: 'enterprise', version: '7.2' } })
    const kill_chain_phases = [{ kill_chain_name: 'mitre-mobile-attack', phase_name: 'impact' }]
    const objects = [rawTechnique({ id: 'T1400', more: { kill_chain_phases } })]
    const mobile = readAttackBundle({ type: 'bundle', objects }, { version: 'v7.2' })
    expect(mobile).toMatchObject({ release: { domain: 'mobile', version: '7.2' } })
  })

  it('is what the user says before all', () => {
    const hints = { version: '17.0', domain: 'mobile', fileName: 'ics-9.0.json' } as const
    const result = readAttackBundle(rawBundle('16.1', techniques), hints)
    expect(result).toMatchObject({ release: { domain: 'mobile', version: '17.0' } })
  })

  it('must be known', () => {
    const bundle = { type: 'bundle', objects: techniques }
    expect(problem(bundle, { fileName: 'enterprise-attack.json' })).toBe('does not state its ATT&CK release')
    const domainless = { type: 'bundle', objects: [rawTechnique({ id: 'T1001' })] }
    expect(problem(domainless)).toBe('does not state its ATT&CK domain')
  })
})

describe('what is no bundle', () => {
  const values = [undefined, null, 7, 'bundle', [], {}, { type: 'bundle' }, { type: 'bundle', objects: {} }]
  it.each(values)('%j is refused', (value) => {
    expect(problem(value)).toBe('is not a STIX bundle')
  })

  it('a bundle without techniques is refused, whatever its objects are', () => {
    const objects = [null, 3, [], {}, { type: 4 }, { type: '__proto__' }]
    expect(problem({ type: 'bundle', objects }, { domain: 'ics', version: '9.0' })).toBe('contains no ATT&CK techniques')
  })
})
