import { describe, expect, it } from 'vitest'
import { stixBundle } from '../../../../src/parsers/stix-bundle/stix-bundle.js'
import { fakeAttackIndex } from '../../../support/fake-attack-index.js'
import { decodeTree } from '../../../support/read-tree.js'
import { readDocument } from '../../../support/read-document.js'

const attack = fakeAttackIndex()
const uuid = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
const signing = `attack-pattern--${uuid(1_553_002)}`
const exploit = `attack-pattern--${uuid(1190)}`

type Raw = Record<string, unknown>

function object(type: string, number: number, more: Raw): Raw {
  return { type, id: `${type}--${uuid(number)}`, created: '2024-01-01T00:00:00.000Z', modified: '2024-01-01T00:00:00.000Z', ...more }
}

function relationship(number: number, source: Raw | string, type: string, target: Raw | string, more: Raw = {}): Raw {
  const idOf = (end: Raw | string) => (typeof end === 'string' ? end : end['id'])
  return object('relationship', number, { relationship_type: type, source_ref: idOf(source), target_ref: idOf(target), ...more })
}

async function read(objects: readonly unknown[], bundle: Raw = {}, framework?: string) {
  const statements = framework === undefined ? {} : { framework }
  return readDocument(stixBundle, { type: 'bundle', id: `bundle--${uuid(1)}`, ...bundle, objects }, { attack, statements })
}

const control = object('course-of-action', 1, {
  name: 'Account Management',
  description: 'Keep accounts in order.',
  external_references: [{ source_name: 'NIST 800-53 Revision 4', external_id: 'AC-2' }],
  x_mitre_family: 'Access Control',
})
const technique = object('attack-pattern', 2, {
  name: 'Exploit It',
  external_references: [{ source_name: 'capec', external_id: 'CAPEC-1' }, { source_name: 'mitre-attack', external_id: 'T1190' }],
})

describe('controls and techniques', () => {
  it('are told by their references, and techniques by the STIX ids of ATT&CK too', async () => {
    const comment = { description: 'Fewer accounts.', external_references: [{ source_name: 'example.org', url: 'https://example.org/a' }] }
    const { sets: [set, ...rest], codes } = await read([
      control, technique, relationship(3, control, 'mitigates', technique, comment), relationship(4, control, 'mitigates', signing),
    ])
    expect(rest).toEqual([])
    expect(set?.framework).toEqual({ id: 'nist_800_53', name: 'NIST 800-53', version: 'rev4' })
    expect(set?.attack).toEqual({})
    expect(set?.mappings.map(({ origins, ...row }) => [row, origins.map(({ place }) => place.kind === 'pointer' && place.pointer)])).toEqual([
      [{
        kind: 'mapped', capability: { id: 'AC-2', description: 'Account Management' }, technique: { id: 'T1190', name: 'Exploit It' },
        relation: 'mitigates', group: 'Access Control', comments: 'Fewer accounts.', references: ['https://example.org/a'],
      }, ['/objects/2']],
      [{
        kind: 'mapped', capability: { id: 'AC-2', description: 'Account Management' }, technique: { id: 'T1553.002' },
        relation: 'mitigates', group: 'Access Control',
      }, ['/objects/3']],
    ])
    expect(set?.capabilities.get('AC-2')).toEqual({
      id: 'AC-2', name: 'Account Management', description: 'Keep accounts in order.', groups: ['Access Control'],
    })
    expect(codes).toEqual({})
  })

  it('are listed where nothing maps them', async () => {
    const { sets: [set], codes } = await read([control, object('vulnerability', 9, { name: 'CVE-2021-44228' })])
    expect(set?.capabilities.size).toBe(1)
    expect(set?.mappings).toEqual([])
    expect(codes).toEqual({ 'parse/no-mappings': 1 })
  })

  it('may be named by the framework that the user states, or stay unknown', async () => {
    const policy = object('course-of-action', 5, { name: 'Policy A' })
    const objects = [policy, relationship(3, policy, 'mitigates', exploit)]
    const alone = await read(objects)
    expect([alone.sets[0]?.framework.id, alone.codes]).toEqual(['unknown', { 'parse/unknown-framework': 1 }])
    expect((await read(objects, {}, 'Example')).codes).toEqual({})
    expect(alone.sets[0]?.mappings[0]).toMatchObject({ capability: { id: 'Policy A' }, technique: { id: 'T1190' } })
  })

  it('of which one is in another file: named by its STIX id, with a hint', async () => {
    const { sets: [set], diagnostics } = await read([
      relationship(3, control, 'mitigates', exploit), relationship(4, control, 'mitigates', signing),
    ], {}, 'nist_800_53')
    expect(set?.mappings.map(({ kind, ...row }) => [kind, 'capability' in row && row.capability])).toEqual([
      ['mapped', { id: control['id'] }], ['mapped', { id: control['id'] }],
    ])
    expect(diagnostics.map(({ code, count, origin }) => [code, count, origin?.place])).toEqual([
      ['parse/object-elsewhere', 1, { kind: 'pointer', pointer: '/objects/0', line: 5, column: 5 }],
    ])
  })
})

