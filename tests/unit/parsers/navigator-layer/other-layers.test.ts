import { describe, expect, it } from 'vitest'
import { navigatorLayer } from '../../../../src/parsers/navigator-layer/navigator-layer.js'
import { readDocument } from '../../../support/read-document.js'
import { decodeTree } from '../../../support/read-tree.js'

type Raw = Record<string, unknown>

function layer(techniques: readonly unknown[], more: Raw = {}): Raw {
  return {
    name: 'Red Team 2024',
    versions: { attack: '16', navigator: '5.1.0', layer: '4.5' },
    domain: 'enterprise-attack',
    techniques,
    ...more,
  }
}

async function read(value: unknown, framework?: string) {
  return readDocument(navigatorLayer, value, framework === undefined ? {} : { statements: { framework } })
}

describe('a layer that anyone made', () => {
  it('is a capability, and each annotated technique a row with score, comment, metadata and links', async () => {
    const { sets: [set], codes } = await read(layer([
      {
        techniqueID: 'T1190',
        score: 46.5,
        comment: 'Seen twice.\r\nAt night.',
        color: '#FF6666',
        metadata: [{ name: 'Ticket', value: 'X-1' }, { divider: true }, { name: 'blank', value: '' }],
        links: [{ label: 'wiki', url: 'https://example.org/wiki' }, { divider: true }],
      },
      { techniqueID: 'T1553.002', score: 0 },
    ], { description: 'What we saw.', legendItems: [{ label: 'seen', color: '#ff6666' }] }))
    expect(set).toMatchObject({ framework: { id: 'unknown' }, attack: { domain: 'enterprise', version: '16' } })
    expect(set?.capabilities.get('red_team_2024')).toEqual({ id: 'red_team_2024', name: 'Red Team 2024', description: 'What we saw.', groups: [] })
    const capability = { id: 'red_team_2024', description: 'Red Team 2024' }
    expect(set?.mappings.map(({ origins: _origins, ...row }) => row)).toEqual([
      {
        kind: 'mapped', capability, technique: { id: 'T1190' }, score: { value: '46.5' },
        comments: 'Seen twice.\nAt night.\n\nTicket: X-1\nLegend: seen', references: ['https://example.org/wiki'],
      },
      { kind: 'mapped', capability, technique: { id: 'T1553.002' }, score: { value: '0' } },
    ])
    expect(codes).toEqual({ 'parse/unknown-framework': 2 })
  })

  it('says nothing of a framework that the user names', async () => {
    expect((await read(layer([{ techniqueID: 'T1190', score: 1 }]), 'Example')).codes).toEqual({})
  })

  it('counts a technique once, though Navigator writes it for each tactic', async () => {
    const entry = { techniqueID: 'T1078', score: 1 }
    const { sets: [set] } = await read(layer([
      { ...entry, tactic: 'persistence' }, { ...entry, tactic: 'initial-access' }, { ...entry, tactic: 'defense-evasion', comment: 'only here' },
    ]))
    expect(set?.mappings.map(({ origins, comments }) => [origins.length, comments])).toEqual([[2, undefined], [1, 'only here']])
  })

  it('skips disabled and empty entries, and reports unreadable ones', async () => {
    const { sets: [set], codes } = await read(layer([
      { techniqueID: 'T1001', score: 3, enabled: false },
      { techniqueID: 'T1002', tactic: 'execution', color: '', comment: '', enabled: true, metadata: [], links: [], showSubtechniques: false },
      { techniqueID: null, score: 7 },
      { techniqueID: 'T1003', score: 'high', comment: 'x', colour: 'red' },
      'T1004',
    ]), 'Example')
    expect(set?.mappings.map((row) => row.kind === 'mapped' && row.technique.id)).toEqual(['T1003'])
    expect(codes).toEqual({ 'parse/disabled-technique': 1, 'parse/unreadable-row': 2, 'parse/unknown-value': 1, 'parse/unknown-field': 1 })
  })

  it('may be in a list with others', async () => {
    const { sets } = await read([layer([{ techniqueID: 'T1001', score: 1 }]), layer([{ techniqueID: 'T1002', score: 1 }], { name: 'Blue' })], 'Example')
    expect(sets.map(({ capabilities }) => [...capabilities.keys()])).toEqual([['red_team_2024'], ['blue']])
    expect(sets[1]?.mappings[0]?.origins[0]?.place).toMatchObject({ pointer: '/1/techniques/0' })
  })

  it('whose comments begin like those of CTID is still its author\'s', async () => {
    const { sets: [set] } = await read(layer([{ techniqueID: 'T1190', score: 5, comment: 'Related to phishing, malware' }]), 'Example')
    expect(set?.mappings[0]).toMatchObject({ capability: { id: 'red_team_2024' }, comments: 'Related to phishing, malware' })
  })
})

