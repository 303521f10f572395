import { describe, expect, it } from 'vitest'
import { extensionKey as written } from '../../../../src/emitters/stix/preamble-objects.js'
import type { Bundle } from '../../../../src/emitters/stix/stix-object.js'
import { extensionKey } from '../../../../src/parsers/stix-bundle/read-own-row.js'
import { stixBundle } from '../../../../src/parsers/stix-bundle/stix-bundle.js'
import { buildTestBundle } from '../../../support/build-test-bundle.js'
import { fakeAttackIndex } from '../../../support/fake-attack-index.js'
import { readDocument, withoutDocument } from '../../../support/read-document.js'
import { sampleSet } from '../../../support/sample-sets.js'
import { createSet, mapped } from '../../../support/small-set.js'

const attack = fakeAttackIndex()

async function read(content: unknown) {
  return readDocument(stixBundle, content, { attack, name: 'own.stix.json' })
}

describe('a bundle of ours', () => {
  it('is known by the key that the emitter writes', () => {
    expect(extensionKey).toBe(written)
  })

  it.each(['tip', 'spec', 'attack-present'] as const)('is read back as it was written (%s)', async (profile) => {
    const { text } = await buildTestBundle(sampleSet(), { 'stix-profile': profile }, attack)
    const { sets: [set], codes } = await read(text)
    expect(set && withoutDocument(set, 'own.stix.json')).toEqual(sampleSet())
    expect(codes).toEqual({})
  })

  it('has its own place among the origins of each row, and itself first among the sources', async () => {
    const { text } = await buildTestBundle(sampleSet(), {}, attack)
    const { sets: [set] } = await read(text)
    for (const { origins } of set?.mappings ?? []) {
      const [place] = origins.filter(({ document }) => document === 'own.stix.json').map((origin) => origin.place)
      expect(place?.kind === 'pointer' && place.pointer).toMatch(/^\/objects\/\d+\/extensions\/extension-definition--[^/]+\/(?:rows|row_places)\/\d+/)
      expect(place?.kind === 'pointer' && place.line).toBeGreaterThan(1)
      expect(origins).toHaveLength(2)
    }
    expect(set?.sources.map(({ name, parser, rows }) => [name, parser, rows])).toEqual([['own.stix.json', 'stix-bundle', 5], ['sample.txt', 'text-page', 5]])
  })

  it('may contain several sets', async () => {
    const other = { ...sampleSet(), framework: { id: 'gcp', name: 'GCP' } }
    const { text } = await buildTestBundle([sampleSet(), other], {}, attack)
    const { sets } = await read(text)
    expect(sets.map((set) => withoutDocument(set, 'own.stix.json'))).toEqual([sampleSet(), other])
  })

  it('reports the rows that another program has dropped', async () => {
    const { bundle } = await buildTestBundle(sampleSet(), {}, attack)
    const cut = { ...bundle, objects: bundle.objects.filter((object) => object.type !== 'relationship') }
    const { sets: [set], codes } = await read(cut)
    expect(set?.mappings.map(({ kind }) => kind)).toEqual(['unmapped-capability', 'unmapped-technique'])
    expect(codes).toEqual({ 'parse/row-missing': 3, 'parse/count-differs': 1 })
  })

  it('keeps the rows that its objects carry when the grouping is gone', async () => {
    const { bundle } = await buildTestBundle(sampleSet(), {}, attack)
    const { sets: [set], codes } = await read(withoutGrouping(bundle))
    expect(set?.framework).toEqual({ id: 'aws', name: 'AWS', version: '12/12/2024' })
    const rows = sampleSet().mappings.filter(({ kind }) => kind !== 'unmapped-technique')
    const back = (set?.mappings ?? []).map(({ origins: _origins, ...row }) => row)
    expect(back).toHaveLength(4)
    expect(back).toEqual(expect.arrayContaining(rows.map(({ origins: _origins, ...row }) => row)))
    expect(codes).toEqual({})
  })

  it('reports invalid rows and keeps the others', async () => {
    const { text } = await buildTestBundle(sampleSet(), {}, attack)
    const broken = text.replace('"capability_id":"amazon_guardduty","capability_description":"Amazon GuardDuty","attack_object_id":"T1190",', '')
    const { sets: [set], diagnostics } = await read(broken)
    expect(set?.mappings).toHaveLength(4)
    expect(diagnostics.map(({ code }) => code)).toEqual(['parse/empty-row', 'parse/count-differs'])
    expect(diagnostics[0]?.origin?.document).toBe('own.stix.json')
  })
})

