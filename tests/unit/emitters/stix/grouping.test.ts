import { describe, expect, it } from 'vitest'
import { schemaErrors } from '../../../../src/schemas/schema-errors.js'
import { buildTestBundle } from '../../../support/build-test-bundle.js'
import { objectsOf } from '../../../support/bundle-objects.js'
import { unresolvedReferences } from '../../../support/bundle-references.js'
import { sampleSet } from '../../../support/sample-sets.js'
import { createSet, mapped } from '../../../support/small-set.js'

describe('the grouping', () => {
  it('has a distinct name if several sets have the same releases, because OpenCTI merges by name and date', async () => {
    const { bundle } = await buildTestBundle(['A', 'B', 'C'].map((id) => createSet({ rows: [mapped(id, 'T1190')] })))
    const [first, ...others] = objectsOf(bundle, 'grouping').map(({ name }) => name)
    expect(first).toMatch(/ to ATT&CK 16\.1 \(enterprise\)$/)
    expect(others).toEqual([`${first}, set 2`, `${first}, set 3`])
  })

  it('can be left out, which reports what only groupings contain', async () => {
    const { bundle, log } = await buildTestBundle(sampleSet(), { 'stix-grouping': false })
    const whole = await buildTestBundle(sampleSet())
    expect(bundle.objects).toEqual(whole.bundle.objects.filter(({ type }) => type !== 'grouping'))
    expect(await schemaErrors('stix-bundle', bundle)).toEqual([])
    expect(unresolvedReferences(bundle)).toEqual([])
    expect(log.entries.map(({ code, message, count }) => `${code} ${count}: ${message}`)).toEqual([
      'emit/not-representable 1: Without groupings, STIX cannot represent the ATT&CK release, dates, author and other metadata of sets',
      'emit/not-representable 5: Without groupings, STIX cannot represent the order and places of rows',
      'emit/not-representable 1: Without groupings, STIX cannot represent techniques without a capability',
    ])
  })

  it('can be left out of the profile opencti, which reports what is lost in addition', async () => {
    const { bundle, log } = await buildTestBundle(sampleSet(), { 'stix-profile': 'opencti', 'stix-grouping': false })
    expect(objectsOf(bundle, 'grouping')).toEqual([])
    expect(log.entries.map(({ count }) => count)).toEqual([5, 1, 1])
  })

  it('is never written in the profile mapex', async () => {
    const { bundle, log } = await buildTestBundle(sampleSet(), { 'stix-profile': 'mapex', 'stix-grouping': false })
    expect(objectsOf(bundle, 'grouping')).toEqual([])
    expect(log.entries.filter(({ message }) => message.startsWith('Without groupings'))).toEqual([])
  })
})
