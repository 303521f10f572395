import { describe, expect, it } from 'vitest'
import { loadAttackIndex } from '../../../../src/attack/load-attack.js'
import { stix, type StixOptions } from '../../../../src/emitters/stix/stix.js'
import { createMappingSet, type ResolvedSet } from '../../../../src/model/mapping-set.js'
import type { Mapping } from '../../../../src/model/mapping.js'
import { createMemoryHost } from '../../../../src/pipeline/host.js'
import { validate } from '../../../../src/pipeline/validate.js'
import { buildTestBundle } from '../../../support/build-test-bundle.js'
import { objectsOf } from '../../../support/bundle-objects.js'
import { emitContext } from '../../../support/emit-context.js'
import { originAt, sampleSet } from '../../../support/sample-sets.js'
import { createSet, mapped } from '../../../support/small-set.js'

const unmapped = (id: string): Mapping => ({ kind: 'unmapped-technique', origins: [originAt(2)], technique: { id } })

describe('the counts of an artifact', () => {
  it.each([
    ['tip', true], ['tip', false], ['opencti', true], ['opencti', false], ['spec', true], ['attack-present', false], ['mapex', true], ['mapex', false],
  ] as const)('are those of its bundle: profile %s, groupings %s', async (profile, grouping) => {
    const options: StixOptions = { 'stix-profile': profile, 'stix-grouping': grouping, 'tlp': 'clear', 'tlp-version': '1' }
    const [artifact] = await stix.emit([sampleSet()], emitContext(), options)
    const { bundle } = await buildTestBundle(sampleSet(), options)
    expect(artifact?.counts).toEqual({ rows: 5, objects: bundle.objects.length, relationships: objectsOf(bundle, 'relationship').length })
  })
})

async function described(...rows: readonly Mapping[]): Promise<unknown> {
  return objectsOf((await buildTestBundle(createSet({ rows }))).bundle, 'grouping')[0]?.description
}

describe('the description of a set', () => {
  it('counts rows, capabilities, and techniques without one if there are some', async () => {
    const title = 'Mapping of Example to ATT&CK 16.1 (enterprise).'
    expect(await described(mapped('A', 'T1190'), mapped('A', 'T1066'))).toBe(`${title}\nRows: 2. Capabilities: 1.`)
    expect(await described(mapped('A', 'T1190'), unmapped('T1066'), unmapped('T1566'))).toBe(
      `${title}\nRows: 3. Capabilities: 1.\nTechniques without a capability: 2.`,
    )
  })
})

/** A set whose only capability has these properties and groups. */
function withCapability(more: { readonly name?: string, readonly description?: string, readonly groups?: readonly string[] }): ResolvedSet {
  const draft = {
    framework: { id: 'example', name: 'Example' }, about: {}, sources: [], mappings: [mapped('EX-1', 'T1190')],
    capabilities: [{ id: 'EX-1', groups: [], ...more }],
    groups: [{ id: 'g1', name: 'One' }, { id: 'g2', name: 'Two' }],
  }
  return { ...createMappingSet(draft), attack: { domain: 'enterprise', version: '16.1' } }
}

describe('the description of a capability', () => {
  it.each([
    [{}, 'EX-1 is an entry of Example.'],
    [{ name: 'Lock' }, 'Lock is EX-1 of Example.'],
    [{ name: 'Lock', description: 'Lock' }, 'Lock is EX-1 of Example.'],
    [{ name: 'Lock', description: 'Locks doors.' }, 'Locks doors.\n\nLock is EX-1 of Example.'],
    [{ name: 'It locks.' }, 'It locks.\n\nEX-1 is an entry of Example.'],
    [{ groups: ['g1'] }, 'EX-1 is an entry of Example, in the group One.'],
    [{ name: 'Lock', groups: ['g1', 'g2'] }, 'Lock is EX-1 of Example, in the groups One, Two.'],
  ])('of %j', async (more, description) => {
    const { bundle } = await buildTestBundle(withCapability(more))
    expect(objectsOf(bundle, 'course-of-action').map((object) => object.description)).toEqual([description])
  })
})

