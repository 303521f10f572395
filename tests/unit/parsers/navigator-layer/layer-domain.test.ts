import { describe, expect, it } from 'vitest'
import { navigatorLayer } from '../../../../src/parsers/navigator-layer/navigator-layer.js'
import { readDocument } from '../../../support/read-document.js'

function layer(domain: unknown, ids: readonly string[] = ['T1078', 'T1110']) {
  return { name: 'Ours', versions: { layer: '4.5' }, domain, techniques: ids.map((techniqueID) => ({ techniqueID, score: 1 })) }
}

describe('the domain of a layer', () => {
  it.each([
    ['enterprise-attack', 'enterprise'], ['mitre-enterprise', 'enterprise'], ['mitre-mobile', 'mobile'], ['mobile-attack', 'mobile'],
    ['ICS', 'ics'], ['Enterprise ATT&CK', 'enterprise'], ['mitre_attack_ics', 'ics'], [' enterprise-attack ', 'enterprise'],
    ['attack-enterprise', 'enterprise'],
  ])('%j is %s', async (domain, expected) => {
    const { sets, codes } = await readDocument(navigatorLayer, layer(domain))
    expect(sets.map(({ attack }) => attack.domain)).toEqual([expected])
    expect(Object.keys(codes).filter((code) => code !== 'normalise/whitespace')).toEqual(['parse/unknown-framework'])
  })

  it.each([
    ['atlas-atlas', ['AML.T0043'], 'MITRE ATLAS'],
    ['mitre-atlas', ['AML.T0043', 'AML.T0000.001'], 'MITRE ATLAS'],
    ['ATLAS', ['T1078'], 'MITRE ATLAS'],
    ['cloud-attack', ['CL-1', 'CL-2'], 'the domain "cloud-attack"'],
    ['our-matrix', ['T1078'], 'the domain "our-matrix"'],
    ['mitre-engage', ['EAC0001'], 'the domain "mitre-engage"'],
    ['pre-attack', ['T1247'], 'PRE-ATT&CK'],
    ['mitre-pre', ['T1247'], 'PRE-ATT&CK'],
    ['enterprise-attack', ['AML.T0043'], 'MITRE ATLAS'],
    [undefined, ['AML.T0043', 'AML.T0051'], 'MITRE ATLAS'],
  ])('%j with %j is of another matrix: one error, and no rows', async (domain, ids, named) => {
    const { sets, diagnostics } = await readDocument(navigatorLayer, layer(domain, ids))
    expect(sets).toEqual([])
    expect(diagnostics.map(({ code, severity, count }) => [code, severity, count])).toEqual([['parse/other-matrix', 'error', ids.length]])
    expect(diagnostics[0]?.message).toContain(named)
  })

  it('of one layer of several does not keep the others from being read', async () => {
    const { sets, codes } = await readDocument(navigatorLayer, [layer('atlas-atlas', ['AML.T0043']), layer('mobile-attack', ['T1404'])])
    expect(sets.map(({ attack }) => attack.domain)).toEqual(['mobile'])
    expect(codes['parse/other-matrix']).toBe(1)
  })

  it.each([undefined, '', null])('%j is not stated', async (domain) => {
    expect((await readDocument(navigatorLayer, layer(domain))).sets.map(({ attack }) => attack.domain)).toEqual([undefined])
  })
})
