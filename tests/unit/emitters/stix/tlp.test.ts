import { describe, expect, it } from 'vitest'
import { stixOptions } from '../../../../src/emitters/stix/stix.js'
import { schemaErrors } from '../../../../src/schemas/schema-errors.js'
import { buildTestBundle } from '../../../support/build-test-bundle.js'
import { objectsOf } from '../../../support/bundle-objects.js'
import { loadOasisSchemas } from '../../../support/oasis-stix.js'
import { sampleSet } from '../../../support/sample-sets.js'
import { sharedFolder } from '../../../support/shared.js'

const mitre = 'marking-definition--fa42a846-8d90-4e51-bc29-71d5b4802168'

describe('the marking', () => {
  const oasisErrors = sharedFolder === undefined ? () => [] : loadOasisSchemas()
  const versions = stixOptions['tlp-version'].values
  const cases = stixOptions.tlp.values.flatMap((tlp) => versions.map((version) => [tlp, version] as const))

  it.each(cases)('%s of version %s is valid and stands on all that comes from the documents', async (tlp, version) => {
    const { bundle } = await buildTestBundle(sampleSet(), { tlp, 'tlp-version': version })
    expect(await schemaErrors('stix-bundle', bundle)).toEqual([])
    const [marking] = objectsOf(bundle, 'marking-definition')
    expect(oasisErrors({ type: 'marking-definition', ...marking })).toEqual([])
    for (const type of ['course-of-action', 'relationship', 'grouping'] as const) {
      for (const object of objectsOf(bundle, type)) expect(object.object_marking_refs).toEqual([marking?.id])
    }
    for (const technique of objectsOf(bundle, 'attack-pattern')) expect(technique.object_marking_refs).toEqual([mitre])
  })

  it.each([
    ['clear', '1', 'TLP:WHITE', '613f2e26'],
    ['red', '1', 'TLP:RED', '5e57c739'],
    ['white', '2', 'TLP:CLEAR', '94868c89'],
    ['amber', '2', 'TLP:AMBER', '55d920b0'],
    ['amber+strict', '1', 'TLP:AMBER+STRICT', '939a9414'],
  ] as const)('%s of version %s is %s', async (tlp, version, name, id) => {
    const { bundle } = await buildTestBundle(sampleSet(), { tlp, 'tlp-version': version })
    expect(bundle.objects[0]).toMatchObject({ name, id: expect.stringContaining(`marking-definition--${id}`) })
  })
})
