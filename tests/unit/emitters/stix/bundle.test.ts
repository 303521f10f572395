import { v5 } from 'uuid'
import { describe, expect, it } from 'vitest'
import { epoch, stixNamespace } from '../../../../src/emitters/objects/stix-id.js'
import { schemaErrors } from '../../../../src/schemas/schema-errors.js'
import { buildTestBundle } from '../../../support/build-test-bundle.js'
import { objectsOf } from '../../../support/bundle-objects.js'
import { unresolvedReferences } from '../../../support/bundle-references.js'
import { readStixExtension } from '../../../support/read-stix-extension.js'
import { originAt, sampleSet } from '../../../support/sample-sets.js'
import { createSet, mapped } from '../../../support/small-set.js'

describe('the bundle of a set', () => {
  it('has what others refer to before them, and the container last', async () => {
    const { bundle } = await buildTestBundle(sampleSet())
    expect(bundle.objects.map(({ type }) => type).filter((type, index, all) => type !== all[index - 1])).toEqual([
      'marking-definition', 'identity', 'marking-definition', 'extension-definition',
      'attack-pattern', 'course-of-action', 'relationship', 'grouping',
    ])
    expect(Object.keys(bundle)).toEqual(['type', 'id', 'objects'])
    expect(await schemaErrors('stix-bundle', bundle)).toEqual([])
    expect(unresolvedReferences(bundle)).toEqual([])
  })

  it('is the same on every run, one object per line', async () => {
    const first = await buildTestBundle(sampleSet())
    expect((await buildTestBundle(sampleSet())).text).toBe(first.text)
    expect(first.text.split('\n')).toHaveLength(first.bundle.objects.length + 3)
  })

  it('loses nothing', async () => {
    const { bundle, log } = await buildTestBundle(sampleSet())
    expect(readStixExtension(bundle)).toStrictEqual([sampleSet()])
    expect(log.entries).toEqual([])
  })

  it('changes one relationship and no id when one comment changes', async () => {
    const set = sampleSet()
    const { bundle } = await buildTestBundle(sampleSet())
    const [first, second, third, ...rest] = set.mappings
    if (!first || !second || !third) throw new Error('the sample has five rows')
    const changed = await buildTestBundle({ ...set, mappings: [first, second, { ...third, comments: 'Another.' }, ...rest] })
    expect(changed.bundle.objects.map(({ id }) => id)).toEqual(bundle.objects.map(({ id }) => id))
    expect(changed.bundle.id).toBe(bundle.id)
    const texts = new Set(bundle.objects.map((object) => JSON.stringify(object)))
    const differing = changed.bundle.objects.filter((object) => !texts.has(JSON.stringify(object)))
    expect(differing.map(({ type }) => type)).toEqual(['relationship'])
  })
})

describe('ids', () => {
  it('are UUIDv5 of documented text in a namespace that follows from our address', async () => {
    expect(stixNamespace).toBe(v5('https://attack-crosswalk.example/stix', v5.URL))
    const { bundle } = await buildTestBundle(sampleSet())
    const id = v5('["course-of-action","capability","aws","12/12/2024","aws_cloudhsm"]', stixNamespace)
    expect(objectsOf(bundle, 'course-of-action')[0]?.id).toBe(`course-of-action--${id}`)
  })

  it('are official for techniques that ATT&CK knows, of whatever status, domain or release', async () => {
    const set = createSet({ rows: [mapped('AC-2', 'T1066'), mapped('AC-2', 'T1190')], domain: 'mobile' })
    const { bundle, log } = await buildTestBundle(set)
    expect(objectsOf(bundle, 'attack-pattern').map(({ id, name, revoked }) => [id, name, revoked])).toEqual([
      ['attack-pattern--00000000-0000-4000-8000-000000001066', 'Indicator Removal from Tools', undefined],
      ['attack-pattern--00000000-0000-4000-8000-000000001190', 'Exploit Public-Facing Application', undefined],
    ])
    expect(objectsOf(bundle, 'attack-pattern')[1]).toMatchObject({
      kill_chain_phases: [{ kill_chain_name: 'mitre-attack', phase_name: 'initial-access' }],
    })
    expect(log.entries.filter(({ code }) => code === 'emit/technique-stub')).toEqual([])
  })

  it('are our own, and said to be, for techniques that ATT&CK does not know', async () => {
    const unknown = mapped('AC-2', 'T9999', { technique: { id: 'T9999', name: 'New' } })
    const rows = [unknown, mapped('AC-3', 'T9999'), mapped('AC-3', 'CVE-2021-44228')]
    const { bundle, log } = await buildTestBundle(createSet({ rows, about: { created: '2024-01-01' } }))
    const stubs = objectsOf(bundle, 'attack-pattern')
    expect(stubs.map(({ name }) => name)).toEqual(['New', 'CVE-2021-44228'])
    expect(stubs.map(({ external_references: references }) => references)).toEqual([
      [{ source_name: 'mitre-attack', external_id: 'T9999' }],
      undefined,
    ])
    expect(log.entries).toMatchObject([
      { code: 'emit/technique-stub', found: 'T9999', origin: originAt(1) },
      { code: 'emit/technique-stub', found: 'CVE-2021-44228' },
    ])
    expect(bundle.objects.some(({ id }) => id === 'identity--c78cb6e5-0c4b-4611-8297-d1b8b55e40b5')).toBe(false)
    expect(await schemaErrors('stix-bundle', bundle)).toEqual([])
  })
})

