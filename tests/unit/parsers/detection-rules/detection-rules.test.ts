import { describe, expect, it } from 'vitest'
import type { MappingSet } from '../../../../src/model/mapping-set.js'
import { detectionRules } from '../../../../src/parsers/detection-rules/detection-rules.js'
import { readDocument } from '../../../support/read-document.js'
import { decodeTree } from '../../../support/read-tree.js'

async function read(name: string, content: string, framework?: string) {
  const reading = await readDocument(detectionRules, content, { name, ...(framework !== undefined && { statements: { framework } }) })
  return { ...reading, pairs: reading.sets.flatMap(listPairs) }
}

function listPairs({ mappings }: MappingSet): readonly string[] {
  return mappings.map((row) => [
    row.kind === 'unmapped-technique' ? '' : row.capability.id, row.relation ?? '-', row.kind === 'unmapped-capability' ? '-' : row.technique.id,
  ].join(' '))
}

describe('Sigma', () => {
  const head = 'logsource:\n  product: windows\ndetection:\n  selection:\n    Image: x\n  condition: selection\n'

  it('gives a row for each technique among its tags', async () => {
    const { sets: [set], pairs, codes } = await read('rule.yml', `title: Office starts a shell
id: r-1
status: test
level: high
description: A shell below an office program.
author: A. Nyone
references:
  - https://example.org/a
tags:
  - attack.execution
  - attack.t1059.001
  - attack.g0016
  - cve.2021-44228
  - attack.T1566.001
${head}`)
    expect(pairs).toEqual(['r-1 detects T1059.001', 'r-1 detects T1566.001'])
    expect(set?.framework).toEqual({ id: 'sigma', name: 'Sigma rules' })
    expect(set?.capabilities.get('r-1')).toEqual({ id: 'r-1', name: 'Office starts a shell', description: 'A shell below an office program.', groups: [] })
    expect(set?.mappings[0]).toMatchObject({
      comments: 'Status: test\nLevel: high', author: { name: 'A. Nyone' }, references: ['https://example.org/a'],
      origins: [{ place: { pointer: '/tags/1', line: 11 } }],
    })
    expect(codes).toEqual({ 'parse/other-attack-id': 2 })
  })

  it('may be several documents, correlations among them', async () => {
    const { pairs, codes } = await read('rules.yml', `title: A\ntags: [attack.t1078]\n${head}---\ntitle: B\nid: r-2\ncorrelation:\n  type: event_count\ntags: [attack.t1110]\n---\n`
      + 'title: F\nlogsource: {product: windows}\nfilter: {rules: any}\n---\n')
    expect(pairs).toEqual(['A detects T1078', 'r-2 detects T1110'])
    expect(codes).toEqual({ 'parse/not-a-mapping': 1 })
  })

  it('may share what an "action: global" says', async () => {
    const { pairs, sets: [set], codes } = await read('rules.yml', `action: global\ntitle: Shared\nstatus: stable\ntags: [attack.t1003]\ndetection: {condition: a}\n---\nid: r-1\n`
      + 'logsource: {product: windows}\ndetection: {a: 1}\n---\nid: r-2\nlogsource: {product: linux}\ndetection: {a: 2}\ntags: [attack.t1078]\n')
    expect(pairs).toEqual(['r-1 detects T1003', 'r-2 detects T1078', 'r-2 detects T1003'])
    expect(set?.capabilities.get('r-2')?.name).toBe('Shared')
    expect(codes).toEqual({})
  })

  it('reports a tag that is no technique, and keeps a rule without any', async () => {
    const { pairs, codes, diagnostics } = await read('rule.yml', `title: A\nid: r-1\ntags: [attack.t105, attack.credential-hoarding]\n${head}`)
    expect(pairs).toEqual(['r-1 - -'])
    expect(codes).toEqual({ 'parse/malformed-technique': 2, 'parse/missing-technique': 1 })
    expect(diagnostics[0]).toMatchObject({ found: 'the string "attack.t105"', origin: { place: { pointer: '/tags/0' } } })
  })

  it('leaves the framework to the user who names it', async () => {
    expect((await read('rule.yml', `title: A\ntags: [attack.t1078]\n${head}`, 'Our rules')).sets[0]?.framework.id).toBe('unknown')
  })
})

function elastic(id: string, technique: unknown) {
  return { rule_id: id, name: id, risk_score: 1, threat: [{ framework: 'MITRE ATT&CK', technique }] }
}

