import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stixOptions } from '../../src/emitters/stix/stix.js'
import { stixProfiles } from '../../src/emitters/stix/profiles.js'
import type { ResolvedSet } from '../../src/model/mapping-set.js'
import { schemaErrors } from '../../src/schemas/schema-errors.js'
import { hostileSet, hostileTexts } from '../contract/emitter-sets.js'
import { arbitrarySet } from '../support/arbitrary-set.js'
import { buildTestBundle } from '../support/build-test-bundle.js'
import { duplicateTriples, unresolvedReferences } from '../support/bundle-references.js'
import { loadOasisSchemas } from '../support/oasis-stix.js'
import { readStixExtension } from '../support/read-stix-extension.js'
import { sharedFolder } from '../support/shared.js'

describe('any mapping set as STIX', () => {
  const oasisErrors = sharedFolder === undefined ? () => [] : loadOasisSchemas()
  const profile = fc.constantFrom(...stixOptions['stix-profile'].values)

  it('makes a valid bundle whose references resolve, whatever its text', async () => {
    await fc.assert(fc.asyncProperty(arbitrarySet, profile, async (set, id) => {
      const { bundle } = await buildTestBundle(set, { 'stix-profile': id })
      expect(await schemaErrors('stix-bundle', bundle)).toEqual([])
      expect(bundle.objects.flatMap((object) => oasisErrors(object))).toEqual([])
      expect(duplicateTriples(bundle)).toEqual([])
      expect(new Set(bundle.objects.map((object) => object.id)).size).toBe(bundle.objects.length)
      expect(stixProfiles[id].techniques === 'embedded' ? unresolvedReferences(bundle) : []).toEqual([])
    }), { numRuns: 300 })
  })

  it.each(Object.entries(hostileTexts))('makes a valid bundle of %s, in every profile', async (_name, hostile) => {
    for (const id of stixOptions['stix-profile'].values) {
      const { bundle } = await buildTestBundle(hostileSet(hostile), { 'stix-profile': id })
      expect([id, bundle.objects.flatMap((object) => oasisErrors(object))]).toEqual([id, []])
    }
  })

  it('is read back the same', async () => {
    await fc.assert(fc.asyncProperty(arbitrarySet, fc.constantFrom('tip' as const, 'spec' as const), async (set, id) => {
      const [read] = readStixExtension((await buildTestBundle(set, { 'stix-profile': id })).bundle)
      expect(read).toStrictEqual(set)
      // Equality of maps does not tell their order.
      expect(read && orders(read)).toEqual(orders(set))
    }), { numRuns: 300 })
  })

  it('is read back the same when several share a bundle', async () => {
    await fc.assert(fc.asyncProperty(fc.array(arbitrarySet, { minLength: 1, maxLength: 3 }), async (sets) => {
      const { bundle } = await buildTestBundle(sets)
      expect(await schemaErrors('stix-bundle', bundle)).toEqual([])
      expect(unresolvedReferences(bundle)).toEqual([])
      expect(readStixExtension(bundle)).toStrictEqual(sets)
    }), { numRuns: 200 })
  })
})

function orders({ relations, groups, capabilities }: ResolvedSet): readonly (readonly string[])[] {
  return [relations, groups, capabilities].map((map) => Array.from(map.keys()))
}