describe('a bundle of the profile opencti', () => {
  it.each([
    { name: 'Account Management' },
    { name: 'Account Management', description: 'Manage them.\n\nAll of them, in the end.' },
    { name: 'Manage accounts.', description: 'All of them.' },
    { name: 'Is this AC-2? It is AC-2 of ours' },
    { name: 'Groups, in the group' },
    { name: 'Two\nlines' },
    {},
  ])('has names and descriptions in sentences that are read back: %j', async (stated) => {
    const framework = { id: 'nist_800_53', name: 'NIST 800-53', version: 'rev5' }
    const set = createSet({ rows: [mapped('AC-2', 'T1190', { relation: 'mitigates' })], framework })
    const capability = { id: 'AC-2', groups: ['AC'], ...stated }
    const groups = new Map([['AC', { id: 'AC', name: 'Access Control' }]])
    const { text } = await buildTestBundle({ ...set, groups, capabilities: new Map([['AC-2', capability]]) }, { 'stix-profile': 'opencti' }, attack)
    const { sets: [back] } = await read(text)
    expect(back?.framework).toEqual(framework)
    expect(back?.capabilities.get('AC-2')).toEqual({ ...capability, groups: ['Access Control'] })
  })

  it('is read back as far as labels and descriptions describe it', async () => {
    const { text } = await buildTestBundle(sampleSet(), { 'stix-profile': 'opencti' }, attack)
    const { sets: [set], codes } = await read(text)
    const { relations, mappings, groups, attack: release, framework, about, capabilities } = sampleSet()
    expect(set).toMatchObject({ framework, attack: release })
    expect(set?.about).toEqual({ organization: about.organization, contact: about.contact, created: about.created, modified: about.modified })
    expect([...set?.capabilities.values() ?? []].map(({ id, name }) => [id, name])).toEqual([...capabilities.values()].map(({ id, name }) => [id, name]))
    expect([...set?.relations.keys() ?? []].toSorted()).toEqual([...relations.keys()].toSorted())
    // Ids of groups, places, authors and techniques without a capability are left out by the profile; it prints no status "complete".
    const names = new Map([...groups.values()].map(({ id, name }) => [id, name]))
    const expected = mappings.filter(({ kind }) => kind !== 'unmapped-technique').map(({ origins: _origins, status, ...row }) => Object.assign(
      row,
      row.group !== undefined && { group: names.get(row.group) },
      status === 'non_mappable' && { status },
    ))
    const back = (set?.mappings ?? []).map(({ origins: _origins, ...row }) => row)
    expect(back).toHaveLength(4)
    expect(back).toEqual(expect.arrayContaining(expected))
    expect(codes).toEqual({})
  })

  it('gives back each of several sets of the same releases', async () => {
    const [first, second] = ['first', 'second'].map((comments) =>
      createSet({ rows: [mapped('A', 'T1190', { comments, relation: 'mitigates' })], framework: { id: 'aws', name: 'AWS' } }))
    if (!first || !second) throw new Error('no sets')
    const { text } = await buildTestBundle([first, second], { 'stix-profile': 'opencti' }, attack)
    const { sets } = await read(text)
    expect(sets.map(({ framework, mappings }) => [framework.name, mappings.map(({ comments }) => comments)]))
      .toEqual([['AWS', ['first']], ['AWS', ['second']]])
    expect(sets.map((set) => set.attack)).toEqual([first.attack, second.attack])
  })
})

function withoutGrouping(bundle: Bundle): unknown {
  return { ...bundle, objects: bundle.objects.filter((object) => object.type !== 'grouping') }
}
