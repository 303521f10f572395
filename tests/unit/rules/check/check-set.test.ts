import { describe, expect, it } from 'vitest'
import { loadAttackIndex, withBundle } from '../../../../src/attack/load-attack.js'
import { readAttackBundle } from '../../../../src/attack/bundle/read-attack-bundle.js'
import { createDiagnosticLog, type Diagnostic } from '../../../../src/diagnostics/diagnostic.js'
import { catalogue } from '../../../../src/diagnostics/catalogue.js'
import { type AttackRelease, createMappingSet, type ResolvedSet } from '../../../../src/model/mapping-set.js'
import type { Mapping, RowRelease } from '../../../../src/model/mapping.js'
import { checkRules, checkSet } from '../../../../src/rules/check/check-set.js'
import { rawBundle, rawTechnique } from '../../../support/attack-bundles.js'
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

describe('checkSet', () => {
  it('has nothing to say of techniques as they are', () => {
    expect(check([['T1553.002', 'Code Signing'], ['T1059'], ['T1190', 'Exploit Public-Facing Application']])).toEqual([])
  })

  it('has nothing to say of a set without techniques', () => {
    const mappings: readonly Mapping[] = [{ kind: 'unmapped-capability', origins: [originAt(1)], capability: { id: 'AC-1' } }]
    const log = createDiagnosticLog()
    checkSet({ ...setOf([], { domain: 'enterprise' }), mappings }, { attack, report: log.report })
    expect(log.entries).toEqual([])
  })

  it('checks techniques without a capability too', () => {
    const mappings: readonly Mapping[] = [{ kind: 'unmapped-technique', origins: [originAt(1)], technique: { id: 'T1086' } }]
    const log = createDiagnosticLog()
    checkSet({ ...setOf([], { domain: 'enterprise', version: '16.1' }), mappings }, { attack, report: log.report })
    expect(log.entries.map(({ code }) => code)).toEqual(['check/revoked-technique'])
  })

  it('tells each technique once, with the count of its rows and the place of the first', () => {
    const rows: readonly Row[] = [['T1059'], ['T1086'], ['T9999'], ['T1086'], ['T1086'], ['T9999']]
    expect(check(rows)).toMatchObject([
      { code: 'check/unknown-technique', found: 'T9999', count: 2, origin: originAt(3) },
      { code: 'check/revoked-technique', found: 'T1086', count: 3, origin: originAt(2) },
    ])
  })

  it('reports only the codes of its rules, each of the catalogue, each by one rule', () => {
    const ids = checkRules.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(Object.keys(catalogue)).toEqual(expect.arrayContaining(ids))
  })
})

describe('check/parent-unknown', () => {
  it('is reported instead of check/unknown-technique if the technique before the dot never existed', () => {
    expect(check([['T9953.002', 'Code Signing'], ['T9953.002']])).toMatchObject([{
      code: 'check/parent-unknown',
      severity: 'warning',
      message: 'T9953.002 is not a sub-technique: its parent T9953 is not a technique of Enterprise ATT&CK 16.1',
      found: 'T9953.002',
      count: 2,
      hint: 'did you mean T1553.002 Code Signing?',
    }])
  })

  it.each(['T1553.099', 'T1651.001', 'T1521.003', 'T9953', 'T9953.02'])('is not told of %s, which lacks something else', (id) => {
    expect(check([[id]]).map(({ code }) => code)).not.toContain('check/parent-unknown')
  })

  it('is reported if a release has the sub-technique without its parent', () => {
    const result = readAttackBundle(rawBundle('99.0', [rawTechnique({ id: 'T1553.002', name: 'Code Signing' })]))
    if ('problem' in result) throw new Error(result.problem)
    const log = createDiagnosticLog()
    checkSet(setOf([['T1553.002']], { domain: 'enterprise', version: '99.0' }), { attack: withBundle(attack, result.release), report: log.report })
    expect(log.entries).toMatchObject([{
      code: 'check/parent-unknown',
      message: 'T1553.002 is a sub-technique of T1553, which is not a technique of Enterprise ATT&CK 99.0',
    }])
    expect(log.entries[0]).not.toHaveProperty('hint')
  })
})

it.each([['T9', 'check/unknown-technique'], ['T9953.', 'check/parent-unknown']])('the first hundred ids like %s get suggestions (%s)', (start, code) => {
  const rows = Array.from({ length: 101 }, (_, index): Row => [`${start}${String(100 + index)}`, 'Code Signing'])
  const found = check(rows)
  expect(found.filter((one) => one.code === code)).toHaveLength(101)
  expect(found.map(({ hint }) => hint !== undefined)).toEqual(rows.map((_row, index) => index < 100))
})

