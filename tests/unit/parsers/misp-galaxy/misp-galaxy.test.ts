import { describe, expect, it } from 'vitest'
import { loadAttackIndex } from '../../../../src/attack/load-attack.js'
import { createMappingSet, type ResolvedSet } from '../../../../src/model/mapping-set.js'
import { mispGalaxy } from '../../../../src/parsers/misp-galaxy/misp-galaxy.js'
import { readRowLine } from '../../../../src/parsers/misp-galaxy/row-lines.js'
import { buildTestGalaxy } from '../../../support/build-test-galaxy.js'
import { readDocument } from '../../../support/read-document.js'
import { sampleSet } from '../../../support/sample-sets.js'

const attack = await loadAttackIndex()
const known = { relations: new Set(['mitigates', 'Win 11, BitLocker', 'a: b', 'non_mappable', 'complete']), scores: ['protect partial', 'protect', '3'] }

describe('a line of mappings', () => {
  it.each([
    ['T1078', { technique: { id: 'T1078' }, facts: {} }],
    ['T1059.001 Command and Scripting Interpreter: PowerShell', { technique: { id: 'T1059.001', name: 'Command and Scripting Interpreter: PowerShell' }, facts: {} }],
    ['T1059.001 Interpreter: PowerShell: mitigates', { technique: { id: 'T1059.001', name: 'Interpreter: PowerShell' }, facts: { relation: 'mitigates' } }],
    ['T1078 Valid Accounts: Win 11, BitLocker, protect partial, related score T1078, in progress', {
      technique: { id: 'T1078', name: 'Valid Accounts' },
      facts: { relation: 'Win 11, BitLocker', score: { category: 'protect', value: 'partial', related: 'T1078' }, status: 'in_progress' },
    }],
    ['T1078: a: b', { technique: { id: 'T1078' }, facts: { relation: 'a: b' } }],
    ['T1078: 3', { technique: { id: 'T1078' }, facts: { score: { value: '3' } } }],
    ['T1078: complete', { technique: { id: 'T1078' }, facts: { relation: 'complete' } }],
    ['T1078: mitigates, protect', { technique: { id: 'T1078' }, facts: { relation: 'mitigates', score: { category: 'protect' } } }],
    ['no technique: non_mappable', { facts: { relation: 'non_mappable', status: 'non_mappable' } }],
    ['no technique: non mappable', { facts: { status: 'non_mappable' } }],
    ['no technique', { facts: {} }],
    [': x', undefined],
  ])('%s', (line, row) => {
    expect(readRowLine(line, known)).toEqual(row)
  })

  it('is read in linear time', () => {
    const start = performance.now()
    for (const piece of [': ', ', ', 'T1078: ', 'related score ', ': mitigates, ']) readRowLine(piece.repeat(50_000), known)
    expect(performance.now() - start).toBeLessThan(1500)
  })
})

function summarise({ mappings }: Pick<ResolvedSet, 'mappings'>): readonly string[] {
  return [...new Set(mappings.flatMap((row) => (row.kind === 'unmapped-technique' ? [] : [JSON.stringify([
    row.capability.id, row.kind === 'mapped' ? row.technique.id : null, row.relation, row.score?.category, row.score?.value, row.score?.related,
  ])])))].toSorted()
}

describe('a galaxy of ours', () => {
  it('is read back: every pair with its mapping type, score, comment and references', async () => {
    const set = sampleSet()
    const { clusters } = await buildTestGalaxy(set, { attack, baseName: 'sample' })
    const { sets: [read, ...others], codes } = await readDocument(mispGalaxy, clusters, { attack })
    expect(others).toEqual([])
    expect([read?.framework, read?.attack]).toEqual([set.framework, set.attack])
    expect(read && summarise({ mappings: read.mappings })).toEqual(summarise(set))
    expect(Object.keys(codes).filter((code) => !['parse/not-attributed', 'parse/summary-only'].includes(code))).toEqual([])
    expect([...(read?.capabilities.values() ?? [])].map(({ id, name }) => [id, name])).toEqual([...set.capabilities.values()].map(({ id, name }) => [id, name]))
  })

  it('gives a comment to its row where it is certain, and references to an only row', async () => {
    const row = { kind: 'mapped', origins: [], capability: { id: 'C-1' }, technique: { id: 'T1078' }, relation: 'mitigates' } as const
    const set: ResolvedSet = {
      ...createMappingSet({
        framework: { id: 'ours', name: 'Ours' }, sources: [], about: { name: 'A. Nyone', organization: 'Example', modified: '2024-05-01' },
        capabilities: [{ id: 'C-2', name: 'Second factor', description: 'Ask for it.\n\nTwice.' }],
        mappings: [
          { ...row, comments: 'a: b' }, { ...row, comments: 'c' },
          { ...row, technique: { id: 'T1110' }, comments: 'd' }, { ...row, technique: { id: 'T1110' }, relation: 'detects' },
          { ...row, capability: { id: 'C-2', description: 'Second factor' }, technique: { id: 'T9999' }, references: ['https://example.org', 'A book'], comments: 'e' },
        ],
      }),
      attack: { domain: 'enterprise', version: '16.1' },
    }
    const { clusters } = await buildTestGalaxy(set, { attack, baseName: 'ours' })
    const { sets: [read], codes } = await readDocument(mispGalaxy, clusters, { attack })
    expect(read?.about).toEqual(set.about)
    expect(read?.mappings.map(({ comments, references }) => [comments, references])).toEqual([
      ['e', ['https://example.org', 'A book']], ['a: b', undefined], ['c', undefined], [undefined, undefined], [undefined, undefined],
    ])
    expect(read?.capabilities.get('C-2')).toMatchObject({ name: 'Second factor', description: 'Ask for it.\n\nTwice.' })
    expect(codes).toEqual({ 'parse/not-attributed': 1 })
  })

  it('says how many rows could not be read back', async () => {
    const set = sampleSet()
    const twice: ResolvedSet = { ...set, mappings: [...set.mappings, ...set.mappings] }
    const { clusters } = await buildTestGalaxy(twice, { attack })
    const { sets: [read], codes } = await readDocument(mispGalaxy, clusters, { attack })
    expect((read?.mappings.length ?? 0) + (codes['parse/summary-only'] ?? 0)).toBe(twice.mappings.length)
  })

  it('of several sets is read as several', async () => {
    const other: ResolvedSet = { ...sampleSet(), framework: { id: 'kev', name: 'Known Exploited Vulnerabilities' } }
    const { clusters } = await buildTestGalaxy([sampleSet(), other], { attack, baseName: 'all' })
    const { sets } = await readDocument(mispGalaxy, clusters, { attack })
    expect(sets.map(({ framework }) => framework.id)).toEqual(['aws', 'kev'])
  })
})

