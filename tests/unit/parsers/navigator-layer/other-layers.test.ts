import { describe, expect, it } from 'vitest'
import { navigatorLayer } from '../../../../src/parsers/navigator-layer/navigator-layer.js'
import { layer, read } from '../../../support/read-layer.js'
import { decodeTree } from '../../../support/read-tree.js'

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
    expect(set?.mappings[0]).toMatchObject({ score: { value: 'high' } })
    expect(codes).toEqual({ 'parse/disabled-technique': 1, 'parse/blank-technique': 1, 'parse/unreadable-row': 2, 'parse/unknown-field': 1 })
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

  it.each(['1.0', '1.1', '1.3', '2.0', '2.1', '2.2'])('%s is read, with its own properties', async (version) => {
    const { sets: [set], codes } = await read({
      name: 'Old', version, domain: 'mitre-enterprise', filters: { stages: ['act'] }, viewFullTable: true,
      techniques: [{ techniqueID: 'T1086', tactic: 'execution', score: 3 }, { techniqueID: 'T1193', color: '#ffffff' }],
    }, 'Example')
    expect([set?.attack, set?.mappings.length, codes]).toEqual([{ domain: 'enterprise' }, 2, {}])
  })

  it('3.0 is read, with its names of domains', async () => {
    const { sets: [set], codes } = await read({ name: 'Old', version: '3.0', domain: 'mitre-mobile', techniques }, 'Example')
    expect([set?.attack, codes]).toEqual([{ domain: 'mobile' }, {}])
  })

  it.each([
    [{ version: '2.2', versions: undefined }, undefined, 1],
    [{ version: 2.1, versions: undefined }, undefined, 1],
    [{ version: '4.2', versions: { attack: '9' } }, undefined, 1],
    [{ versions: { layer: 'v4.4.0' } }, undefined, 1],
    [{ versions: { layer: 'newest' } }, 'parse/unknown-value', 1],
    [{ versions: { layer: '5.0' } }, 'parse/unsupported-version', 0],
    [{ versions: { layer: '4.9' } }, 'parse/unknown-value', 1],
    [{ versions: {} }, 'parse/unknown-value', 1],
    [{ domain: 'enterprise' }, undefined, 1],
    [{ domain: 'space-attack' }, 'parse/other-matrix', 0],
  ])('%j: %s', async (more, code, count) => {
    const { sets, codes } = await read(layer(techniques, more), 'Example')
    expect([sets.length, Object.keys(codes)]).toEqual([count, code === undefined ? [] : [code]])
  })
})

async function readScores(values: readonly unknown[]) {
  return read(layer(values.map((score, index) => ({ techniqueID: `T${1000 + index}`, score }))), 'Example')
}

describe('scores', () => {
  it('are numbers, also in quotes, or the words that are in their place', async () => {
    const { sets: [set], codes } = await readScores([75, '75', ' 75.50 ', '-1', 'high', 'Significant', '75 %', '3 of 5', '0x10', 0])
    expect(set?.mappings.map(({ score }) => score?.value)).toEqual(['75', '75', '75.5', '-1', 'high', 'Significant', '75 %', '3 of 5', '0x10', '0'])
    expect(codes).toEqual({})
  })

  it('that cannot be read are reported, and their rows stay', async () => {
    const { sets: [set], codes } = await readScores([true, [3], { value: 3 }, '', null])
    expect(set?.mappings.map((row) => [row.kind === 'mapped' && row.technique.id, row.score])).toEqual([
      ['T1000', undefined], ['T1001', undefined], ['T1002', undefined],
    ])
    expect(codes).toEqual({ 'parse/unknown-value': 3, 'parse/blank-technique': 2 })
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
