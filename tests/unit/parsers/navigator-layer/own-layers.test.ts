import { describe, expect, it } from 'vitest'
import { navigator, type NavigatorOptions } from '../../../../src/emitters/navigator/navigator.js'
import { createMappingSet, type ResolvedSet } from '../../../../src/model/mapping-set.js'
import type { MappedRow } from '../../../../src/model/mapping.js'
import { navigatorLayer } from '../../../../src/parsers/navigator-layer/navigator-layer.js'
import { emitContext } from '../../../support/emit-context.js'
import { fakeAttackIndex } from '../../../support/fake-attack-index.js'
import { readDocument } from '../../../support/read-document.js'
import { originAt, sampleSet } from '../../../support/sample-sets.js'
import { summariseRead, summariseRows } from '../../../support/summarise-rows.js'

const attack = fakeAttackIndex()

async function roundTrip(set: ResolvedSet, options: Partial<NavigatorOptions> = {}) {
  const all: NavigatorOptions = { 'layer-by': 'framework', 'layer-files': 'list', 'layer-score': 'count', 'layer-metadata-limit': 10, 'palette': 'blue', ...options }
  const [artifact] = await navigator.emit([set], emitContext(attack), all)
  return readDocument(navigatorLayer, artifact?.value, { attack, name: 'x.layer.json' })
}

function setOf(rows: readonly Partial<MappedRow>[], more: Partial<ResolvedSet> = {}): ResolvedSet {
  const mappings = rows.map((row, index): MappedRow => ({
    kind: 'mapped', origins: [originAt(index + 1)], capability: { id: 'AC-2', description: 'Accounts' }, technique: { id: 'T1190' }, ...row,
  }))
  const set = createMappingSet({ framework: { id: 'nist_800_53', name: 'NIST 800-53' }, mappings, sources: [] })
  return { ...set, ...more, attack: { domain: 'enterprise', version: '16.1' } }
}

describe('a layer of ours', () => {
  it('gives back the set\'s facts and the summary of its rows', async () => {
    const { sets: [set], codes, diagnostics } = await roundTrip(sampleSet())
    const { framework, attack: release, about } = sampleSet()
    expect(set).toMatchObject({ framework, attack: release, about })
    expect(set && summariseRead(set)).toEqual(summariseRows(sampleSet(), attack))
    expect(set?.sources).toEqual([{ name: 'x.layer.json', sha256: expect.any(String), parser: 'navigator-layer', rows: 3 }])
    expect(codes).toEqual({ 'parse/summary-only': 2, 'parse/not-attributed': 2 })
    expect(diagnostics.map(({ message }) => message)).toContain('The layer summarises 3 of 5 rows; 3 could be read back')
  })

  it('gives comment and references back to a row that has its technique alone, and to no other', async () => {
    const { sets: [set] } = await roundTrip(sampleSet())
    expect(set?.mappings.map((row) => row.kind === 'mapped' && [row.technique.id, row.comments, row.references])).toEqual([
      ['T1190', '=HYPERLINK("https://example.org") is text, "quoted", with <tags> & commas', undefined],
      ['T1553.002', undefined, undefined],
      ['T1553.002', undefined, undefined],
    ])
    const references = ['https://example.org/a', 'A book']
    const { sets: [alone], codes } = await roundTrip(setOf([{ comments: 'One.\n\nTwo: three.', references }]))
    expect(alone?.mappings[0]).toMatchObject({ comments: 'One.\n\nTwo: three.', references })
    expect(codes).toEqual({ 'parse/summary-only': 1 })
  })

  it.each(['group', 'capability', 'score-category', 'relation'] as const)('one of several, by %s, gives back its part', async (by) => {
    const { sets } = await roundTrip(sampleSet(), { 'layer-by': by })
    expect(sets.flatMap((set) => summariseRead(set)).toSorted()).toEqual(summariseRows(sampleSet(), attack))
    for (const { framework } of sets) expect(framework).toEqual(sampleSet().framework)
  })

  it('distinguishes ids with parentheses, long names, mapping types with commas and unknown scores', async () => {
    const set = setOf([
      { capability: { id: 'AC-2 (1)', description: 'Automatic (mostly) accounts' }, relation: 'Win 11, PDE', score: { category: 'protect', value: 'partial' } },
      { capability: { id: 'hsm_(x)', description: 'Very '.repeat(30) }, relation: 'Win 11, BitLocker with a very long name' },
      { capability: { id: 'plain' }, relation: 'Win 11, PDE', score: { category: 'detect', value: 'now and then' } },
      { capability: { id: 'other' } },
    ])
    const { sets: [read] } = await roundTrip(set)
    expect(read && summariseRead(read)).toEqual(summariseRows(set, attack))
  })

  it('says how many rows a limit has cut', async () => {
    const set = setOf(Array.from({ length: 30 }, (_, index) => ({ capability: { id: `AC-${index + 1}` } })))
    const { sets: [read], diagnostics } = await roundTrip(set)
    expect(read?.mappings).toHaveLength(9)
    expect(diagnostics.map(({ code, count, message }) => [code, count, message])).toEqual([
      ['parse/summary-only', 21, 'The layer summarises 30 of 30 rows; 9 could be read back'],
    ])
    const { sets, codes } = await roundTrip(set, { 'layer-metadata-limit': 0 })
    expect([sets, codes]).toEqual([[], { 'parse/summary-only': 30, 'parse/no-mappings': 1 }])
  })

  it('states the version of ATT&CK that the documents stated', async () => {
    const { sets: [old] } = await roundTrip({ ...sampleSet(), attack: { domain: 'enterprise', version: '16' } })
    expect(old?.attack).toEqual({ domain: 'enterprise', version: '16' })
    const { sets: [none] } = await roundTrip({ ...sampleSet(), attack: { domain: 'enterprise' } })
    expect(none?.attack).toEqual({ domain: 'enterprise' })
  })
})
