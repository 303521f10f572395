import { describe, expect, it } from 'vitest'
import { stixBundle } from '../../../../src/parsers/stix-bundle/stix-bundle.js'
import { schemaErrors } from '../../../../src/schemas/schema-errors.js'
import { buildTestBundle } from '../../../support/build-test-bundle.js'
import { objectsOf } from '../../../support/bundle-objects.js'
import { duplicateTriples, unresolvedReferences } from '../../../support/bundle-references.js'
import { readDocument } from '../../../support/read-document.js'
import { sampleSet } from '../../../support/sample-sets.js'
import { createSet, mapped } from '../../../support/small-set.js'

const mapex = { 'stix-profile': 'mapex' } as const
const techniqueId = 'attack-pattern--00000000-0000-4000-8000-000000001190'

describe('profile mapex', () => {
  it('writes capabilities by name alone, mapping types as relationships, and the techniques', async () => {
    const { bundle } = await buildTestBundle(sampleSet(), mapex)
    expect(new Set(bundle.objects.map(({ type }) => type))).toEqual(new Set([
      'marking-definition', 'identity', 'attack-pattern', 'infrastructure', 'relationship',
    ]))
    expect(objectsOf(bundle, 'infrastructure').map(({ name }) => name)).toEqual(['aws_cloudhsm', 'amazon_guardduty', 'aws_artifact'])
    const [object] = objectsOf(bundle, 'infrastructure')
    expect(Object.keys(object ?? {})).toEqual(
      ['type', 'spec_version', 'id', 'created_by_ref', 'created', 'modified', 'name', 'object_marking_refs'],
    )
    const [relationship, ...others] = objectsOf(bundle, 'relationship')
    expect(relationship).toMatchObject({ relationship_type: 'technique-scores', source_ref: object?.id })
    expect(Object.keys(relationship ?? {})).toEqual([
      'type', 'spec_version', 'id', 'created_by_ref', 'created', 'modified', 'relationship_type', 'source_ref', 'target_ref',
      'object_marking_refs',
    ])
    expect(others).toHaveLength(1)
    expect(unresolvedReferences(bundle)).toEqual([])
    expect(await schemaErrors('stix-bundle', bundle)).toEqual([])
  })

  it.each([
    ['technique_scores', 'technique-scores'],
    ['Technique Scores', 'technique-scores'],
    ['related_to', 'related-to'],
    ['Crowdstrike HEED, v2!', 'crowdstrike-heed-v2'],
    ['-__-', 'related-to'],
    ['映射', 'related-to'],
    ['x'.repeat(500), 'x'.repeat(100)],
    [`${'x'.repeat(99)} y`, 'x'.repeat(99)],
  ])('writes the mapping type %s as %s', async (relation, type) => {
    const { bundle } = await buildTestBundle(createSet({ rows: [mapped('AC-2', 'T1190', { relation })] }), mapex)
    expect(objectsOf(bundle, 'relationship').map(({ relationship_type }) => relationship_type)).toEqual([type])
    expect(await schemaErrors('stix-bundle', bundle)).toEqual([])
  })

  it('leads from the vulnerability, with its page, to the technique', async () => {
    const framework = { id: 'kev', name: 'KEV' }
    const rows = [
      mapped('CVE-2021-44228', 'T1190', { relation: 'exploitation_technique', capability: { id: 'CVE-2021-44228', description: 'Log4j' } }),
      mapped('VU-1', 'T1190', { relation: 'primary_impact' }),
    ]
    const { bundle } = await buildTestBundle(createSet({ framework, rows }), mapex)
    expect(objectsOf(bundle, 'vulnerability')).toMatchObject([
      {
        name: 'CVE-2021-44228',
        description: 'Log4j',
        external_references: [
          { source_name: 'cve', external_id: 'CVE-2021-44228', url: 'https://nvd.nist.gov/vuln/detail/CVE-2021-44228' },
        ],
      },
      { name: 'VU-1' },
    ])
    expect(objectsOf(bundle, 'vulnerability')[1]).not.toHaveProperty('external_references')
    expect(objectsOf(bundle, 'relationship').map(({ target_ref }) => target_ref)).toEqual([techniqueId, techniqueId])
    expect(await schemaErrors('stix-bundle', bundle)).toEqual([])
  })

  it('has one relationship for each type, source and target', async () => {
    const rows = [
      mapped('AC-2', 'T1190', { relation: 'mitigates', comments: 'One.' }),
      mapped('AC-2', 'T1190', { relation: 'Mitigates', comments: 'Two.' }),
      mapped('AC-2', 'T1190', { relation: 'detects' }),
    ]
    const { bundle, log } = await buildTestBundle(createSet({ rows, about: { created: '2024-01-01' } }), mapex)
    expect(objectsOf(bundle, 'relationship').map(({ relationship_type }) => relationship_type)).toEqual(['mitigates', 'detects'])
    expect(duplicateTriples(bundle)).toEqual([])
    expect(losses(log.entries)).toEqual({
      'comments': 2,
      'the spelling of mapping types': 1,
      'framework, versions, dates and other metadata of sets': 1,
      'repeated rows with the same capability, technique and mapping type': 1,
    })
  })

  it('reports what it omits, each kind with its count', async () => {
    const { log } = await buildTestBundle(sampleSet(), mapex)
    expect(losses(log.entries)).toEqual({
      'scores': 3,
      'comments': 3,
      'references': 1,
      'groups': 4,
      'status': 2,
      'techniques without a capability': 1,
      'rows of capabilities that map to no technique': 1,
      'framework, versions, dates and other metadata of sets': 1,
      'names and descriptions of capabilities': 3,
      'repeated rows with the same capability, technique and mapping type': 1,
    })
    expect(log.entries.filter(({ code }) => code === 'emit/places-left-out')).toMatchObject([{ count: 5 }])
  })

  it.each([
    ['aws', 'amazon_guardduty', 'technique_scores'],
    ['nist_800_53', 'AC-2', 'mitigates'],
    ['veris', 'action.hacking.variety.DoS', 'related_to'],
    ['kev', 'CVE-2021-44228', 'secondary_impact'],
    ['a_framework_of_mine', 'X-1', 'technique_scores'],
  ])('is read back: %s', async (id, capability, relation) => {
    const set = createSet({ framework: { id, name: id }, rows: [mapped(capability, 'T1190', { relation })] })
    const { text } = await buildTestBundle(set, mapex)
    const { sets: [read] } = await readDocument(stixBundle, text)
    expect(read?.mappings).toMatchObject([{ capability: { id: capability }, technique: { id: 'T1190' }, relation }])
  })
})

function losses(entries: readonly { readonly code: string; readonly message: string; readonly count?: number }[]): Record<string, number> {
  return Object.fromEntries(entries.filter(({ code }) => code === 'emit/not-representable')
    .map(({ message, count = 1 }) => [message.replace('Profile mapex cannot represent ', ''), count]))
}
