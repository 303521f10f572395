import { describe, expect, it } from 'vitest'
import { buildTestGalaxy } from '../../support/build-test-galaxy.js'
import { sampleSet } from '../../support/sample-sets.js'
import { loadAttackIndex } from '../../../src/attack/load-attack.js'
import { validateFile, validateValue } from './validate-file.js'

const { clusters, galaxy } = await buildTestGalaxy(sampleSet(), { attack: await loadAttackIndex() })
const [first, second] = clusters.values
const related = first?.related ?? []

describe('a MISP galaxy of ours', () => {
  it('passes as it is written', async () => {
    expect(await validateValue(clusters)).toEqual({ kind: 'misp-clusters', found: [] })
    expect(await validateValue(galaxy)).toEqual({ kind: 'misp-galaxy', found: [] })
  })

  it.each([
    ['a schema fault', { ...galaxy, version: 0 }, 'misp-galaxy', ['verify/schema /version']],
    ['a name twice', { ...clusters, values: [first, { ...second, value: first?.value.toUpperCase() }] }, 'misp-clusters', ['verify/meaning /values/1/value']],
    ['a uuid twice', { ...clusters, values: [first, { ...second, uuid: first?.uuid }] }, 'misp-clusters', ['verify/meaning /values/1/uuid']],
    ['a relation twice', { ...clusters, values: [{ ...first, related: [related[0], { ...related[0], tags: ['crosswalk:score="x"'] }] }] },
      'misp-clusters', ['verify/meaning /values/0/related/1']],
    ['a relation to what is no technique', { ...clusters, values: [{ ...first, related: [{ ...related[0], 'dest-uuid': galaxy.uuid }] }] },
      'misp-clusters', ['verify/doubtful /values/0/related/0/dest-uuid']],
  ])('is found to have %s', async (_what, value, kind, found) => {
    expect(await validateValue(value)).toEqual({ kind, found })
  })

  it('is known by its type, whatever else it lacks, in JSON alone', async () => {
    const { icon: _icon, ...incomplete } = galaxy
    expect(await validateValue(incomplete)).toEqual({ kind: 'misp-galaxy', found: ['verify/schema '] })
    expect((await validateFile(`type: ${galaxy.type}\nuuid: ${galaxy.uuid}\n`, 'galaxy.yaml')).kind).toBeUndefined()
  })

  it('of somebody else is a document that is read, and not validated by our schema', async () => {
    expect((await validateValue({ ...galaxy, type: 'mitre-attack-pattern' })).kind).toBe('mapping-document')
  })
})