describe('techniques that no ATT&CK at hand has', () => {
  it('are one object and one message if two sets have them, named as the first does', async () => {
    const [first, second] = ['First', 'Second'].map((name) => mapped('A', 'T9999', { technique: { id: 'T9999', name } }))
    if (!first || !second) throw new Error('two rows')
    const { bundle, log } = await buildTestBundle([createSet({ rows: [first] }), createSet({ rows: [second], domain: 'mobile' })])
    expect(objectsOf(bundle, 'attack-pattern').map(({ name }) => name)).toEqual(['First'])
    expect(log.entries.filter(({ code }) => code === 'emit/technique-stub').map(({ found }) => found)).toEqual(['T9999'])
  })
})

/** What the profile opencti reports of rows. */
async function said(...rows: readonly Mapping[]): Promise<readonly unknown[]> {
  const { log } = await buildTestBundle(createSet({ rows, about: { created: '2024-01-01' } }), { 'stix-profile': 'opencti' })
  return log.entries.map(({ message, count }) => [message, count])
}

it('techniques of a release that is not at hand are reported together, and other texts one by one', async () => {
  const rows = ['T9998', 'T9999.001', 'Own words', 'T1190'].map((id) => mapped('A', id))
  const set: ResolvedSet = { ...createSet({ rows, about: { created: '2024-01-01' } }), attack: { domain: 'enterprise', version: '99.0' } }
  const { log } = await buildTestBundle(set, {}, await loadAttackIndex())
  expect(log.entries.filter(({ code }) => code === 'emit/technique-stub').map(({ message, found, count }) => [message, found, count])).toEqual([
    [
      "2 techniques of ATT&CK 99.0, which is not available: written under ids generated by Crosswalk, with ATT&CK's own ids as references",
      'T9998, T9999.001', 2,
    ],
    ['ATT&CK has no technique Own words; it was written under an id generated by Crosswalk', 'Own words', undefined],
  ])
  const many = Array.from({ length: 12 }, (_, nth) => mapped('A', `T${9900 + nth}`))
  const more = await buildTestBundle({ ...set, mappings: many }, {}, await loadAttackIndex())
  expect(more.log.entries.filter(({ code }) => code === 'emit/technique-stub').map(({ found, count }) => [found, count])).toEqual([
    [`${many.slice(0, 10).map(({ technique }) => technique.id).join(', ')}, …`, 12],
  ])
})

describe('what a profile leaves out', () => {
  const row = mapped('A', 'T1190', { relation: 'mitigates' })

  it('is counted in words', async () => {
    expect(await said(row)).toEqual([['Profile opencti omits status, group, order, author, verdict and places of 1 row', 1]])
    expect(await said(row, row)).toEqual([['Profile opencti omits status, group, order, author, verdict and places of 2 rows', 2]])
    expect(await said()).toEqual([])
  })

  it('without groupings says nothing of what the set does not have', async () => {
    const { log } = await buildTestBundle(createSet({ rows: [row], about: { created: '2024-01-01' } }), { 'stix-grouping': false })
    expect(log.entries.map(({ message }) => message)).toEqual([
      'Without groupings, STIX cannot represent the ATT&CK release, dates, author and other metadata of sets',
      'Without groupings, STIX cannot represent the order and places of rows',
    ])
  })

  it('as mapex has the place of the first row that loses something', async () => {
    const rows: readonly Mapping[] = [
      row, { ...row, origins: [originAt(7)], comments: 'One.' }, { kind: 'unmapped-capability', origins: [originAt(8)], capability: { id: 'B' } },
    ]
    const { log } = await buildTestBundle(createSet({ rows, about: { created: '2024-01-01' } }), { 'stix-profile': 'mapex' })
    expect(log.entries.map(({ message, count, origin }) => [message.replace('Profile mapex cannot represent ', ''), count, origin])).toEqual([
      ['comments', 1, originAt(7)],
      ['rows of capabilities that map to no technique', 1, originAt(8)],
      ['framework, versions, dates and other metadata of sets', 1, undefined],
      ['repeated rows with the same capability, technique and mapping type', 1, undefined],
      [expect.any(String), 3, originAt(1)],
    ])
  })
})

