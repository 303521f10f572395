import { describe, expect, it } from 'vitest'
import { loadAttackIndex } from '../../../../src/attack/load-attack.js'
import type { ResolvedSet } from '../../../../src/model/mapping-set.js'
import { fakeAttackIndex } from '../../../support/fake-attack-index.js'
import { sampleSet } from '../../../support/sample-sets.js'
import { emit } from './emit.js'

/** The sample with a second mapping type, twice, and a versioning scheme. */
function fullSet(): ResolvedSet {
  const set = sampleSet()
  const mappings = set.mappings.map((mapping, index) => (index === 1 || index === 2 ? { ...mapping, relation: 'other' } : mapping))
  return { ...set, about: { ...set.about, versionSchema: 'YYYY-MM-DD' }, mappings }
}

const divider = { divider: true }

describe('the metadata of a layer', () => {
  it('has the facts of the set, the rows shown, then the documents', async () => {
    const { layer } = await emit(fullSet(), { 'layer-score': 'best' })
    expect(layer.metadata).toEqual([
      { name: 'Framework', value: 'AWS (aws)' },
      { name: 'Framework version', value: '12/12/2024' },
      { name: 'ATT&CK', value: 'Enterprise 16.1' },
      { name: 'Mapping version', value: '1' },
      { name: 'Author', value: 'A. Author' },
      { name: 'Organization', value: 'Example' },
      { name: 'Contact', value: 'author@example.org' },
      { name: 'Created', value: '2021-09-21' },
      { name: 'Modified', value: '2024-12-11' },
      { name: 'Version schema', value: 'YYYY-MM-DD' },
      divider,
      { name: 'Rows shown', value: '3 of 5' },
      { name: 'Techniques shown', value: '2' },
      { name: 'Mapping types', value: 'other (2), Technique Scores (1)' },
      { name: 'Unmapped capabilities', value: '1' },
      { name: 'Unmapped techniques', value: '1' },
      divider,
      { name: 'Source', value: 'sample.txt (5 rows, sha256 aaaaaaaaaaaa)' },
      { name: 'Made by', value: 'attack-crosswalk 0.0.0' },
    ])
  })

  it('leaves out what nothing states', async () => {
    const set = fullSet()
    const mappings = set.mappings.filter(({ kind }) => kind === 'mapped').map(({ relation: _relation, ...mapping }) => mapping)
    const { layer } = await emit({ ...set, about: {}, framework: { id: 'aws', name: 'AWS' }, mappings })
    expect(layer.metadata.flatMap((item) => ('name' in item ? [item.name] : []))).toEqual([
      'Framework', 'ATT&CK', 'Rows shown', 'Techniques shown', 'Source', 'Made by',
    ])
  })

  it('counts techniques without a score', async () => {
    const set = fullSet()
    const mappings = set.mappings.map((mapping, index) => (index === 2 ? { ...mapping, score: { value: 'enormous' } } : mapping))
    const { layer } = await emit({ ...set, mappings }, { 'layer-score': 'best' })
    expect(layer.metadata).toContainEqual({ name: 'Techniques without a score', value: '1' })
  })

  it('counts rows whose technique only a newer release may have', async () => {
    const set = fullSet()
    const mappings = set.mappings.map((mapping, index) => (mapping.kind === 'mapped' && index < 2 ? { ...mapping, technique: { id: 'T1999' } } : mapping))
    const { layer } = await emit({ ...set, attack: { domain: 'enterprise', version: '99.0' }, mappings }, {}, await loadAttackIndex())
    expect(layer.metadata).toContainEqual({ name: 'Rows whose technique is not in the index', value: '2 (1 technique)' })
  })

  it('names fifty documents, and counts the others', async () => {
    const set = fullSet()
    const [source] = set.sources
    const sources = Array.from({ length: 52 }, (_, index) => ({ sha256: '', parser: '', rows: 1, ...source, name: `d${index + 1}` }))
    const namesOf = async (count: number): Promise<readonly string[]> => {
      const { layer } = await emit({ ...set, sources: sources.slice(0, count) })
      return layer.metadata.flatMap((item) => ('name' in item && item.name === 'Source' ? [item.value.split(' (')[0] ?? ''] : []))
    }
    expect((await namesOf(50)).slice(-2)).toEqual(['d49', 'd50'])
    expect((await namesOf(51)).slice(-2)).toEqual(['d50', '1 more document'])
    expect((await namesOf(52)).slice(-2)).toEqual(['d50', '2 more documents'])
  })

  it('shortens a long value, and reports it', async () => {
    const set = fullSet()
    const { layer, said } = await emit({ ...set, about: { ...set.about, contact: 'x'.repeat(501) } })
    const contact = layer.metadata.find((item) => 'name' in item && item.name === 'Contact')
    expect(contact).toMatchObject({ value: expect.stringMatching(/^x{490,}…$/) })
    expect(said.map(({ message }) => message)).toContain('Navigator layer: 1 text in names and metadata shortened')
  })
})

describe('the date of a layer', () => {
  it.each([
    [{ created: '2021-09-21', modified: '2024-12-11' }, 'Mappings as of 2024-12-11.'],
    [{ created: '2021-09-21' }, 'Mappings as of 2021-09-21.'],
    [{}, 'A score is the number of capabilities mapped to the technique.'],
  ])('of %j is in its description', async (about, end) => {
    const { layer } = await emit({ ...sampleSet(), about }, {}, fakeAttackIndex())
    expect(layer.description).toContain('AWS 12/12/2024 to ATT&CK Enterprise 16.1: 3 mappings of 2 capabilities to 2 techniques. ')
    expect(layer.description.endsWith(end)).toBe(true)
  })
})
