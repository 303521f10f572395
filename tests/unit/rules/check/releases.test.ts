import { describe, expect, it } from 'vitest'
import { loadAttackIndex } from '../../../../src/attack/load-attack.js'
import { createDiagnosticLog, type Diagnostic } from '../../../../src/diagnostics/diagnostic.js'
import { type AttackRelease, createMappingSet, type ResolvedSet } from '../../../../src/model/mapping-set.js'
import type { Mapping, RowRelease } from '../../../../src/model/mapping.js'
import { checkSet } from '../../../../src/rules/check/check-set.js'
import { originAt } from '../../../support/sample-sets.js'

const attack = await loadAttackIndex()
const newest = { domain: 'enterprise', version: '16.1' } as const

type Row = readonly [id: string, name?: string | undefined, release?: RowRelease]

function setOf(rows: readonly Row[], stated: AttackRelease & Pick<ResolvedSet['attack'], 'domain'>): ResolvedSet {
  const mappings = rows.map(([id, name, release], index): Mapping => ({
    kind: 'mapped',
    origins: [originAt(index + 1)],
    capability: { id: 'AC-2' },
    technique: { id, ...(name !== undefined && { name }) },
    ...(release && { release }),
  }))
  return { ...createMappingSet({ framework: { id: 'x', name: 'X' }, mappings, sources: [] }), attack: stated }
}

function check(rows: readonly Row[], stated: ResolvedSet['attack'] = newest): readonly Diagnostic[] {
  const log = createDiagnosticLog()
  checkSet(setOf(rows, stated), { attack, report: log.report })
  return log.entries
}


describe('the release', () => {
  it('is reported if none is stated', () => {
    expect(check([['T1059'], ['T1190']], { domain: 'enterprise' })).toMatchObject([
      {
        code: 'check/release-assumed',
        severity: 'info',
        message: 'No ATT&CK version is stated; techniques were looked up in Enterprise ATT&CK 19.1',
        count: 2,
        origin: { document: 'sample.txt', place: { kind: 'file' } },
      },
    ])
  })

  it('is reported if it is not available, with the available ones', () => {
    expect(check([['T1059']], { domain: 'ics', version: '7.0' })[0]).toMatchObject({
      code: 'check/unknown-release',
      severity: 'warning',
      found: '7.0',
      expected: expect.stringMatching(/^one of 8\.2, .*19\.1$/),
    })
  })

  it('is no matter when only its major version is stated', () => {
    expect(check([['T1059']], { domain: 'enterprise', version: '16' })).toEqual([])
  })

  it('of single rows counts for them', () => {
    const old: Row = ['T1053.001', 'At (Linux)', { attackVersion: '9.0' }]
    expect(check([old, ['T1059', undefined, { attackVersion: '3' }]])).toMatchObject([
      { code: 'check/unknown-release', found: '3', count: 1, origin: originAt(2) },
    ])
  })
})

describe('a release that is newer than the available ones', () => {
  const future = { domain: 'enterprise', version: '99.0' } as const

  it('has its unknown techniques counted in one warning, and nothing else said of its techniques', () => {
    const rows: readonly Row[] = [
      ['T9999'], ['T9999.001'], ['T9999'], ['T1059', 'A New Name'], ['T1086', 'PowerShell'], ['T1108'], ['T0843'], ['T1553.099'],
    ]
    const found = check(rows, future)
    expect(found.map(({ code, count }) => [code, count])).toEqual([['check/newer-release', 8]])
    expect(found[0]).toMatchObject({ severity: 'warning', found: '99.0', hint: expect.stringContaining('crosswalk attack fetch 99.0') })
    expect(found[0]?.message).toContain('4 techniques (T9999, T9999.001, T0843, T1553.099)')
  })

  it('has no ids of another form', () => {
    expect(check([['T12345'], ['AC-2']], future).map(({ code, hint }) => [code, hint])).toEqual([
      ['check/newer-release', expect.any(String)],
      ['check/unknown-technique', undefined],
      ['check/unknown-technique', undefined],
    ])
  })
})

describe('a release between two available ones', () => {
  const between = { domain: 'enterprise', version: '11.2' } as const

  it('is looked up in the older, which says nothing against what the newer has', () => {
    // Techniques of 11.3 that 10.1 does not have, and names that changed between the two.
    const [before, after] = ['10.1', '11.3'].map((version) => attack.release('enterprise', version))
    const added = after?.techniques().find(({ id, status }) => status === 'active' && !before?.technique(id))
    const renamed = after?.techniques().find(({ id, name, status }) =>
      status === 'active' && before?.technique(id)?.status === 'active' && before.technique(id)?.name !== name)
    expect([added, renamed]).not.toContain(undefined)
    const found = check([[added?.id ?? '', added?.name], [renamed?.id ?? '', renamed?.name]], between)
    expect(found.map(({ code, count }) => [code, count])).toEqual([['check/unknown-release', 2]])
    expect(found[0]?.message).toContain('the nearest release before it, Enterprise ATT&CK 10.1')
  })

  it('does not have what neither has', () => {
    expect(check([['T1998']], between).map(({ code, hint }) => [code, hint])).toEqual([
      ['check/unknown-release', undefined],
      ['check/unknown-technique', undefined],
    ])
  })
})
