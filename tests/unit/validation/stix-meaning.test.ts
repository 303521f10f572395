import { describe, expect, it } from 'vitest'
import { loadAttack } from '../../../src/attack/load-attack.js'
import { extensionDefinition } from '../../../src/emitters/stix/preamble-objects.js'
import { createMemoryHost } from '../../../src/pipeline/host.js'
import { validate } from '../../../src/pipeline/validate.js'
import type { PlatformId } from '../../../src/validation/stix/platforms/platforms.js'
import { validateValue } from './validate-file.js'
import { buildTestBundle } from '../../support/build-test-bundle.js'
import { createSet, mapped } from '../../support/small-set.js'

const uuid = (nth: number): string => `00000000-0000-4000-8000-${String(nth).padStart(12, '0')}`
const dates = { created: '2024-01-01T00:00:00.000Z', modified: '2024-01-02T00:00:00.000Z', spec_version: '2.1' }

type Raw = Readonly<Record<string, unknown>>

function made(type: string, nth: number, more: Raw = {}): Raw & { readonly id: string } {
  return { type, id: `${type}--${uuid(nth)}`, ...dates, ...more }
}

function link(nth: number, source: { readonly id: string }, name: string, target: { readonly id: string }, more: Raw = {}) {
  return made('relationship', nth, { relationship_type: name, source_ref: source.id, target_ref: target.id, ...more })
}

/** What is said of objects in a bundle: `code pointer: message`, without the object's id. */
async function validateObjects(objects: readonly unknown[], platforms: readonly PlatformId[] = [], more: Raw = {}): Promise<readonly string[]> {
  const text = JSON.stringify({ type: 'bundle', id: `bundle--${uuid(9)}`, objects, ...more })
  const { files } = await validate({ inputs: ['b.json'], platforms }, createMemoryHost({ 'b.json': text }))
  return (files[0]?.diagnostics ?? []).map(({ code, message, origin, count }) => {
    const pointer = origin?.place.kind === 'pointer' ? origin.place.pointer : ''
    return `${code} ${pointer}: ${message.replace(/^[\w-]+--[\w-]{36}: /, '')}${count === undefined ? '' : ` (${count})`}`
  })
}

const control = made('course-of-action', 1, { name: 'A control' })
const technique = made('attack-pattern', 2, { name: 'A technique' })
const person = made('identity', 3, { name: 'A person', identity_class: 'individual' })

describe('the order of times', () => {
  it.each([
    ['campaign', { name: 'x', first_seen: '2024-01-02T00:00:00Z', last_seen: '2024-01-01T23:59:59.999Z' }, ['verify/meaning /objects/0/last_seen: last_seen is before first_seen']],
    ['campaign', { name: 'x', first_seen: '2024-01-02T00:00:00Z', last_seen: '2024-01-02T00:00:00.000Z' }, []],
    ['campaign', { name: 'x', first_seen: '2024-01-02T00:00:00.10Z', last_seen: '2024-01-02T00:00:00.0999Z' }, ['verify/meaning /objects/0/last_seen: last_seen is before first_seen']],
    ['indicator', {
      pattern: '[a:b = 1]', pattern_type: 'stix', valid_from: '2024-01-01T00:00:00Z', valid_until: '2024-01-01T00:00:00Z',
    },
      ['verify/meaning /objects/0/valid_until: valid_until is the same time as valid_from']],
    ['malware-analysis', {
      product: 'x', result: 'benign', analysis_started: '2024-01-02T00:00:00Z', analysis_ended: '2024-01-01T00:00:00Z',
    },
      ['verify/doubtful /objects/0/analysis_ended: analysis_ended is before analysis_started']],
  ])('of a %s is looked at', async (type, more, found) => {
    expect(await validateObjects([made(type, 1, more)])).toEqual(found)
  })
})

describe('versions of an object', () => {
  it('may be in one bundle, but not two with the same modified time', async () => {
    const later = { ...control, modified: '2025-01-01T00:00:00.000Z', name: 'Another' }
    expect(await validateObjects([control, later])).toEqual([])
    expect(await validateObjects([control, { ...control, name: 'Another' }]))
      .toEqual(['verify/meaning /objects/1/id: an earlier object in the bundle has the same id and modified time, but different contents'])
    const reordered = Object.fromEntries(Object.entries(control).toReversed())
    expect(await validateObjects([control, reordered])).toEqual(['verify/doubtful /objects/1/id: the bundle contains the object twice'])
  })
})

