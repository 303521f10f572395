import { describe, expect, it } from 'vitest'
import { schemaErrors, type SchemaId } from '../../../../src/schemas/schema-errors.js'
import { buildTestGalaxy } from '../../../support/build-test-galaxy.js'
import { sampleSet } from '../../../support/sample-sets.js'

const { clusters, galaxy } = await buildTestGalaxy(sampleSet())
const [first] = clusters.values
const relation = first?.related?.[0]

async function placesOf(schema: SchemaId, value: unknown): Promise<readonly string[]> {
  return [...new Set((await schemaErrors(schema, value)).map(({ instancePath }) => instancePath))]
}

function withCluster(change: object): object {
  return { ...clusters, values: [{ ...first, ...change }] }
}

function withRelation(change: object): object {
  return withCluster({ related: [{ ...relation, ...change }] })
}

describe('the schema of galaxies', () => {
  it.each([
    ['no name', { ...galaxy, name: '' }, '/name'],
    ['a property that MISP does not know', { ...galaxy, size: 1 }, ''],
    ['a version of text', { ...galaxy, version: '20241211' }, '/version'],
    ['a version beyond the column', { ...galaxy, version: 2 ** 31 }, '/version'],
    ['a type that is not ours', { ...galaxy, type: 'mitre-attack-pattern' }, '/type'],
    ['a type that ends a tag', { ...galaxy, type: 'crosswalk-a"b' }, '/type'],
    ['a random uuid', { ...galaxy, uuid: 'b6782a78-838e-4563-8b98-da91b09d2912' }, '/uuid'],
    ['a control character', { ...galaxy, description: 'a\u0000b' }, '/description'],
  ])('refuses %s', async (_what, value, place) => {
    expect(await placesOf('misp-galaxy', value)).toEqual([place])
  })
})

describe('the schema of clusters', () => {
  it.each([
    ['no author', { ...clusters, authors: [] }, '/authors'],
    ['an unknown category', { ...clusters, category: 'tool' }, '/category'],
    ['a list in a list', withCluster({ meta: { ...first?.meta, scores: [['partial']] } }), '/values/0/meta/scores/0'],
    ['an empty list', withCluster({ meta: { ...first?.meta, scores: [] } }), '/values/0/meta/scores'],
    ['an entry twice', withCluster({ meta: { ...first?.meta, scores: ['a', 'a'] } }), '/values/0/meta/scores'],
    ['a reference that is no address', withCluster({ meta: { ...first?.meta, refs: ['see page 3'] } }), '/values/0/meta/refs/0'],
    ['meta of our own making', withCluster({ meta: { ...first?.meta, kill_chain: ['a:b'] } }), '/values/0/meta'],
    ['a name that ends its tag', withCluster({ value: 'a"b' }), '/values/0/value'],
    ['a name that is too long for a tag', withCluster({ value: 'a'.repeat(121) }), '/values/0/value'],
    ['a text that is too long for the column', withCluster({ description: 'a'.repeat(16_001) }), '/values/0/description'],
    ['no relations', withCluster({ related: [] }), '/values/0/related'],
    ['a STIX id for a uuid', withRelation({ 'dest-uuid': 'attack-pattern--x' }), '/values/0/related/0/dest-uuid'],
    ['a relation that MISP has no word for', withRelation({ type: 'targeted-by' }), '/values/0/related/0/type'],
    ['a tag that is no machine tag', withRelation({ tags: ['partial'] }), '/values/0/related/0/tags/0'],
  ])('refuses %s', async (_what, value, place) => {
    expect(await placesOf('misp-clusters', value)).toEqual([place])
  })
})
