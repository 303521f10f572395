import { parse as parseYaml, parseAllDocuments } from 'yaml'
import { itemsAt, itemsOf, membersOf, type RowCounter, sumOf, techniqueIds } from './count-rows.js'
import type { ParserSample } from './parser-samples.js'

const sigmaRules = `title: Office starts a shell
id: 0b2f6c1e-1111-4111-8111-111111111111
logsource: {product: windows}
detection: {condition: selection}
tags: [attack.execution, attack.t1059.001, attack.t1566.001, attack.g0016, cve.2021-1234]
---
title: Heartbeat
logsource: {product: linux}
detection: {condition: selection}
---
title: A slip
logsource: {product: linux}
detection: {condition: selection}
tags: [attack.t105]
`

const elasticRule = {
  rule_id: '0b2f6c1e-2222-4111-8111-111111111111',
  name: 'Log cleared',
  risk_score: 21,
  threat: [{
    framework: 'MITRE ATT&CK',
    tactic: { id: 'TA0005', name: 'Defense Evasion' },
    technique: [{ id: 'T1070', name: 'Indicator Removal', subtechnique: [{ id: 'T1070.001', name: 'Clear Windows Event Logs' }] }],
  }],
}

const atomicTests = {
  attack_technique: 'T1003.001',
  display_name: 'OS Credential Dumping: LSASS Memory',
  atomic_tests: [
    { name: 'Dump with a tool', auto_generated_guid: '0b2f6c1e-3333-4111-8111-111111111111', description: 'Dumps.' },
    { name: 'Dump by hand' },
  ],
}

const dettectTechniques = {
  version: 1.2,
  file_type: 'technique-administration',
  name: 'ours',
  domain: 'enterprise-attack',
  platform: ['Windows'],
  techniques: [
    {
      technique_id: 'T1003',
      technique_name: 'OS Credential Dumping',
      detection: [{ applicable_to: ['all'], location: ['EDR', 'SIEM'], comment: 'reads memory', score_logbook: [{ date: '2024-05-01', score: 3, comment: '' }] }],
      visibility: [{ applicable_to: ['all'], comment: '', score_logbook: [{ date: '2024-05-01', score: 2, comment: '' }] }],
    },
    { technique_id: 'T1078', detection: [{ applicable_to: ['all'], location: [''], comment: '', score_logbook: [{ date: null, score: -1, comment: '' }] }] },
  ],
}

const dettectGroups = {
  version: 1,
  file_type: 'group-administration',
  domain: 'enterprise-attack',
  groups: [
    { group_name: 'Red team', campaign: 'Exercise', technique_id: ['T1086', 'T1003.001'], software_id: ['S0002'], enabled: true },
    { group_name: 'Report', technique_id: { T1059: 5998 }, enabled: true },
    { group_name: 'Old', technique_id: ['T1078'], enabled: false },
  ],
}

/** The rows of a technique administration: each location of a detection, and each visibility; at least one for a technique. */
const dettectRows: RowCounter = (content) => sumOf(itemsOf(membersOf(parseYaml(content))['techniques']).map((technique) => {
  const { detection, visibility } = membersOf(technique)
  const locations = itemsOf(detection).map((entry) => itemsOf(membersOf(entry)['location']).filter((location) => typeof location === 'string' && location !== ''))
  return Math.max(1, sumOf(locations.map(({ length }) => Math.max(1, length))) + itemsOf(visibility).length)
}))

/** The rows of a Sigma file: each tag of a technique, at least one for a rule, and one more for a tag that looks like one. */
const sigmaRows: RowCounter = (content) => parseAllDocuments(content).map((document) => membersOf(document.toJS())).reduce((total, rule) => {
  const tags = itemsOf(rule['tags']).filter((tag) => typeof tag === 'string' && /t\d{3,}/.test(tag)).map(String)
  return total + Math.max(1, tags.filter((tag) => /t\d{4}/.test(tag)).length) + tags.filter((tag) => !/t\d{4}/.test(tag)).length
}, 0)

/** The rows of an Elastic rule: each technique and sub-technique, at least one. */
const elasticRows: RowCounter = (content) => {
  const rule = membersOf(parseYaml(content))
  const techniques = itemsOf(rule['threat']).flatMap((threat) => itemsOf(membersOf(threat)['technique']))
  return Math.max(1, sumOf(techniques.map((technique) => 1 + itemsOf(membersOf(technique)['subtechnique']).length)))
}