describe('references', () => {
  it('are found at any depth', async () => {
    const deep = { ...control, x_more: { list: [{ some_ref: `tool--${uuid(7)}`, other_refs: [technique.id, `tool--${uuid(8)}`] }] } }
    const found = await validateObjects([deep, technique])
    expect(found).toEqual([
      'verify/reference /objects/0/x_more/list/0/some_ref: some_ref refers to an object that is not in the bundle',
      'verify/reference /objects/0/x_more/list/0/other_refs/1: other_refs refers to an object that is not in the bundle',
      expect.stringContaining('verify/custom /objects: STIX does not define 1 of the properties: x_more (1)'),
    ])
  })

  it('of a granular marking select something', async () => {
    const marked = { ...control, granular_markings: [{ selectors: ['name', 'labels.[0]'], marking_ref: 'marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9' }] }
    expect(await validateObjects([marked]))
      .toEqual(['verify/meaning /objects/0/granular_markings/0/selectors/1: granular_markings: a selector matches nothing in the object'])
  })
})

describe('cycles', () => {
  it('are reported where they make no sense', async () => {
    const [first, second] = [7, 8].map((nth) => `grouping--${uuid(nth)}`)
    const container = { name: 'x', context: 'unspecified' }
    expect(await validateObjects([made('grouping', 7, { ...container, object_refs: [second] }), made('grouping', 8, { ...container, object_refs: [first] })]))
      .toEqual(['verify/doubtful /objects/1/object_refs: object_refs: a container includes itself, directly or through other containers'])
    expect(await validateObjects([made('grouping', 7, { ...container, object_refs: [first] })]))
      .toEqual(['verify/doubtful /objects/0/object_refs: object_refs: a container includes itself, directly or through other containers'])
    expect(await validateObjects([control, link(5, control, 'related-to', control)]))
      .toEqual(['verify/doubtful /objects/1/target_ref: the relationship has the same source and target'])
    const marking = made('marking-definition', 7, { definition_type: 'statement', definition: { statement: 'x' }, modified: undefined })
    expect(await validateObjects([{ ...marking, object_marking_refs: [marking.id] }]))
      .toEqual(['verify/meaning /objects/0/object_marking_refs: object_marking_refs: a marking marks itself, directly or through other markings'])
  })

  it('of authors are reported from two on: an identity may be its own author', async () => {
    expect(await validateObjects([{ ...person, created_by_ref: person.id }])).toEqual([])
    const other = made('identity', 4, { name: 'Other', created_by_ref: person.id })
    expect(await validateObjects([{ ...person, created_by_ref: other.id }, other]))
      .toEqual(['verify/doubtful /objects/1/created_by_ref: created_by_ref: identities name one another as authors in a cycle'])
  })
})

describe('relationships', () => {
  it('that the specification defines pass, others are reported once with their number', async () => {
    const malware = made('malware', 4, { is_family: false })
    expect(await validateObjects([control, technique, malware, link(10, control, 'mitigates', technique), link(11, malware, 'uses', technique),
      link(12, control, 'related-to', malware), link(13, technique, 'derived-from', technique, { x_twin: true })]))
      .toEqual([expect.stringContaining('has the same source and target'), expect.stringContaining('verify/custom')])
    expect(await validateObjects([control, technique, link(10, technique, 'mitigates', control), link(11, technique, 'mitigates', control)]))
      .toEqual(['verify/relationship /objects/2/relationship_type: the specification does not define this relationship; the bundle has 2 of them'])
  })
})

describe('vocabularies and custom properties', () => {
  it('a word outside of an open vocabulary is a warning, one outside of an enumeration an error', async () => {
    expect(await validateObjects([{ ...person, identity_class: 'robot' }]))
      .toEqual(['verify/vocabulary /objects/0/identity_class: identity_class is not in the open vocabulary identity-class-ov'])
    expect(await validateObjects([made('opinion', 1, { opinion: 'maybe', object_refs: [person.id] }), person]))
      .toEqual(['verify/schema /objects/0/opinion: opinion is not strongly-disagree or disagree or neutral or agree or strongly-agree'])
  })

  it('what STIX does not define is one note, whatever its number', async () => {
    const tactics = Array.from({ length: 50 }, (_, nth) => made('x-mitre-tactic', 100 + nth, { name: 'x', x_mitre_shortname: 'x' }))
    expect(await validateObjects([{ ...control, x_mitre_version: '1.0' }, ...tactics])).toEqual([
      'verify/custom /objects: STIX does not define 1 of the types: x-mitre-tactic (50) and 1 of the properties: '
      + 'x_mitre_version (1)',
    ])
  })

  it('of one kind, twenty faults are reported, and the last of them has the count of the others', async () => {
    const nameless = Array.from({ length: 100 }, (_, nth) => ({ ...made('tool', nth), name: undefined }))
    const found = await validateObjects(nameless)
    expect(found).toHaveLength(20)
    expect(found.at(-1)).toBe('verify/schema /objects/19: name is missing (81)')
  })

  it('messages name the object', async () => {
    const { files } = await validate({ inputs: ['b.json'] }, createMemoryHost({ 'b.json': JSON.stringify({ type: 'bundle', id: `bundle--${uuid(9)}`, objects: [{ ...control, name: 7 }] }, undefined, 1) }))
    expect(files[0]?.diagnostics).toMatchObject([{
      message: `${control.id}: name is not a string`, found: '7',
      origin: { place: { kind: 'pointer', pointer: '/objects/0/name', line: 11, column: 12 } },
    }])
  })
})

