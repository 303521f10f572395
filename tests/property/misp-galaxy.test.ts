import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { schemaErrors } from '../../src/schemas/schema-errors.js'
import { arbitrarySet } from '../support/arbitrary-set.js'
import { buildTestGalaxy } from '../support/build-test-galaxy.js'

it('any set makes a galaxy that passes its schemas, with every capability once, and no uuid, name or relation twice', async () => {
  await fc.assert(fc.asyncProperty(fc.array(arbitrarySet, { minLength: 1, maxLength: 2 }), async (sets) => {
    const { clusters, galaxy } = await buildTestGalaxy(sets)
    expect(await schemaErrors('misp-clusters', clusters)).toEqual([])
    expect(await schemaErrors('misp-galaxy', galaxy)).toEqual([])
    const capabilities = new Set(sets.flatMap(({ framework, capabilities: listed }) =>
      Array.from(listed.keys(), (id) => JSON.stringify([framework.id, framework.version, id]))))
    const { values } = clusters
    expect(values).toHaveLength(capabilities.size)
    expect(new Set(values.map(({ uuid }) => uuid)).size).toBe(values.length)
    expect(new Set(values.map(({ value }) => value.toLowerCase())).size).toBe(values.length)
    for (const { related = [] } of values) {
      expect(new Set(related.map((relation) => `${relation.type} ${relation['dest-uuid']}`)).size).toBe(related.length)
    }
  }), { seed: 20_240_615, numRuns: 300 })
}, 60_000)