describe('relationships', () => {
  it('that lead nowhere known are counted with their first place', async () => {
    const stranger = `attack-pattern--${uuid(77)}`
    const { sets, diagnostics } = await read([
      control,
      relationship(3, control, 'mitigates', stranger),
      relationship(4, control, 'mitigates', stranger),
      relationship(5, 'attack-pattern--x', 'related-to', exploit),
      object('relationship', 6, { relationship_type: 'mitigates' }),
    ])
    expect(sets.flatMap(({ mappings }) => mappings)).toEqual([])
    const unresolved = diagnostics.filter(({ code }) => code === 'parse/unresolved-relationship')
    expect(unresolved.map(({ found, count, origin }) => [found, count, origin?.place.kind === 'pointer' && origin.place.pointer])).toEqual([
      ['course-of-action mitigates attack-pattern', 2, '/objects/1'],
      ['attack-pattern related-to attack-pattern', 1, '/objects/3'],
      ['(no id) mitigates (no id)', 1, '/objects/4'],
    ])
  })

  it('of other kinds, and withdrawn ones, are skipped and counted', async () => {
    const malware = object('malware', 8, { name: 'Bad' })
    const { sets, codes } = await read([
      control, technique, malware,
      relationship(3, malware, 'uses', technique),
      relationship(4, signing, 'subtechnique-of', exploit),
      relationship(5, control, 'related-to', control),
      relationship(6, control, 'mitigates', technique, { revoked: true }),
      relationship(7, control, 'mitigates', technique, { x_mitre_deprecated: true }),
      object('course-of-action', 9, { name: 'Old', x_mitre_deprecated: true }),
    ])
    expect(sets.flatMap(({ mappings, capabilities }) => [mappings.length, capabilities.size])).toEqual([0, 1])
    expect(codes).toEqual({ 'parse/no-mappings': 1, 'parse/not-a-mapping': 3, 'parse/withdrawn-object': 3 })
  })

  it('count once where a bundle holds several versions of them: the last modified', async () => {
    const first = relationship(3, control, 'mitigates', exploit, { description: 'old' })
    const second = { ...first, description: 'new', modified: '2024-02-01T00:00:00.000Z' }
    const { sets: [set], codes } = await read([second, control, first])
    expect(set?.mappings.map(({ comments }) => comments)).toEqual(['new'])
    expect(codes).toEqual({ 'parse/superseded-object': 1 })
  })

  it('may start from the technique', async () => {
    const vulnerability = object('vulnerability', 4, { name: 'CVE-2021-44228', external_references: [{ source_name: 'cve', external_id: 'CVE-2021-44228' }] })
    const { sets: [set] } = await read([vulnerability, relationship(3, exploit, 'targets', vulnerability)])
    expect(set?.framework.id).toBe('cve')
    expect(set?.mappings[0]).toMatchObject({ capability: { id: 'CVE-2021-44228' }, technique: { id: 'T1190' }, relation: 'targets' })
  })
})