const uuidOf = (id: string): string => attack.release('enterprise').technique(id)?.stixId.slice('attack-pattern--'.length) ?? ''

function galaxy(values: readonly unknown[], more: object = {}) {
  return {
    authors: ['Example'], category: 'course-of-action', name: 'Our controls', type: 'our-controls', uuid: '5a1d2f10-1111-4111-8111-111111111111',
    version: 1, description: 'Our controls', source: 'example', values, ...more,
  }
}

describe('a galaxy of others', () => {
  const cluster = {
    value: 'Multi-factor authentication', uuid: '5a1d2f10-2222-4111-8111-111111111111', description: 'Ask for it.', meta: { external_id: 'C-7' },
    related: [{ 'dest-uuid': uuidOf('T1110'), 'type': 'mitigates' }, { 'dest-uuid': uuidOf('T1078').toUpperCase(), 'type': 'similar' }],
  }

  it('maps each cluster to the techniques that it is related to', async () => {
    const { sets: [set], codes } = await readDocument(mispGalaxy, galaxy([cluster]), { attack })
    expect(set?.framework).toEqual({ id: 'our_controls', name: 'Our controls' })
    expect(set?.capabilities.get('C-7')).toEqual({ id: 'C-7', name: 'Multi-factor authentication', description: 'Ask for it.', groups: [] })
    expect(set?.mappings.map((row) => row.kind === 'mapped' && [row.capability.id, row.relation, row.technique.id])).toEqual([
      ['C-7', 'mitigates', 'T1110'], ['C-7', 'similar', 'T1078'],
    ])
    expect(codes).toEqual({})
  })

  it('counts relations to what is no technique, and lists clusters without relations', async () => {
    const elsewhere = { 'dest-uuid': '5a1d2f10-9999-4111-8111-111111111111', 'type': 'used-by' }
    const { sets: [set], codes } = await readDocument(mispGalaxy, galaxy([
      { ...cluster, meta: {}, related: [...cluster.related, elsewhere, elsewhere, 'x'] }, { value: 'Alone' }, {}, 7,
    ]), { attack })
    expect([...(set?.capabilities.keys() ?? [])]).toEqual(['Multi-factor authentication', 'Alone'])
    expect(set?.mappings).toHaveLength(2)
    expect(codes).toEqual({ 'parse/unresolved-relationship': 2, 'parse/unreadable-row': 3 })
  })

  it('of techniques maps nothing', async () => {
    const technique = { value: 'Brute Force - T1110', uuid: uuidOf('T1110'), related: [{ 'dest-uuid': uuidOf('T1078'), 'type': 'similar' }] }
    const { sets, codes } = await readDocument(mispGalaxy, galaxy([technique], { type: 'mitre-attack-pattern' }), { attack })
    expect([sets, codes]).toEqual([[], { 'parse/not-a-mapping': 1, 'parse/no-mappings': 1 }])
  })

  it('leaves the framework to the user who names it', async () => {
    expect((await readDocument(mispGalaxy, galaxy([cluster]), { attack, statements: { framework: 'Ours' } })).sets[0]?.framework.id).toBe('unknown')
  })

  it('has a head that is named', async () => {
    const head = { name: 'x', type: 'x', uuid: 'x', version: 1, icon: 'map', namespace: 'misp', description: 'x' }
    expect((await readDocument(mispGalaxy, head, { attack })).codes).toEqual({ 'parse/no-mappings': 1 })
    expect((await readDocument(mispGalaxy, { ...head, values: 7 }, { attack })).codes).toEqual({ 'parse/invalid-document': 1 })
  })
})