describe('formats', () => {
  const techniques = [{ techniqueID: 'T1190', score: 1 }]

  it.each(['4.0', '4.1', '4.2', '4.3', '4.4', '4.5'])('%s is read', async (version) => {
    const { sets, codes } = await read(layer(techniques, { versions: { layer: version, navigator: '4.0' } }), 'Example')
    expect([sets.length, sets[0]?.attack, codes]).toEqual([1, { domain: 'enterprise' }, {}])
  })

  it('3.0 is read, with its names of domains', async () => {
    const { sets: [set], codes } = await read({ name: 'Old', version: '3.0', domain: 'mitre-mobile', techniques }, 'Example')
    expect([set?.attack, codes]).toEqual([{ domain: 'mobile' }, {}])
  })

  it.each([
    [{ version: '2.2', versions: undefined }, 'parse/unsupported-version', 0],
    [{ versions: { layer: '5.0' } }, 'parse/unsupported-version', 0],
    [{ versions: { layer: '4.9' } }, 'parse/unknown-value', 1],
    [{ versions: {} }, 'parse/unknown-value', 1],
    [{ domain: 'enterprise' }, undefined, 1],
    [{ domain: 'space-attack' }, 'parse/unknown-value', 1],
  ])('%j: %s', async (more, code, count) => {
    const { sets, codes } = await read(layer(techniques, more), 'Example')
    expect([sets.length, Object.keys(codes)]).toEqual([count, code === undefined ? [] : [code]])
  })
})

describe('a layer of CTID', () => {
  it('gives a row for each block of metadata, and the rest of the comment\'s list', async () => {
    const { sets: [set], codes } = await read(layer([{
      techniqueID: 'T1114',
      score: 3,
      comment: 'Related to:\n•EOP-MFR-E3\n•ME-CAE-E3\n•DEF-SecScore-E3',
      metadata: [
        { divider: true }, { name: 'capability', value: 'EOP-MFR-E3' }, { name: 'category', value: 'protect' }, { name: 'value', value: 'partial' },
        { name: 'comment', value: 'Rules look at mail.' },
        { divider: true }, { name: 'capability', value: 'ME-CAE-E3' }, { name: 'category', value: null }, { name: 'value', value: null },
        { divider: true }, { name: 'capability', value: 'EOP-MFR-E3' }, { name: 'category', value: 'detect' }, { name: 'value', value: 'minimal' },
      ],
    }], { versions: { navigator: '4.8.0', layer: '4.4' }, description: 'Scores represent the number of associated capabilities.' }))
    expect(set?.framework).toEqual({ id: 'm365', name: 'M365' })
    expect(set?.mappings.map(({ origins: _origins, ...row }) => row)).toEqual([
      {
        kind: 'mapped', capability: { id: 'EOP-MFR-E3' }, technique: { id: 'T1114' }, score: { category: 'protect', value: 'partial' },
        comments: 'Rules look at mail.',
      },
      { kind: 'mapped', capability: { id: 'ME-CAE-E3' }, technique: { id: 'T1114' } },
      { kind: 'mapped', capability: { id: 'EOP-MFR-E3' }, technique: { id: 'T1114' }, score: { category: 'detect', value: 'minimal' } },
      { kind: 'mapped', capability: { id: 'DEF-SecScore-E3' }, technique: { id: 'T1114' } },
    ])
    expect(codes).toEqual({ 'parse/guessed-framework': 1 })
  })

  it('gives a row for each capability that its comments list, and its scores count', async () => {
    const { sets: [set], codes } = await read(layer([
      { techniqueID: 'T1556', score: 2, comment: 'Mitigated by AC-1, AC-2' },
      { techniqueID: 'T1557', score: 9, comment: 'Mitigated by AC-1, AC-2' },
    ], { name: 'nist800_53_r5 overview', description: 'where scores are the number of associated controls' }))
    expect(set?.framework).toEqual({ id: 'nist_800_53', name: 'NIST 800-53', version: 'rev5' })
    expect(set?.mappings.map((row) => [row.kind, 'capability' in row && row.capability.id, row.relation])).toEqual([
      ['mapped', 'AC-1', 'mitigates'], ['mapped', 'AC-2', 'mitigates'], ['unmapped-technique', false, undefined],
    ])
    expect(codes).toEqual({ 'parse/missing-capability': 1 })
  })

  it('made by mapex has null for what maps to nothing, and that stays no technique', async () => {
    const { sets: [set], codes } = await read(layer([
      { techniqueID: 'T1078', score: 1, comment: ' Related to: \n •aws_config', metadata: [] },
      { techniqueID: null, score: 2, comment: ' Related to: \n •aws_artifact\n•aws_audit_manager', metadata: [] },
    ], { name: 'aws overview', description: 'aws heatmap overview of aws mappings, scores are the number of associated entries' }))
    expect(set?.framework).toEqual({ id: 'aws', name: 'AWS' })
    expect(set?.mappings.map((row) => [row.kind, 'capability' in row && row.capability.id])).toEqual([
      ['mapped', 'aws_config'], ['unmapped-capability', 'aws_artifact'], ['unmapped-capability', 'aws_audit_manager'],
    ])
    expect(codes).toEqual({ 'parse/missing-technique': 2, 'normalise/whitespace': 2 })
  })
})

describe('what is no layer', () => {
  it.each([
    ['a mapping file', { metadata: {}, mapping_objects: [] }, 0],
    ['a control of the Security Stack', { name: 'x', version: 1, techniques: [{ id: 'T1001' }] }, 0],
    ['a bundle', { type: 'bundle', objects: [] }, 0],
    ['techniques with a techniqueID', { techniques: [{ techniqueID: 'T1001' }] }, 0.9],
    ['a list of layers', [layer([])], 0.98],
  ])('%s', async (_what, value, confidence) => {
    const { document } = await decodeTree('document.json', JSON.stringify(value))
    expect(document && navigatorLayer.sniff(document).confidence).toBe(confidence)
  })

  it('is reported', async () => {
    expect((await read([])).codes).toEqual({ 'parse/no-mappings': 1 })
    expect((await read([layer([]), 'x', { techniques: 1 }])).codes).toEqual({ 'parse/no-mappings': 1, 'parse/invalid-document': 2 })
  })
})
