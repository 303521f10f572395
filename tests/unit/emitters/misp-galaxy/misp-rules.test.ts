import { describe, expect, it } from 'vitest'
import { buildTestGalaxy } from '../../../support/build-test-galaxy.js'
import { mispClusterFaults, mispGalaxyFaults } from '../../../support/misp-rules.js'
import { sampleSet } from '../../../support/sample-sets.js'

describe('galaxy and clusters', () => {
  it('keep to what MISP\'s own schemas ask for', async () => {
    const { clusters, galaxy } = await buildTestGalaxy(sampleSet())
    expect([...mispGalaxyFaults(galaxy), ...mispClusterFaults(clusters)]).toEqual([])
  })

  it('are told apart from those that do not', async () => {
    const { clusters, galaxy } = await buildTestGalaxy(sampleSet())
    const { name: _name, ...nameless } = galaxy
    expect(mispGalaxyFaults({ ...nameless, version: '1', more: true })).toEqual(['galaxy: name is missing', 'galaxy: version', 'galaxy: more'])
    const values = clusters.values.slice(0, 1).map((cluster) => ({ ...cluster, related: [{ 'dest-uuid': 1 }], meta: { refs: ['a', 'a'], mine: 1 } }))
    expect(mispClusterFaults({ ...clusters, values: [...values, ...values] })).toEqual([
      'values stand twice', ...[0, 1].flatMap((nth) => [`values/${nth}/related: dest-uuid`, `values/${nth}/meta: refs`]),
    ])
  })
})
