import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { loadAttackIndex } from '../../src/attack/load-attack.js'
import { stixProfiles, type StixProfile } from '../../src/emitters/stix/profiles.js'
import { stixOptions } from '../../src/emitters/stix/stix.js'
import type { Bundle } from '../../src/emitters/stix/stix-object.js'
import type { MappedRow } from '../../src/model/mapping.js'
import { schemaErrors } from '../../src/schemas/schema-errors.js'
import { buildTestBundle } from '../support/build-test-bundle.js'
import { duplicateTriples, unresolvedReferences } from '../support/bundle-references.js'
import { loadOasisSchemas } from '../support/oasis-stix.js'
import { readSharedSets } from '../support/read-shared-sets.js'
import { readStixExtension } from '../support/read-stix-extension.js'
import { shared, sharedFolder } from '../support/shared.js'

const files = sharedFolder === undefined ? [] : readdirSync(shared('mappings')).filter((name) => name.endsWith('.json'))

describe.skipIf(sharedFolder === undefined)('the published mapping files as STIX', async () => {
  const attack = await loadAttackIndex()
  const oasisErrors = sharedFolder === undefined ? () => [] : loadOasisSchemas()

  it.each(files)('%s', async (file) => {
    const sets = await readSharedSets(file, attack)
    const rows = sets.flatMap(({ mappings }) => mappings)
    const official = new Set(rows.flatMap((row) => (row.kind === 'mapped' ? officialIds(row) : [])))
    const capabilities = sets.reduce((sum, set) => sum + set.capabilities.size, 0)
    for (const id of stixOptions['stix-profile'].values) {
      const profile: StixProfile = stixProfiles[id]
      const { bundle } = await buildTestBundle(sets, { 'stix-profile': id }, attack)
      expect(await schemaErrors('stix-bundle', bundle)).toEqual([])
      expect(bundle.objects.flatMap((object) => oasisErrors(object).map((error) => `${object.id} ${error}`))).toEqual([])
      expect(duplicateTriples(bundle)).toEqual([])
      expect(new Set(bundle.objects.map((object) => object.id)).size).toBe(bundle.objects.length)
      // Only what ATT&CK has may be missing, and only where the profile leaves it to the platform.
      const present = profile.techniques === 'referenced' ? official : new Set()
      expect(unresolvedReferences(bundle).filter((reference) => !present.has(reference))).toEqual([])
      // No stub, so that every technique has its official id: these files name no technique that ATT&CK never had.
      expect(ownObjects(bundle, official)).toHaveLength(capabilities)
      expect(profile.extension ? readStixExtension(bundle) : sets).toStrictEqual(sets)
    }
  }, 60_000)

  function officialIds({ technique }: MappedRow): readonly string[] {
    return attack.history(technique.id).map((entry) => entry.technique.stixId)
  }
})

/** Capabilities, and techniques under ids of our own if there were any. */
function ownObjects({ objects }: Bundle, official: ReadonlySet<string>): readonly unknown[] {
  const types = new Set(['course-of-action', 'attack-pattern', 'vulnerability', 'infrastructure'])
  return objects.filter(({ type, id }) => types.has(type) && !official.has(id))
}
