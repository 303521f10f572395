import { describe, expect, it } from 'vitest'
import type { ResolvedSet } from '../../../../src/model/mapping-set.js'
import { buildTestGalaxy } from '../../../support/build-test-galaxy.js'
import { sampleSet } from '../../../support/sample-sets.js'
import { emptySet } from '../../../contract/emitter-sets.js'

function dated(about: ResolvedSet['about']): ResolvedSet {
  return { ...sampleSet(), about }
}

async function uuidsOf(set: ResolvedSet, baseName?: string): Promise<readonly string[]> {
  const { clusters, galaxy } = await buildTestGalaxy(set, baseName === undefined ? {} : { baseName })
  return [galaxy.uuid, clusters.uuid, ...clusters.values.map(({ uuid }) => uuid)]
}

describe('the two files', () => {
  it('share the type, which names the mapping set, and differ in name and uuid', async () => {
    const { clusters, galaxy, names } = await buildTestGalaxy(sampleSet())
    const base = 'aws-12.12.2024_attack-16.1-enterprise'
    expect(names).toEqual([`${base}.clusters.misp.json`, `${base}.galaxy.misp.json`])
    expect([clusters.type, galaxy.type]).toEqual([`crosswalk-${base}`, `crosswalk-${base}`])
    expect(clusters.uuid).not.toBe(galaxy.uuid)
    expect(clusters.name).toBe('AWS 12/12/2024 and Enterprise ATT&CK 16.1')
  })

  it('say what they hold, and who made it of what', async () => {
    const { clusters, galaxy } = await buildTestGalaxy(sampleSet())
    expect(galaxy.description).toBe([
      'AWS 12/12/2024 and Enterprise ATT&CK 16.1. Mapping version 1, created 2021-09-21, last updated 2024-12-11.',
      '3 mappings of 2 capabilities to 2 techniques; 1 row without a technique; 1 row without a capability, which make no cluster.',
    ].join('\n'))
    expect([clusters.authors, clusters.source, clusters.category, galaxy.icon])
      .toEqual([['Example', 'A. Author'], 'sample.txt', 'course-of-action', 'shield-alt'])
  })

  it('are written with sorted keys and two spaces, as MISP\'s repository wants it', async () => {
    const { texts } = await buildTestGalaxy(sampleSet())
    for (const text of texts) {
      const keys = Object.keys(JSON.parse(text))
      expect(keys).toEqual(keys.toSorted())
      expect(text).toMatch(/^\{\n {2}"/)
      expect(text.endsWith('}\n')).toBe(true)
    }
  })

  it('keep ids when a comment changes, and name the same capability otherwise in another galaxy', async () => {
    const set = sampleSet()
    const edited = { ...set, mappings: set.mappings.map((row) => ({ ...row, comments: 'edited' })) }
    expect(await uuidsOf(edited)).toEqual(await uuidsOf(set))
    const other = await uuidsOf(set, 'aws-12.12.2024_attack-17.1-enterprise')
    expect(new Set(other).size).toBe(5)
    expect((await uuidsOf(set)).some((uuid) => other.includes(uuid))).toBe(false)
  })

  it('have a type that fits a tag however long the base name is', async () => {
    const [first, second] = await Promise.all(['a', 'b'].map((end) => buildTestGalaxy(sampleSet(), { baseName: `${'x'.repeat(160)}${end}` })))
    expect(first?.galaxy.type.length).toBe(100)
    expect(first?.galaxy.type).not.toBe(second?.galaxy.type)
  })
})

describe('the version', () => {
  it.each([
    [{ created: '2021-09-21', modified: '2024-12-11' }, undefined, 20241211],
    [{ created: '2021-09-21' }, undefined, 20210921],
    [{}, '2025-01-02', 20250102],
    [{ modified: '2024-02-30' }, undefined, 1],
    [{}, undefined, 1],
  ])('of %j with --created %s is %i', async (about, created, version) => {
    const { clusters, galaxy, log } = await buildTestGalaxy(dated(about), created === undefined ? {} : { created })
    expect([clusters.version, galaxy.version]).toEqual([version, version])
    expect(log.entries.some(({ code, message }) => code === 'emit/left-out' && message.includes('date'))).toBe(version === 1)
  })
})

describe('several sets', () => {
  it('make one galaxy, in which sets of one framework release share their clusters', async () => {
    const later: ResolvedSet = { ...sampleSet(), attack: { domain: 'enterprise', version: '15.1' }, about: { modified: '2025-06-01' } }
    const { clusters, rows } = await buildTestGalaxy([sampleSet(), later], { baseName: 'all' })
    expect(clusters.type).toBe('crosswalk-all')
    expect(clusters.version).toBe(20250601)
    expect(clusters.values).toHaveLength(3)
    expect(clusters.values[0]?.meta.attack).toEqual(['Enterprise ATT&CK 16.1', 'Enterprise ATT&CK 15.1'])
    expect(rows).toBe(8)
  })

  it('of one capability name in two releases are told apart by version', async () => {
    const older: ResolvedSet = { ...sampleSet(), framework: { id: 'aws', name: 'AWS', version: '09/21/2021' } }
    const { clusters } = await buildTestGalaxy([sampleSet(), older])
    const names = clusters.values.map(({ value }) => value)
    expect(new Set(names).size).toBe(6)
    expect(names).toContain('AWS CloudHSM (aws_cloudhsm) (09/21/2021)')
  })

  it('of frameworks of several kinds have no single category', async () => {
    const { clusters } = await buildTestGalaxy([sampleSet(), { ...sampleSet(), framework: { id: 'kev', name: 'KEV' } }])
    expect(clusters.category).toBe('mapping')
  })
})

it('a set without rows makes a galaxy without clusters, of unstated origin', async () => {
  const { clusters, log } = await buildTestGalaxy(emptySet())
  expect([clusters.values, clusters.authors, clusters.source]).toEqual([[], ['Crosswalk'], 'not stated'])
  expect(log.entries.filter(({ code }) => code === 'emit/left-out')).toHaveLength(2)
})