describe('what mapex exports', () => {
  const marks = { spec_version: '2.1', created: '2024-01-01T00:00:00Z', modified: '2024-01-01T00:00:00Z' }

  it.each([
    ['infrastructure', 'aws_config', 'technique-scores', 'aws', 'technique_scores'],
    ['infrastructure', 'AC-2', 'mitigates', 'nist_800_53', 'mitigates'],
    ['attack-pattern', 'action.hacking.variety.DoS', 'related-to', 'veris', 'related_to'],
  ])('%s %s', async (type, name, relation, framework, expected) => {
    const capability = object(type, 7, { name })
    const { sets: [set], codes } = await read([capability, relationship(3, capability, relation, exploit)], marks)
    expect(set?.framework.id).toBe(framework)
    expect(set?.mappings[0]).toMatchObject({ capability: { id: name }, technique: { id: 'T1190' }, relation: expected })
    expect(codes).toEqual({ 'parse/guessed-framework': 1 })
  })

  it('has the names of vulnerabilities as their descriptions', async () => {
    const vulnerability = object('vulnerability', 7, {
      name: 'CVE-2021-44228',
      description: 'Log4j is exploited',
      external_references: [{ source_name: 'cve', external_id: 'CVE-2021-44228', url: 'https://example.org/CVE-2021-44228' }],
    })
    const objects = [vulnerability, relationship(3, vulnerability, 'exploitation-technique', exploit)]
    const { sets: [set] } = await read(objects, marks, 'kev')
    expect(set?.framework.id).toBe('unknown')
    const capability = { id: 'CVE-2021-44228', description: 'Log4j is exploited' }
    expect(set?.mappings[0]).toMatchObject({ capability, relation: 'exploitation_technique' })
  })
})

describe('the mitigations of ATT&CK', () => {
  it('are a framework of their own, of the same release', async () => {
    const mitigation = object('course-of-action', 4, {
      name: 'Keep Safe',
      external_references: [{ source_name: 'mitre-attack', external_id: 'M1099', url: 'https://attack.mitre.org/mitigations/M1099' }],
    })
    const collection = object('x-mitre-collection', 5, { name: 'Mobile ATT&CK', x_mitre_version: '16.1' })
    const { sets: [set] } = await read([collection, mitigation, technique, relationship(3, mitigation, 'mitigates', technique)])
    expect(set).toMatchObject({
      framework: { id: 'attack-mitigations', name: 'ATT&CK Mitigations', version: '16.1' },
      attack: { domain: 'mobile', version: '16.1' },
      about: { created: '2024-01-01', modified: '2024-01-01' },
    })
    expect(set?.mappings[0]).toMatchObject({ capability: { id: 'M1099', description: 'Keep Safe' } })
  })
})

describe('what is no bundle', () => {
  it.each([
    ['a list', [], 0],
    ['a mapping file', { metadata: {}, mapping_objects: [] }, 0],
    ['a layer', { name: 'x', techniques: [] }, 0],
    ['objects of something else', { objects: [{ id: 'x', type: 'y' }] }, 0],
    ['an envelope of TAXII', { more: false, objects: [control] }, 0.9],
    ['a bundle', { type: 'bundle', id: 'bundle--1', objects: [] }, 0.98],
  ] as const)('%s', async (_what, value, confidence) => {
    const { document } = await decodeTree('document.json', JSON.stringify(value))
    expect(document && stixBundle.sniff(document).confidence).toBe(confidence)
  })

  it('is told', async () => {
    expect((await readDocument(stixBundle, { type: 'bundle', objects: 'none' }, { attack })).codes).toEqual({ 'parse/invalid-document': 1 })
    expect((await read(['x', null, { id: 1 }])).codes).toEqual({ 'parse/no-mappings': 1, 'parse/unreadable-object': 3 })
  })
})