it('references that differ by spaces are one external reference', async () => {
  const rows = [mapped('A', 'T1190', { references: [' https://example.org/a', 'https://example.org/a ', 'A book'] })]
  const { bundle } = await buildTestBundle(createSet({ rows }), { 'stix-profile': 'spec' })
  expect(objectsOf(bundle, 'relationship').map((object) => object.external_references)).toEqual([[
    { source_name: 'example.org', url: 'https://example.org/a' }, { source_name: 'citation', description: 'A book' },
  ]])
})

it("MITRE's identity comes before its marking, after those of the set", async () => {
  const { bundle } = await buildTestBundle(createSet({ rows: [mapped('A', 'T1190')] }))
  expect(bundle.objects.slice(0, 5).map((object) => [object.type, 'name' in object ? object.name : ''])).toEqual([
    ['marking-definition', 'TLP:WHITE'], ['identity', 'Crosswalk'], ['identity', 'The MITRE Corporation'],
    ['marking-definition', ''], ['extension-definition', expect.any(String)],
  ])
})

/** What validation says of a bundle of ours, changed. */
async function validateOwn(sets: readonly ResolvedSet[], change: (text: string) => string = (text) => text) {
  const { text } = await buildTestBundle(sets)
  const { files } = await validate({ inputs: ['b.json'] }, createMemoryHost({ 'b.json': change(text) }))
  const own = (files[0]?.diagnostics ?? []).filter(({ message }) => message.includes('Crosswalk derives'))
  return { own: own.map(({ origin, found, expected }) => [origin?.place.kind === 'pointer' && origin.place.pointer, found, expected]), counts: files[0]?.counts }
}

describe('a bundle of ours', () => {
  const other = '00000000-0000-5000-8000-000000000000'
  const one = [createSet({ rows: [mapped('A', 'T1190')] })]

  it('has the ids that are derived, also if two sets have the same releases', async () => {
    expect((await validateOwn(one)).own).toEqual([])
    expect((await validateOwn([...one, createSet({ rows: [mapped('B', 'T1190')] })])).own).toEqual([])
  })

  it('is counted: objects, and relationships among them', async () => {
    const { bundle } = await buildTestBundle(one)
    expect((await validateOwn(one)).counts).toEqual({ objects: bundle.objects.length, relationships: 1 })
  })

  it.each(['course-of-action', 'relationship', 'grouping'])('in which the id of a %s was changed is reported there', async (type) => {
    const { bundle } = await buildTestBundle(one)
    const index = bundle.objects.findIndex((object) => object.type === type)
    const id = bundle.objects[index]?.id ?? ''
    const { own } = await validateOwn(one, (text) => text.replaceAll(id, `${type}--${other}`))
    expect(own).toContainEqual([`/objects/${index}/id`, expect.stringContaining(`${type}--${other}`), expect.stringContaining(type)])
  })

  it('in which the id of the bundle was changed is reported', async () => {
    const { bundle } = await buildTestBundle(one)
    const { own } = await validateOwn(one, (text) => text.replace(bundle.id, `bundle--${other}`))
    expect(own).toEqual([['/id', `"bundle--${other}"`, bundle.id]])
  })

  it.each([['2.1', 0], ['2.2', 1]])('may state its version %s: %i messages', async (version, count) => {
    const { files } = await validate({ inputs: ['b.json'] }, createMemoryHost({
      'b.json': JSON.stringify({ type: 'bundle', id: `bundle--${other}`, spec_version: version, objects: [{
        type: 'tool', spec_version: '2.1', id: `tool--${other}`, created: '2024-01-01T00:00:00.000Z', modified: '2024-01-01T00:00:00.000Z', name: 'x',
      }] }),
    }))
    expect(files[0]?.diagnostics.filter(({ message }) => message.includes('Unknown STIX version'))).toHaveLength(count)
  })
})