const ownGalaxy = {
  authors: ['Example'], category: 'course-of-action', description: 'Ours and Enterprise ATT&CK 16.1.\n3 mappings of 1 capability to 2 techniques.', name: 'Ours', source: 'x.csv',
  type: 'crosswalk-ours', uuid: '0b2f6c1e-4444-4111-8111-111111111111', version: 1,
  values: [{
    value: 'C-1 Second factor', uuid: '0b2f6c1e-5555-4111-8111-111111111111', description: 'Second factor\n\nC-1 of Ours',
    meta: {
      'external_id': 'C-1', 'framework': 'Ours', 'attack': ['Enterprise ATT&CK 16.1'], 'mapping-types': ['mitigates'], 'scores': ['protect partial'],
      'mappings': ['T1078 Valid Accounts: mitigates, protect partial', 'T1110 Brute Force: mitigates', 'no technique'],
    },
  }],
}

const foreignGalaxy = {
  authors: ['Example'], category: 'tool', description: 'x', name: 'Tools', source: 'x', type: 'tools', uuid: '0b2f6c1e-6666-4111-8111-111111111111', version: 1,
  values: [{ value: 'A tool', related: [{ 'dest-uuid': 'a93494bb-4b80-4ea1-8695-3236a49916fd', 'type': 'uses' }] }],
}

/** The rows of a galaxy: the mappings that a cluster lists, or else its relations. */
const galaxyRows: RowCounter = (content) => sumOf(itemsOf(membersOf(parseYaml(content))['values']).map((cluster) => {
  const { meta, related } = membersOf(cluster)
  return itemsOf(membersOf(meta)['mappings']).length || itemsOf(related).length
}))

/** Samples of detection rules, DeTT&CT and MISP galaxies, by their parser. */
export const ruleSamples: Readonly<Record<'dettect' | 'detection-rules' | 'misp-galaxy', readonly ParserSample[]>> = {
  'misp-galaxy': [
    { name: 'own.json', content: JSON.stringify(ownGalaxy, null, 2), rows: 3, countRows: galaxyRows },
    // Its relation can be resolved with ATT&CK's ids only, which this reading does not have.
    { name: 'tools.json', content: JSON.stringify(foreignGalaxy, null, 2), rows: 1, leftOut: 1, countRows: galaxyRows },
  ],
  dettect: [
    { name: 'techniques.yaml', content: JSON.stringify(dettectTechniques, null, 2), rows: 4, leftOut: 1, countRows: dettectRows },
    { name: 'groups.yaml', content: JSON.stringify(dettectGroups, null, 2), rows: 4, leftOut: 1, countRows: itemsAt('groups/*/technique_id/*') },
  ],
  'detection-rules': [
    // The rows are T1059.001 and T1566.001, the second rule, the third rule and its tag, which is left out.
    { name: 'rules.yml', content: sigmaRules, rows: 5, leftOut: 1, countRows: sigmaRows },
    { name: 'elastic.json', content: JSON.stringify(elasticRule, null, 2), rows: 2, countRows: elasticRows },
    {
      name: 'elastic.toml', rows: 2, countRows: techniqueIds,
      content: '[rule]\nrule_id = "r-1"\nname = "Log cleared"\nrisk_score = 21\n[[rule.threat]]\nframework = "MITRE ATT&CK"\n[[rule.threat.technique]]\n'
        + 'id = "T1070"\nname = "Indicator Removal"\n[[rule.threat.technique.subtechnique]]\nid = "T1070.001"\n',
    },
    {
      name: 'splunk.yaml', rows: 2, countRows: itemsAt('tags/mitre_attack_id/*'),
      content: 'name: Log cleared\nid: r-2\nsearch: x\nhow_to_implement: y\ntags:\n  analytic_story: [Logs]\n  mitre_attack_id: [T1070, T1070.001]\n',
    },
    {
      name: 'sentinel.yaml', rows: 2, countRows: itemsAt('relevantTechniques/*'),
      content: 'id: r-3\nname: Log cleared\nquery: x\ntactics: [DefenseEvasion]\nrelevantTechniques: [T1070, T1070.001]\n',
    },
    { name: 'atomic.yaml', content: JSON.stringify(atomicTests, null, 2), rows: 2, countRows: itemsAt('atomic_tests/*') },
  ],
}