const set = createSet({ rows: [mapped('AC-1', 'T1553.002'), mapped('AC-2', 'T1059')], about: { organization: 'An organisation', created: '2024-01-01' } })

describe('a bundle of ours', () => {
  it.each(['tip', 'opencti', 'spec', 'attack-present', 'mapex'] as const)('passes as it is, in profile %s', async (profile) => {
    const attack = await loadAttack({}, () => undefined)
    const { bundle } = await buildTestBundle(set, { 'stix-profile': profile }, attack)
    const found = await validateObjects(bundle.objects, [], { ...bundle })
    const allowed = { 'attack-present': 'verify/technique-elsewhere', 'mapex': 'verify/relationship' }
    expect(found.filter((line) => line.startsWith('verify/') && !line.startsWith(Reflect.get(allowed, profile) ?? 'none'))).toEqual([])
  })

  it('has nothing that OpenCTI would lose in its profile', async () => {
    const attack = await loadAttack({}, () => undefined)
    const { bundle } = await buildTestBundle(set, { 'stix-profile': 'opencti' }, attack)
    expect((await validateObjects(bundle.objects, ['opencti'], { ...bundle })).filter((line) => line.startsWith('verify/'))).toEqual([])
  })

  it('with a changed id is reported with the expected id', async () => {
    const { bundle } = await buildTestBundle(set)
    for (const type of ['course-of-action', 'relationship', 'grouping', 'bundle']) {
      const old = type === 'bundle' ? bundle.id : bundle.objects.find((object) => object.type === type)?.id ?? 'none'
      const text = JSON.stringify(bundle).replaceAll(old, `${type}--${uuid(77)}`)
      const { files } = await validate({ inputs: ['b.json'] }, createMemoryHost({ 'b.json': text }))
      expect(files[0]?.diagnostics.map(({ expected }) => expected)).toContain(old)
    }
    expect(bundle.objects.some(({ id }) => id === extensionDefinition.id)).toBe(true)
  })
})

describe('the bundle itself', () => {
  const frame = { type: 'bundle', id: `bundle--${uuid(9)}` }

  it.each([
    ['has no objects', frame, ['verify/doubtful ']],
    ['has an empty list of objects', { ...frame, objects: [] }, ['verify/schema /objects']],
    ['has objects by name', { ...frame, objects: { a: control } }, ['verify/schema /objects']],
    ['has null for objects', { ...frame, objects: null }, ['verify/schema /objects']],
    ['is of a version that does not exist', { ...frame, spec_version: '3.0', objects: [control] }, ['verify/schema /spec_version']],
    ['says that it is of 2.0', { ...frame, spec_version: '2.0', objects: [control] }, []],
  ])('that %s', async (_what, bundle, found) => {
    expect((await validateValue(bundle)).found).toEqual(found)
  })
})

describe('bundles of the profile attack-present', () => {
  it('have one note of the techniques that the platform must already have', async () => {
    const two = createSet({ rows: [mapped('A', 'T1190'), mapped('B', 'T1190')] })
    const { bundle } = await buildTestBundle(two, { 'stix-profile': 'attack-present' })
    expect((await validateObjects(bundle.objects, [], { id: bundle.id })).filter((found) => found.startsWith('verify/')))
      .toEqual(['verify/technique-elsewhere /objects: 3 references to techniques that are not in the bundle'])
  })
})

describe('rows of a bundle of ours', () => {
  it('are found fault with at their place in the bundle, and not in the document that it was made of', async () => {
    const { bundle } = await buildTestBundle(createSet({ rows: [mapped('A', 'T9999')] }))
    const found = await validateObjects(bundle.objects, [], { id: bundle.id })
    expect(found.filter((text) => text.startsWith('check/unknown-technique'))).toEqual([
      expect.stringMatching(/^check\/unknown-technique \/objects\/\d+\/extensions\//),
    ])
  })
})
