import { describe, expect, it } from 'vitest'
import { loadAttackIndex } from '../../../../src/attack/load-attack.js'
import { createDiagnosticLog, type Diagnostic } from '../../../../src/diagnostics/diagnostic.js'
import { createMappingSet, type ResolvedSet } from '../../../../src/model/mapping-set.js'
import type { Mapping, RowRelease } from '../../../../src/model/mapping.js'
import { checkSet } from '../../../../src/rules/check/check-set.js'
import { originAt } from '../../../support/sample-sets.js'

const attack = await loadAttackIndex()

type Row = readonly [id: string, name?: string | undefined, release?: RowRelease]

function check(rows: readonly Row[], stated: ResolvedSet['attack'] = { domain: 'enterprise', version: '16.1' }): readonly Diagnostic[] {
  const mappings = rows.map(([id, name, release], index): Mapping => ({
    kind: 'mapped', origins: [originAt(index + 1)], capability: { id: 'AC-2' }, technique: { id, ...(name !== undefined && { name }) },
    ...(release && { release }),
  }))
  const log = createDiagnosticLog()
  const set = { ...createMappingSet({ framework: { id: 'x', name: 'X' }, mappings, sources: [] }), attack: stated }
  checkSet(set, { attack, report: log.report })
  return log.entries
}

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

  it('is told with its own techniques only', () => {
    const rows: readonly Row[] = [['T9999'], ['T8888', undefined, { attackVersion: '98.0' }], ['T7777', undefined, { domain: 'ics-attack' }]]
    expect(check(rows, future).map(({ message }) => /kept as stated: (.*)$/.exec(message)?.[1])).toEqual([
      '1 technique (T9999)', '1 technique (T8888)', '1 technique (T7777)',
    ])
  })

  it('names ten techniques at most, and none if it has them all', () => {
    const ids = Array.from({ length: 11 }, (_, index) => `T99${10 + index}`)
    expect(check(ids.map((id): Row => [id]), future)[0]?.message).toContain(`11 techniques (${ids.slice(0, 10).join(', ')}, …)`)
    expect(check(ids.slice(1).map((id): Row => [id]), future)[0]?.message).toContain(`10 techniques (${ids.slice(1).join(', ')})`)
    expect(check([['T1059']], future)[0]?.message).toMatch(/; techniques were looked up in Enterprise ATT&CK [\d.]+$/)
  })

  it('has no ids of another form', () => {
    expect(check([['AC-2']], future)[1]?.message).toBe('AC-2 is not the id of a technique, such as T1553 or T1553.002')
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

  it('says nothing of techniques that only the newer revoked, but of names that neither has', () => {
    const [before, after] = ['10.1', '11.3'].map((version) => attack.release('enterprise', version))
    const gone = after?.techniques().find(({ id, status }) => status === 'revoked' && before?.technique(id)?.status === 'active')
    expect(gone).toBeDefined()
    expect(check([[gone?.id ?? '', 'A Name of Nobody']], between).map(({ code }) => code)).toEqual(['check/unknown-release'])
    expect(check([['T1059', 'A Name of Nobody']], between).map(({ code }) => code)).toEqual(['check/unknown-release', 'check/technique-name-differs'])
  })

  it('does not have what neither has', () => {
    expect(check([['T1998']], between)[1]?.message).toBe('T1998 is not a technique of Enterprise ATT&CK 10.1, nor of 11.3')
    expect(check([['T1998']], between).map(({ code, hint }) => [code, hint])).toEqual([
      ['check/unknown-release', undefined],
      ['check/unknown-technique', undefined],
    ])
  })
})

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

  it('that is older than all is replaced by the oldest', () => {
    expect(check([['T1059']], { domain: 'enterprise', version: '3' })[0]?.message).toMatch(/; techniques were looked up in Enterprise ATT&CK 8\.2$/)
  })

  it('keeps techniques of two releases apart', () => {
    const rows: readonly Row[] = [['T1053.001', 'At (Linux)'], ['T1053.001', 'At (Linux)', { attackVersion: '9.0' }]]
    expect(check(rows)).toMatchObject([{ code: 'check/revoked-technique', count: 1, origin: originAt(1) }])
    expect(check(rows.toReversed())).toMatchObject([{ code: 'check/revoked-technique', count: 1, origin: originAt(2) }])
  })

  it('of single rows counts for them', () => {
    const old: Row = ['T1053.001', 'At (Linux)', { attackVersion: '9.0' }]
    expect(check([old, ['T1059', undefined, { attackVersion: '3' }]])).toMatchObject([
      { code: 'check/unknown-release', found: '3', count: 1, origin: originAt(2) },
    ])
  })
})
