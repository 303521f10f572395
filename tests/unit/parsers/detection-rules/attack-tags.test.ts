import { describe, expect, it } from 'vitest'
import { readAttackTag } from '../../../../src/parsers/detection-rules/rule-rows.js'

describe('a tag', () => {
  it.each([
    ['attack.t1059.001', ['T1059.001']],
    ['attack.T1059', ['T1059']],
    ['ATTACK:T1059.001', ['T1059.001']],
    ['mitre-attack/T1059/001', ['T1059.001']],
    ['MITRE ATT&CK: T1059', ['T1059']],
    ['mitre_attack_t1059', ['T1059']],
    ['mitre.t1059', ['T1059']],
    ['t1059_003', ['T1059.003']],
    ['T1059-001', ['T1059.001']],
    ['T1059.001: PowerShell', ['T1059.001']],
    ['PowerShell (T1059.001)', ['T1059.001']],
    ['T1059.001_PowerShell', ['T1059.001']],
    ['TA0042-T1587.001', ['T1587.001']],
    ['attack.defense-evasion, attack.t1027', ['T1027']],
    ['T1078, T1110;T1003.001', ['T1078', 'T1110', 'T1003.001']],
    ['https://attack.mitre.org/techniques/T1059/001/', ['T1059.001']],
  ])('%s is of techniques', (text, ids) => {
    expect(readAttackTag(text)).toEqual({ kind: 'techniques', ids })
  })

  it.each([
    'attack.g0016', 'attack.s0002', 'attack.ta0002', 'attack.execution', 'attack.defense-evasion', 'attack.defense_evasion', 'attack.command-and-control',
    'attack.m1049', 'attack.ds0009', 'attack.c0024', 'TA0002', 'Lateral Movement', 'attack.stealth', 'G0016',
  ])('%s is of another object of ATT&CK', (text) => {
    expect(readAttackTag(text)).toEqual({ kind: 'other' })
  })

  it.each([
    'attack.t105', 'attack.t1059.1', 'attack.t1059.0011', 'T10591', 'attack.t1003.001-.003', 'T1110 (.001, .003)', 'T1059 .001', 'T1059\u2013001', 'T1566.001,.002',
    'T1059\u200B.001', 'attack.unknown-tactic', 'AML.T0051', 'T1078, T11', 'attack.x0001',
  ])('%s is none that can be read, not even in part', (text) => {
    expect(readAttackTag(text)).toEqual({ kind: 'malformed' })
  })

  it.each(['cve.2021-44228', 'car.2013-05-002', 'detection.emerging-threats', 'tlp.white', 'd3fend.d3-psa', 'Windows', 'attackiq', 'TLS1234', ''])('%j is not about ATT&CK', (text) => {
    expect(readAttackTag(text)).toEqual({ kind: 'nothing' })
  })

  it('is read in linear time', () => {
    const start = performance.now()
    for (const piece of ['T1059.', 'attack.', 'mitre ', 'T105', '.001', ' T1059', '_-']) readAttackTag(piece.repeat(40_000))
    expect(performance.now() - start).toBeLessThan(1500)
  })
})