describe('check/unknown-technique', () => {
  it('suggests the nearest ids', () => {
    expect(check([['T1553.02']])).toMatchObject([
      {
        severity: 'warning',
        message: 'T1553.02 is not a technique of Enterprise ATT&CK 16.1',
        hint: expect.stringContaining('T1553.002 Code Signing'),
      },
    ])
  })

  it('names the only release that has the technique', () => {
    const last = attack.versions('enterprise').at(-1) ?? ''
    const added = attack.release('enterprise', last).techniques().find(({ id }) => attack.history(id).length === 1)
    expect(added).toBeDefined()
    expect(check([[added?.id ?? '']])).toMatchObject([{ hint: `ATT&CK has it in release ${last}` }])
  })

  it('separates several suggestions', () => {
    expect(check([['T1553.02']])[0]?.hint).toMatch(/^did you mean T\S+ [^,]+(, or T\S+ [^,]+)+\?$/)
  })

  it('suggests the technique that bears the name', () => {
    expect(check([['T1999', 'Code signing']])).toMatchObject([{ hint: 'did you mean T1553.002 Code Signing?' }])
  })

  it('tells which releases have the technique', () => {
    const diagnostics = check([['T1651']], { domain: 'enterprise', version: '10.0' })
    expect(diagnostics).toMatchObject([{ hint: 'ATT&CK has it in releases 13.1 to 19.1' }])
  })

  it('says of a technique that is gone in a partial release that its successor is not in the index', () => {
    const [diagnostic] = check([['T0803']], { domain: 'ics', version: '19.1' })
    expect(diagnostic).toMatchObject({ code: 'check/unknown-technique', found: 'T0803' })
    expect(diagnostic?.hint).toMatch(/^ATT&CK has it in releases 8\.2 to 18\.1; whether 19\.1 revoked .* is not in the index \(add the full release/)
  })

  it('says so without a suggestion when nothing is near', () => {
    const [diagnostic] = check([['AC-2']])
    expect(diagnostic).toMatchObject({ code: 'check/unknown-technique', found: 'AC-2' })
    expect(diagnostic).not.toHaveProperty('hint')
  })

  it('takes no long over ten thousand unknown ids, and tells every one', () => {
    const rows = Array.from({ length: 10_000 }, (_, index): Row => [`T9${String(index).padStart(6, '0')}`])
    const start = performance.now()
    expect(check(rows)).toHaveLength(10_000)
    expect(performance.now() - start).toBeLessThan(5_000)
  })
})

describe('check/wrong-domain', () => {
  it('names the domain that has the technique', () => {
    expect(check([['T1521.003', 'SSL Pinning']])).toMatchObject([
      {
        code: 'check/wrong-domain',
        message: 'T1521.003 SSL Pinning is a technique of the domain mobile, not of Enterprise ATT&CK 16.1',
        found: 'T1521.003',
      },
    ])
  })

  it('says nothing of a row that states the domain itself', () => {
    const mobile: Row = ['T1521.003', 'SSL Pinning', { domain: 'mobile-attack' }]
    expect(check([mobile, ['T0803', undefined, { domain: 'ICS' }]])).toEqual([])
  })
})

describe('check/revoked-technique', () => {
  it.each([
    ['T1086', 'enterprise', '16.1', 'ATT&CK replaced it by T1059.001 PowerShell'],
    ['T1150', 'enterprise', '16.1', 'ATT&CK replaced it by T1647 Plist File Modification'],
    ['T1434', 'mobile', '16.1', 'ATT&CK replaced it by T1476 Deliver Malicious App via Other Means, which is deprecated too'],
    ['T1419', 'mobile', '16.1', 'ATT&CK names no successor'],
  ] as const)('%s in %s %s: %s', (id, domain, version, hint) => {
    expect(check([[id]], { domain, version })).toMatchObject([{ code: 'check/revoked-technique', hint }])
  })

  it('goes by the release: what is revoked today was not yet then', () => {
    expect(check([['T1053.001', 'At (Linux)']], { domain: 'enterprise', version: '9.0' })).toEqual([])
    expect(check([['T1053.001', 'At (Linux)']]).map(({ code }) => code)).toEqual(['check/revoked-technique'])
  })
})

describe('check/deprecated-technique', () => {
  it('tells', () => {
    expect(check([['T1108', 'Redundant Access']])).toMatchObject([
      { code: 'check/deprecated-technique', message: 'T1108 Redundant Access is deprecated in Enterprise ATT&CK 16.1' },
    ])
  })
})

describe('check/technique-name-differs', () => {
  it.each([
    'code  signing',
    'CODE SIGNING',
    'Subvert Trust Controls: Code Signing',
    'subvert trust controls:code signing',
    ' Code\u00A0Signing',
  ])('lets %j pass', (name) => {
    expect(check([['T1553.002', name]])).toEqual([])
  })

  it('lets quotes of other kinds and decomposed letters pass', () => {
    expect(check([['T1055.013', 'Process Doppelga\u0308nging']])).toEqual([])
  })

  it('tells a name that is not the technique\'s', () => {
    const names = ['Code Singing', 'Code Signing', 'Signing', 'Signing']
    const [diagnostic, ...others] = check(names.map((name): Row => ['T1553.002', name]))
    expect(others).toEqual([])
    expect(diagnostic).toMatchObject({
      code: 'check/technique-name-differs',
      severity: 'info',
      message: 'T1553.002 is called "Code Signing" in Enterprise ATT&CK 16.1, not "Code Singing"',
      found: 'Code Singing',
      expected: 'Code Signing',
      count: 3,
      origin: originAt(1),
    })
    expect(diagnostic).not.toHaveProperty('hint')
  })

  it.each([
    ['T1557', 'Man-in-the-Middle', 'ATT&CK uses this name in releases 8.2 to 9.0'],
    ['T1218.003', 'Signed Binary Proxy Execution: CMSTP', 'ATT&CK uses this name in releases 8.2 to 10.1'],
    ['T1574.001', 'DLL', 'ATT&CK uses this name in releases 17.1 to 19.1'],
  ])('%s %s: %s', (id, name, hint) => {
    expect(check([[id, name]])).toMatchObject([{ code: 'check/technique-name-differs', hint }])
  })
})
