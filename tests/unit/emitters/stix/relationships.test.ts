import { describe, expect, it } from 'vitest'
import { buildTestBundle } from '../../../support/build-test-bundle.js'
import { objectsOf, rowCount, typeOf } from '../../../support/bundle-objects.js'
import { duplicateTriples } from '../../../support/bundle-references.js'
import { sampleSet } from '../../../support/sample-sets.js'
import { createSet, mapped } from '../../../support/small-set.js'

describe('relationships', () => {
  it('are one per type and pair, and carry every row', async () => {
    const rows = [
      mapped('aws_x', 'T1190', { score: { category: 'protect', value: 'partial' } }),
      mapped('aws_x', 'T1190', { score: { category: 'detect', value: 'minimal' }, comments: 'Sees it.' }),
      mapped('aws_x', 'T1190', { score: { category: 'respond', value: 'significant' }, references: ['https://example.org/a'] }),
      mapped('aws_x', 'T1190', { score: { category: 'protect', value: 'partial' } }),
      mapped('aws_x', 'T1190'),
    ]
    const { bundle } = await buildTestBundle(createSet({ rows, framework: { id: 'aws', name: 'AWS' } }))
    const relationships = objectsOf(bundle, 'relationship')
    expect(relationships.map((one) => [one.relationship_type, rowCount(one)])).toEqual([['mitigates', 3], ['related-to', 2]])
    expect(duplicateTriples(bundle)).toEqual([])
    expect(relationships[1]).toMatchObject({
      description: 'Score: detect minimal.\n\nSees it.\n\nScore: respond significant.\n\nReferences:\n- https://example.org/a',
      labels: ['score:minimal', 'category:detect', 'score:significant', 'category:respond'],
    })
  })

  it('run from the technique to the vulnerability that it exploits, and back for impacts', async () => {
    const relations = ['exploitation_technique', 'primary_impact', 'secondary_impact']
    const rows = relations.map((relation) => mapped('CVE-2021-44228', 'T1190', { relation }))
    const { bundle } = await buildTestBundle(createSet({ rows, framework: { id: 'kev', name: 'KEV' } }))
    const found = objectsOf(bundle, 'relationship')
    expect(found.map((one) => [typeOf(one.source_ref), one.relationship_type, typeOf(one.target_ref), rowCount(one)])).toEqual([
      ['attack-pattern', 'targets', 'vulnerability', 1],
      ['vulnerability', 'related-to', 'attack-pattern', 2],
    ])
    expect(objectsOf(bundle, 'vulnerability')[0]).toMatchObject({
      name: 'CVE-2021-44228',
      external_references: [{ source_name: 'cve', external_id: 'CVE-2021-44228' }],
    })
  })

  it('of VERIS come from an attack pattern of another name that no platform takes for a technique', async () => {
    const rows = [mapped('action.hacking.variety.DoS', 'T1190')]
    const { bundle } = await buildTestBundle(createSet({ rows, framework: { id: 'veris', name: 'VERIS', version: '1.3.7' } }))
    const own = objectsOf(bundle, 'attack-pattern').filter(({ name }) => name.startsWith('VERIS: '))
    expect(own).toMatchObject([
      {
        name: 'VERIS: action.hacking.variety.DoS',
        external_references: [{ source_name: 'veris', external_id: 'action.hacking.variety.DoS' }],
      },
    ])
  })

  it('of a framework that nobody knows are those of a control', async () => {
    const { bundle } = await buildTestBundle(createSet({ rows: [mapped('X-1', 'T1190', { score: { category: 'detect' } })] }))
    const [relationship] = objectsOf(bundle, 'relationship')
    expect(relationship?.relationship_type).toBe('mitigates')
    expect(relationship?.source_ref).toMatch(/^course-of-action--/)
  })
})

describe('capabilities', () => {
  it('without a technique stand alone, labelled, with their rows', async () => {
    const { bundle } = await buildTestBundle(sampleSet())
    const object = objectsOf(bundle, 'course-of-action').find(({ name }) => name === 'AWS Artifact')
    expect(object?.labels).toEqual(['framework:aws', 'group:aws_artifact', 'non-mappable'])
    expect(object?.description).toContain('Gives access to reports only.')
  })

  it('have names of their own, regardless of case', async () => {
    const names = [
      ['AC-2', 'Account Management'], ['a_b', 'Same'], ['a-b', 'same'], ['x_y', 'Example Thing'], ['z_(z)', 'Z (Z)'], ['Z', 'Z'],
    ] as const
    const rows = names.map(([id, description]) => mapped(id, 'T1190', { capability: { id, description } }))
    const { bundle } = await buildTestBundle(createSet({ rows }))
    expect(objectsOf(bundle, 'course-of-action').map(({ name }) => name)).toEqual([
      'AC-2 Account Management', 'Example: Same (a_b)', 'Example: same (a-b)', 'Example Thing', 'Example: Z (Z)', 'Z',
    ])
  })

  it.each(['mitre-attack', 'capec', 'cve', 'MITRE'])('of a framework called %s are not taken for something else', async (id) => {
    const { bundle } = await buildTestBundle(createSet({ rows: [mapped('X-1', 'T1190')], framework: { id, name: id } }))
    const [relationship] = objectsOf(bundle, 'relationship')
    const own = bundle.objects.find((object) => object.id === relationship?.source_ref)
    expect(own).toMatchObject({ external_references: [{ source_name: `framework-${id}`, external_id: 'X-1' }] })
  })
})
