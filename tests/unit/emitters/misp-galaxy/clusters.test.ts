import { describe, expect, it } from 'vitest'
import { createMappingSet, type ResolvedSet } from '../../../../src/model/mapping-set.js'
import type { Mapping, MappedRow } from '../../../../src/model/mapping.js'
import { buildTestGalaxy, clusterNamed } from '../../../support/build-test-galaxy.js'
import { fakeAttackIndex } from '../../../support/fake-attack-index.js'
import { originAt, sampleSet } from '../../../support/sample-sets.js'

const attack = fakeAttackIndex()
const uuidOf = (id: string): string => attack.release('enterprise', '16.1').technique(id)?.stixId.slice('attack-pattern--'.length) ?? ''

function mapped(id: string, technique: string, more: Partial<MappedRow> = {}): MappedRow {
  return { kind: 'mapped', origins: [originAt(1)], capability: { id }, technique: { id: technique }, ...more }
}

function setOf(framework: ResolvedSet['framework'], mappings: readonly Mapping[]): ResolvedSet {
  return { ...createMappingSet({ framework, mappings, sources: [] }), attack: { domain: 'enterprise', version: '16.1' } }
}

describe('a cluster', () => {
  it('says what the capability is, and what its rows state', async () => {
    expect(clusterNamed(await buildTestGalaxy(sampleSet()), 'AWS CloudHSM')).toMatchObject({
      description: 'AWS CloudHSM\n\naws_cloudhsm of AWS 12/12/2024, group AWS CloudHSM',
      meta: {
        'attack': ['Enterprise ATT&CK 16.1'],
        'comments': ['T1553.002: Keys stay in hardware.\nA second line.'],
        'external_id': 'aws_cloudhsm',
        'framework': 'AWS',
        'framework-version': '12/12/2024',
        'groups': ['AWS CloudHSM'],
        'mapping-types': ['Technique Scores'],
        'mappings': [
          'T1553.002 Code Signing: Technique Scores, protect partial, related score T1553',
          'T1553.002 Code Signing: Technique Scores, detect minimal',
        ],
        'refs': ['https://example.org/cloudhsm', 'https://example.org/keys'],
        'scores': ['protect partial', 'detect minimal'],
        'synonyms': ['aws_cloudhsm'],
      },
    })
  })

  it('points at the uuid of ATT&CK\'s technique, once for each type, with the scores as tags', async () => {
    expect(clusterNamed(await buildTestGalaxy(sampleSet()), 'AWS CloudHSM').related).toEqual([
      { 'dest-uuid': uuidOf('T1553.002'), 'type': 'mitigates', 'tags': ['crosswalk:protect="partial"', 'crosswalk:mapping-type="technique_scores"'] },
      { 'dest-uuid': uuidOf('T1553.002'), 'type': 'related-to', 'tags': ['crosswalk:detect="minimal"', 'crosswalk:mapping-type="technique_scores"'] },
    ])
  })

  it('of a capability that maps to nothing has no relation, and says so', async () => {
    const cluster = clusterNamed(await buildTestGalaxy(sampleSet()), 'AWS Artifact')
    expect(cluster.related).toBeUndefined()
    expect(cluster.meta).toMatchObject({ status: 'non-mappable', mappings: ['no technique: non_mappable'], comments: ['Gives access to reports only.'] })
  })

  it('names the capability\'s object in STIX, under a uuid of its own', async () => {
    const cluster = clusterNamed(await buildTestGalaxy(sampleSet()), 'AWS CloudHSM')
    expect(cluster.meta['stix-id']).toMatch(/^course-of-action--[0-9a-f-]{36}$/)
    expect(cluster.meta['stix-id']).not.toContain(cluster.uuid)
  })
})