describe('Elastic', () => {
  const toml = `[metadata]
creation_date = "2024/01/01"
maturity = "production"

[rule]
author = ["Elastic", "A. Nyone"]
description = """
Someone
cleared a log.
"""
name = "Log cleared"
risk_score = 21
rule_id = "r-1"
severity = "low"
query = '''
process where process.args : ("cl", "C:\\\\x")
'''

[[rule.threat]]
framework = "MITRE ATT&CK"

[[rule.threat.technique]]
id = "T1070"
name = "Indicator Removal"
reference = "https://attack.mitre.org/techniques/T1070/"

[[rule.threat.technique.subtechnique]]
id = "T1070.001"
name = "Clear Windows Event Logs"

[rule.threat.tactic]
id = "TA0005"
name = "Defense Evasion"

[[rule.threat]]
framework = "MITRE ATT&CK"
[[rule.threat.technique]]
id = "T1070"
name = "Indicator Removal"

[[rule.threat]]
framework = "MITRE ATLAS"
[[rule.threat.technique]]
id = "AML.T0051"
name = "Prompt Injection"
`

  it('in TOML gives a row for each technique and sub-technique, with its name', async () => {
    const { sets: [set], pairs, codes } = await read('rule.toml', toml)
    expect(pairs).toEqual(['r-1 detects T1070', 'r-1 detects T1070.001'])
    expect(set?.mappings[0]).toMatchObject({
      technique: { name: 'Indicator Removal' }, author: { name: 'Elastic, A. Nyone' }, comments: 'Severity: low',
      origins: [{ place: { pointer: '/rule/threat/0/technique/0' } }, { place: { pointer: '/rule/threat/1/technique/0' } }],
    })
    expect(set?.capabilities.get('r-1')?.description).toBe('Someone\ncleared a log.')
    expect(codes['parse/unknown-value']).toBe(1)
  })

  it('may come from Kibana as a list in JSON', async () => {
    const { pairs, codes } = await read('rules.json', JSON.stringify([elastic('a', [{ id: 'T1078' }]), elastic('b', []), elastic('c', [{ id: 'T10' }, 'x'])]))
    expect(pairs).toEqual(['a detects T1078', 'b - -', 'c - -'])
    expect(codes).toEqual({ 'parse/malformed-technique': 2, 'parse/missing-technique': 2 })
  })
})

describe('Splunk, Sentinel and Atomic Red Team', () => {
  it('Splunk has its techniques in tags', async () => {
    const { sets: [set], pairs, codes } = await read('d.yml', 'name: A\nid: r-1\nversion: 2\ntype: TTP\nsearch: x\nhow_to_implement: y\ntags:\n  analytic_story:\n  - Logs\n'
      + '  mitre_attack_id:\n  - T1070.001\n  - T1078\n  - TA0005\n  - nothing\n')
    expect(pairs).toEqual(['r-1 detects T1070.001', 'r-1 detects T1078'])
    expect([set?.framework.id, codes]).toEqual(['splunk', { 'parse/malformed-technique': 1, 'parse/other-attack-id': 1 }])
  })

  it('Sentinel has its sub-techniques in the same field or in one of their own', async () => {
    const { sets: [set], pairs } = await read('d.yaml', 'id: r-1\nname: A\nseverity: High\nkind: Scheduled\nquery: x\ntactics:\n  - InitialAccess\nrelevantTechniques:\n  - T1566\nsubTechniques:\n  - T1566.002\n')
    expect([set?.framework.id, pairs]).toEqual(['sentinel', ['r-1 detects T1566', 'r-1 detects T1566.002']])
  })

  it('Atomic Red Team has a capability for each test', async () => {
    const { sets: [set], pairs } = await read('T1003.001.yaml', 'attack_technique: T1003.001\ndisplay_name: "OS Credential Dumping: LSASS Memory"\natomic_tests:\n'
      + '- name: Dump\n  auto_generated_guid: g-1\n  description: Dumps.\n- name: By hand\n')
    expect([set?.framework.id, pairs]).toEqual(['atomic_red_team', ['g-1 tests T1003.001', 'T1003.001-2 tests T1003.001']])
    expect(set?.mappings[0]).toMatchObject({ technique: { name: 'OS Credential Dumping: LSASS Memory' }, capability: { description: 'Dump' } })
  })

  it('is reported where it names nothing that could be read', async () => {
    const { sets, codes } = await read('T1003.yaml', 'attack_technique: T1003\natomic_tests: []\n')
    expect([sets, codes]).toEqual([[], { 'parse/unreadable-row': 1, 'parse/no-mappings': 1 }])
    expect((await read('r.yml', 'logsource: {}\ndetection: {}\ntags: [attack.t1078, attack.t1110]\n')).codes).toEqual({ 'parse/unreadable-row': 2, 'parse/no-mappings': 1 })
  })
})

describe('what is no rule', () => {
  it.each([
    ['a mapping file', { metadata: {}, mapping_objects: [] }], ['a layer', { name: 'x', versions: {}, techniques: [] }], ['a control', { name: 'x', techniques: [{ id: 'T1001' }] }],
    ['a bundle', { type: 'bundle', objects: [] }], ['a list of words', ['a']], ['a list of rows', [{ id: 'AC-2', technique: 'T1078' }]],
  ])('%s', async (_what, value) => {
    const { document } = await decodeTree('document.json', JSON.stringify(value))
    expect(document && detectionRules.sniff(document).confidence).toBe(0)
  })
})