describe('dates', () => {
  it('are the set’s own', async () => {
    const { bundle } = await buildTestBundle(sampleSet(), {}, undefined, '2030-01-01')
    const dates = { created: '2021-09-21T00:00:00.000Z', modified: '2024-12-11T00:16:01.000Z' }
    expect(objectsOf(bundle, 'grouping')[0]).toMatchObject(dates)
  })

  it.each([
    [{}, undefined, epoch, '2000-01-01T00:16:01.000Z'],
    [{}, '2024-05-01', '2024-05-01T00:00:00.000Z', '2024-05-01T00:16:01.000Z'],
    [{ modified: '2024-06-01' }, undefined, '2024-06-01T00:00:00.000Z', '2024-06-01T00:16:01.000Z'],
    [{ modified: '2024-06-01' }, '2024-05-01', '2024-05-01T00:00:00.000Z', '2024-06-01T00:16:01.000Z'],
    [{ created: '2024-06-01', modified: '2024-05-01' }, undefined, '2024-06-01T00:00:00.000Z', '2024-06-01T00:16:01.000Z'],
    [{ created: '2024-02-30' }, undefined, epoch, '2000-01-01T00:16:01.000Z'],
  ])('of %j with %s supplied are %s and %s', async (about, supplied, created, modified) => {
    const { bundle, log } = await buildTestBundle(createSet({ rows: [mapped('AC-2', 'T1190')], about }), {}, undefined, supplied)
    expect(objectsOf(bundle, 'relationship')[0]).toMatchObject({ created, modified })
    expect(log.entries.map(({ code }) => code)).toEqual(created === epoch ? ['emit/set-undated'] : [])
  })
})

describe('versions of the objects that sets of one framework release have in common', () => {
  it.each([
    ['enterprise', '8.2', '00:08:02.000'],
    ['mobile', '18.1', '00:18:01.001'],
    ['ics', '17', '00:17:00.002'],
    ['enterprise', '120.75', '02:00:59.000'],
    ['enterprise', undefined, '00:00:00.000'],
    ['enterprise', 'the newest', '00:00:00.000'],
  ] as const)('of %s %s are of the time %s', async (domain, version, time) => {
    const attack = { domain, ...(version !== undefined && { version }) }
    const { bundle } = await buildTestBundle({ ...createSet({ rows: [mapped('AC-2', 'T1190')], about: { created: '2024-05-01' } }), attack })
    for (const type of ['course-of-action', 'relationship', 'grouping'] as const) {
      expect(objectsOf(bundle, type)[0]?.modified).toBe(`2024-05-01T${time}Z`)
    }
  })
})

describe('the description of a capability', () => {
  it.each([
    [{ name: 'Account Management' }, 'Account Management is AC-2 of NIST 800-53 rev5.'],
    [{ name: 'Account Management', description: 'Manage them.' }, 'Manage them.\n\nAccount Management is AC-2 of NIST 800-53 rev5.'],
    [{ name: 'Manage accounts.' }, 'Manage accounts.\n\nAC-2 is an entry of NIST 800-53 rev5.'],
    [{ name: 'Account\nManagement' }, 'Account\nManagement\n\nAC-2 is an entry of NIST 800-53 rev5.'],
    [{}, 'AC-2 is an entry of NIST 800-53 rev5.'],
  ])('of %j is %s', async (stated, description) => {
    const set = createSet({ rows: [mapped('AC-2', 'T1190')], framework: { id: 'nist_800_53', name: 'NIST 800-53', version: 'rev5' } })
    const capabilities = new Map([['AC-2', { id: 'AC-2', groups: [], ...stated }]])
    const { bundle } = await buildTestBundle({ ...set, capabilities })
    expect(objectsOf(bundle, 'course-of-action')[0]?.description).toBe(description)
  })
})

describe('the author', () => {
  it.each([
    [
      { organization: 'Org', name: 'A. Author', contact: 'a@example.org' },
      { name: 'Org', identity_class: 'organization', contact_information: 'a@example.org' },
    ],
    [{ name: 'A. Author' }, { name: 'A. Author', identity_class: 'unknown' }],
    [{}, { name: 'Crosswalk', identity_class: 'organization' }],
  ])('of %j is %j', async (about, identity) => {
    const { bundle } = await buildTestBundle(createSet({ rows: [mapped('AC-2', 'T1190')], about }))
    const [grouping] = objectsOf(bundle, 'grouping')
    expect(bundle.objects.find(({ id }) => id === grouping?.created_by_ref)).toMatchObject(identity)
  })
})