describe('relations', () => {
  it('of rows that say the same of one technique are one, with the tags of all', async () => {
    const rows = ['minimal', 'partial', 'minimal'].map((value) => mapped('AC-2', 'T1190', { score: { category: 'protect', value } }))
    const { clusters } = await buildTestGalaxy(setOf({ id: 'nist_800_53', name: 'NIST 800-53' }, rows))
    expect(clusters.values[0]?.related).toEqual([
      { 'dest-uuid': uuidOf('T1190'), 'type': 'mitigates', 'tags': ['crosswalk:protect="minimal"', 'crosswalk:protect="partial"'] },
    ])
  })

  it('of a vulnerability never claim that it targets the technique', async () => {
    const rows = ['exploitation_technique', 'primary_impact'].map((relation) => mapped('CVE-2021-44228', 'T1190', { relation }))
    const { clusters, galaxy } = await buildTestGalaxy(setOf({ id: 'kev', name: 'KEV' }, rows))
    expect([clusters.category, galaxy.icon]).toEqual(['vulnerability', 'bug'])
    expect(clusters.values[0]?.related).toEqual([{
      'dest-uuid': uuidOf('T1190'),
      'type': 'related-to',
      'tags': ['crosswalk:mapping-type="exploitation_technique"', 'crosswalk:mapping-type="primary_impact"'],
    }])
  })

  it.each([
    [{ value: 'partial' }, 'crosswalk:score="partial"'],
    [{ category: 'protect' }, 'crosswalk:score="protect"'],
    [{ category: 'Detect', value: 'minimal' }, 'crosswalk:detect="minimal"'],
    [{ category: 'status', value: 'x' }, 'crosswalk:score="status x"'],
    [{ category: 'a b', value: 'say "yes"' }, 'crosswalk:score="a b say \'yes\'"'],
  ])('carry the score %j as %s', async (score, tag) => {
    const { clusters } = await buildTestGalaxy(setOf({ id: 'x', name: 'X' }, [mapped('c', 'T1190', { score })]))
    expect(clusters.values[0]?.related?.[0]?.tags).toEqual([tag])
  })

  it('to techniques that ATT&CK does not know are left out and reported, but the cluster names them', async () => {
    const { clusters, log, rows } = await buildTestGalaxy(setOf({ id: 'x', name: 'X' }, [mapped('c', 'T9999'), mapped('c', 'T1190')]))
    expect(clusters.values[0]?.related).toHaveLength(1)
    expect(clusters.values[0]?.meta.mappings).toEqual(['T9999', 'T1190 Exploit Public-Facing Application'])
    expect(rows).toBe(1)
    expect(log.entries).toContainEqual(expect.objectContaining({ code: 'emit/not-representable', count: 1, found: 'T9999' }))
  })
})

describe('names', () => {
  it('are unique regardless of case, and fit between the quotation marks of a tag', async () => {
    const rows = ['A-1', 'a-1', 'say "hello"', 'x'.repeat(300), `${'x'.repeat(300)}y`].map((id) => mapped(id, 'T1190'))
    const { clusters, galaxy, log } = await buildTestGalaxy(setOf({ id: 'x', name: 'X' }, rows))
    const values = clusters.values.map(({ value }) => value)
    expect(new Set(values.map((value) => value.toLowerCase())).size).toBe(5)
    expect(values[2]).toBe("say 'hello'")
    for (const value of values) {
      expect(value).not.toContain('"')
      expect(`misp-galaxy:${galaxy.type}="${value}"`.length).toBeLessThanOrEqual(255)
    }
    expect(log.entries.filter(({ code }) => code === 'emit/text-adjusted').length).toBe(2)
  })

  it('of capabilities that share one are told apart by id', async () => {
    const rows = ['k_1', 'k_2'].map((id) => mapped(id, 'T1190', { capability: { id, description: 'Same' } }))
    const { clusters } = await buildTestGalaxy(setOf({ id: 'x', name: 'X' }, rows))
    expect(clusters.values.map(({ value }) => value)).toEqual(['X: Same (k_1)', 'X: Same (k_2)'])
  })
})
