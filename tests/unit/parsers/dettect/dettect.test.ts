import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { dettect } from '../../../../src/parsers/dettect/dettect.js'
import { readDocument } from '../../../support/read-document.js'
import { decodeTree } from '../../../support/read-tree.js'
import { shared, sharedFolder } from '../../../support/shared.js'

async function read(content: string, framework?: string) {
  return readDocument(dettect, content, { name: 'file.yaml', ...(framework !== undefined && { statements: { framework } }) })
}

const techniqueFile = (techniques: string) => `version: 1.2
file_type: technique-administration
name: example
domain: enterprise-attack
platform: [Windows]
techniques:
${techniques}`

describe('a technique administration', () => {
  it('says who detects a technique, by the newest score of the logbook', async () => {
    const { sets: [detections, visibility, ...others], codes } = await read(techniqueFile(`
  - technique_id: T1003
    technique_name: OS Credential Dumping
    detection:
      - applicable_to: [all]
        location: [EDR]
        comment: reads lsass
        score_logbook:
          - {date: 2024-01-01, score: 1, comment: old}
          - {date: 2024-05-01T10:00:00.000Z, score: 3, comment: ""}
          - {date: null, score: -1, comment: ""}
      - applicable_to: [Servers, Clients]
        location: [SIEM, SIEM, "", Rule 7]
        comment: ""
        score_logbook: [{date: 2024-05-01, score: 0, comment: for forensics}]
    visibility:
      - applicable_to: [all]
        comment: ""
        score_logbook: [{date: 2024-01-01, score: 2, comment: "", auto_generated: true}]
  - technique_id: T1078
    technique_name: Valid Accounts
    detection:
      - {applicable_to: [all], location: [""], comment: "", score_logbook: [{date: null, score: -1, comment: ""}]}
    visibility: []
  - technique_id: T1110
    detection: {applicable_to: [all], location: [], comment: "", score_logbook: [{date: 2024-05-01, score: 5, comment: ""}]}
    visibility: {applicable_to: [all], comment: "", score_logbook: [{date: 2024-05-01, score: 0, comment: ""}]}
`))
    expect(others).toEqual([])
    const technique = { id: 'T1003', name: 'OS Credential Dumping' }
    const common = { kind: 'mapped', relation: 'detects' }
    expect(detections?.framework).toEqual({ id: 'dettect', name: 'DeTT&CT' })
    expect(detections?.attack).toEqual({ domain: 'enterprise' })
    expect(detections?.mappings.map(({ origins: _origins, ...row }) => row)).toEqual([
      { ...common, capability: { id: 'EDR' }, technique, score: { category: 'detect', value: '3' }, comments: 'reads lsass' },
      ...['SIEM', 'Rule 7'].map((id) => ({
        ...common, capability: { id }, technique, score: { category: 'detect', value: '0' }, comments: 'for forensics\nApplicable to: Servers, Clients',
      })),
      { ...common, capability: { id: 'Detection (example)' }, technique: { id: 'T1110' }, score: { category: 'detect', value: '5' } },
    ])
    expect(visibility?.framework).toEqual({ id: 'dettect_visibility', name: 'DeTT&CT visibility' })
    expect(visibility?.mappings.map(({ origins: _origins, ...row }) => row)).toEqual([
      { kind: 'mapped', relation: 'sees', capability: { id: 'visibility', description: 'Visibility (example)' }, technique, score: { value: '2' } },
    ])
    expect(codes).toEqual({ 'parse/superseded-object': 1, 'parse/no-coverage': 2 })
  })

  it('of version 1.0 has a score for each entry', async () => {
    const { sets: [set], codes } = await read(techniqueFile('  - {technique_id: T1003, detection: {location: [EDR], score: 4, comment: a}}').replace('1.2', '1.0'))
    expect(set?.mappings).toMatchObject([{ capability: { id: 'EDR' }, score: { value: '4' }, comments: 'a' }])
    expect(codes).toEqual({})
  })

  it('is reported where it cannot be read, and keeps what can', async () => {
    const { sets: [set], codes } = await read(techniqueFile(`
  - T1003
  - {technique_name: Nameless, detection: [{location: [EDR], score: 1}, {location: [EDR], score: 1}]}
  - {technique_id: T1078}
  - {technique_id: T1110, colour: red, detection: [{location: [EDR], score_logbook: [{date: soon, score: high}]}, 7]}
`))
    expect(set?.mappings).toMatchObject([{ technique: { id: 'T1110' }, score: { value: 'high' } }])
    expect(codes).toEqual({
      'parse/unreadable-row': 4, 'parse/no-coverage': 1, 'parse/unknown-field': 1, 'normalise/unreadable-date': 1,
    })
  })

  it('leaves the framework of detections to the user who names it', async () => {
    const { sets } = await read(techniqueFile('  - {technique_id: T1003, detection: {location: [EDR], score: 4}, visibility: {score: 1}}'), 'SOC')
    expect(sets.map(({ framework }) => framework.id)).toEqual(['unknown', 'dettect_visibility'])
  })
})

describe('a group administration', () => {
  it('says which group uses which technique, and how often', async () => {
    const { sets: [set], codes } = await read(`version: 1.0
file_type: group-administration
domain: enterprise-attack
groups:
  - {group_name: Red team, campaign: Exercise, technique_id: [T1086, T1053.005], software_id: [S0002, S0005], enabled: true}
  - {group_name: Report, campaign: , technique_id: {T1059: 5998, T1003: }, software_id: [], enabled: true}
  - {group_name: Old, technique_id: [T1078, T1110], enabled: false}
  - {group_name: New, technique_id: [], enabled: true}
`)
    expect(set?.framework).toEqual({ id: 'dettect_groups', name: 'DeTT&CT groups' })
    expect(set?.mappings.map(({ origins: _origins, ...row }) => row)).toEqual([
      ...['T1086', 'T1053.005'].map((id) => ({ kind: 'mapped', capability: { id: 'Red team' }, group: 'Exercise', technique: { id }, relation: 'uses' })),
      { kind: 'mapped', capability: { id: 'Report' }, technique: { id: 'T1059' }, relation: 'uses', score: { value: '5998' } },
      { kind: 'mapped', capability: { id: 'Report' }, technique: { id: 'T1003' }, relation: 'uses' },
      { kind: 'unmapped-capability', capability: { id: 'New' } },
    ])
    expect(codes).toEqual({ 'parse/disabled-technique': 2, 'parse/other-attack-id': 2, 'parse/missing-technique': 1 })
  })
})

describe('other files', () => {
  it.each([
    ['version: 1.1\nfile_type: data-source-administration\ndata_sources: []\n', { 'parse/no-mappings': 1 }],
    ['version: 2\nfile_type: plan-administration\n', { 'parse/unknown-value': 1, 'parse/unsupported-version': 1 }],
    ['file_type: group-administration\ngroups: 7\n', { 'parse/invalid-document': 1, 'parse/no-mappings': 1 }],
  ])('%j are named', async (content, codes) => {
    const reading = await read(content)
    expect([reading.sets, reading.codes]).toEqual([[], codes])
  })

  it('are recognised by what they state', async () => {
    const { document } = await decodeTree('a.yaml', 'file_type: group-administration\n')
    expect(document && dettect.sniff(document).confidence).toBe(0.99)
    const { document: other } = await decodeTree('a.yaml', 'file_type: image\ntechniques: []\n')
    expect(other && dettect.sniff(other).confidence).toBe(0)
  })
})

describe.skipIf(sharedFolder === undefined)('DeTT&CT\'s own samples', () => {
  const files = sharedFolder === undefined ? [] : readdirSync(shared('formats/dettect'))

  it.each(files)('%s is read whole', async (name) => {
    const text = readFileSync(shared(`formats/dettect/${name}`), 'utf8')
    const { sets, codes } = await readDocument(dettect, text, { name })
    const rows = sets.reduce((sum, { mappings }) => sum + mappings.length, 0)
    const known = new Set([
      'parse/no-coverage', 'parse/superseded-object', 'parse/other-attack-id', 'parse/disabled-technique', 'parse/no-mappings', 'parse/unknown-field',
    ])
    // The sample of endpoints is cut off within an entry.
    expect(Object.keys(codes).filter((code) => !known.has(code))).toEqual(name.includes('head400') ? ['parse/unknown-value'] : [])
    expect(rows + (codes['parse/no-coverage'] ?? 0) + (codes['parse/no-mappings'] ?? 0)).toBeGreaterThan(0)
  })
})
