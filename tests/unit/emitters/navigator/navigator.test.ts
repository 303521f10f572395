import { describe, expect, it } from 'vitest'
import { findLayerContradictions } from '../../../../src/emitters/navigator/validate-layer.js'
import { navigator } from '../../../../src/emitters/navigator/navigator.js'
import type { MappedRow } from '../../../../src/model/mapping.js'
import { createMappingSet, type ResolvedSet } from '../../../../src/model/mapping-set.js'
import { schemaErrors } from '../../../../src/schemas/schema-errors.js'
import { emitContext } from '../../../support/emit-context.js'
import { fakeAttackIndex } from '../../../support/fake-attack-index.js'
import { originAt, sampleSet } from '../../../support/sample-sets.js'
import { defaults, emit } from './emit.js'

function row(technique: string, capability: string, more: Partial<MappedRow> = {}): MappedRow {
  return { kind: 'mapped', origins: [originAt(1)], technique: { id: technique }, capability: { id: capability }, ...more }
}

function setOf(...mappings: readonly MappedRow[]): ResolvedSet {
  const set = createMappingSet({ framework: { id: 'x', name: 'X' }, mappings, sources: [] })
  return { ...set, attack: { domain: 'enterprise', version: '16.1' } }
}

describe('the default layer', () => {
  it('is of format 4.5, for the major of the release, and satisfies its schema', async () => {
    const { layer, artifact } = await emit(sampleSet())
    expect(layer.versions).toEqual({ attack: '16', navigator: '5.1.0', layer: '4.5' })
    expect(layer.domain).toBe('enterprise-attack')
    expect(layer.name).toBe('AWS 12/12/2024 to ATT&CK Enterprise 16.1')
    expect(layer.description).toBe(
      'AWS 12/12/2024 to ATT&CK Enterprise 16.1: 3 mappings of 2 capabilities to 2 techniques. '
      + 'A score is the number of capabilities mapped to the technique. Mappings as of 2024-12-11.')
    expect(artifact.name).toBe('aws-12.12.2024_attack-16.1-enterprise.layer.json')
    expect(artifact.counts).toEqual({ layers: 1, techniques: 2, rows: 3 })
    expect(await schemaErrors('navigator-layer', artifact.value)).toEqual([])
    expect(JSON.stringify(layer)).not.toContain('filters')
    expect(JSON.stringify(layer)).not.toContain('null')
  })

  it('scores capabilities, not rows, and opens a parent without scoring it', async () => {
    const { layer } = await emit(sampleSet())
    expect(layer.techniques.map(({ techniqueID, score }) => [techniqueID, score])).toEqual([['T1190', 1], ['T1553', undefined], ['T1553.002', 1]])
    expect(layer.techniques[1]).toEqual({ techniqueID: 'T1553', showSubtechniques: true })
  })

  it('opens a parent that has rows of its own in its one entry', async () => {
    const { layer } = await emit(setOf(row('T1553', 'a'), row('T1553.002', 'b')))
    expect(layer.techniques.map(({ techniqueID }) => techniqueID)).toEqual(['T1553', 'T1553.002'])
    expect(layer.techniques[0]).toMatchObject({ score: 1, showSubtechniques: true })
    expect(layer.techniques[1]).not.toHaveProperty('showSubtechniques')
  })

  it('comments by category and value, then gives the comments', async () => {
    const { layer } = await emit(sampleSet())
    expect(layer.techniques.at(-1)?.comment).toBe(
      'Protect partial: AWS CloudHSM\nDetect minimal: AWS CloudHSM\n\nAWS CloudHSM: Keys stay in hardware.\nA second line.')
  })

  it('links to MITRE, then to each web address once, and leaves other citations to the metadata', async () => {
    const references = ['https://example.org/a', ' https://example.org/a', 'javascript:alert(1)', 'see page 3', 'https://example.org/ b']
    const { layer } = await emit(setOf(row('T1190', 'a', { references })))
    expect(layer.techniques[0]?.links).toEqual([
      { label: 'ATT&CK 16.1: T1190', url: 'https://attack.mitre.org/versions/v16/techniques/T1190/' },
      { divider: true },
      { label: 'example.org/a', url: 'https://example.org/a' },
    ])
    expect(layer.techniques[0]?.metadata).toEqual([
      { name: 'mapped', value: 'a' },
      { divider: true },
      { name: 'Reference', value: 'javascript:alert(1)' },
      { name: 'Reference', value: 'see page 3' },
      { name: 'Reference', value: 'https://example.org/ b' },
    ])
  })

  it('counts rows that were left out in its metadata, and lists the sources', async () => {
    const { layer } = await emit(sampleSet())
    expect(layer.metadata).toContainEqual({ name: 'Rows shown', value: '3 of 5' })
    expect(layer.metadata).toContainEqual({ name: 'Unmapped capabilities', value: '1' })
    expect(layer.metadata).toContainEqual({ name: 'Unmapped techniques', value: '1' })
    expect(layer.metadata).toContainEqual({ name: 'Source', value: 'sample.txt (5 rows, sha256 aaaaaaaaaaaa)' })
    expect(layer.metadata).toContainEqual({ name: 'Author', value: 'A. Author' })
  })
})

describe('techniques that Navigator would silently skip', () => {
  const set = setOf(row('T1190', 'a'), row('T1066', 'a'), row('T1108', 'a'), row('T9999', 'a'), row('T9999', 'b'), row('T9999', 'c'), row('x', 'a'))

  it('are left out, and do not stretch the gradient', async () => {
    const { layer, artifact } = await emit(set)
    expect(layer.techniques.map(({ techniqueID }) => techniqueID)).toEqual(['T1190'])
    expect(layer.gradient).toMatchObject({ minValue: 0, maxValue: 1 })
    expect(layer.metadata).toContainEqual({ name: 'Rows left out: unknown techniques', value: '4 (2 techniques)' })
    expect(artifact.counts).toMatchObject({ rows: 1, techniques: 1 })
  })

  it('are reported by kind, with count, ids and the first place', async () => {
    const { said } = await emit(set)
    const withdrawn = said.filter(({ expected }) => expected !== undefined)
    expect(withdrawn.map(({ code, count, found, origin }) => [code, count, found, origin])).toEqual([
      ['emit/not-representable', 4, 'T9999, x', originAt(1)],
      ['emit/not-representable', 1, 'T1066', originAt(1)],
      ['emit/not-representable', 1, 'T1108', originAt(1)],
    ])
  })
})

describe('the release', () => {
  it('is that of the lookup if the documents state none or another one, as noted in the layer', async () => {
    const set = sampleSet()
    const { layer } = await emit({ ...set, attack: { domain: 'enterprise' } }, {}, fakeAttackIndex('18.1'))
    expect(layer.versions.attack).toBe('18')
    expect(layer.metadata).toContainEqual({ name: 'ATT&CK', value: 'Enterprise 18.1 (not stated by the documents)' })
    const other = await emit({ ...set, attack: { domain: 'enterprise', version: '7.0' } }, {}, fakeAttackIndex('18.1'))
    expect(other.layer.metadata).toContainEqual({ name: 'ATT&CK', value: 'Enterprise 18.1 (the documents state 7.0)' })
  })
})

describe('scores', () => {
  const set = setOf(
    row('T1190', 'a', { score: { category: 'protect', value: 'minimal' } }),
    row('T1190', 'a', { score: { category: 'detect', value: 'Significant' } }),
    row('T1190', 'b', { score: { category: 'detect', value: 'partial' } }),
    row('T1553', 'a', { score: { category: 'protect', value: 'partial' } }),
    row('T1583', 'c', { score: { category: 'protect', value: 'enormous' } }),
  )
  const scoresOf = async (how: 'count' | 'best' | 'weighted'): Promise<unknown> =>
    (await emit(set, { 'layer-score': how })).layer.techniques.map(({ score }) => score)

  it('count, best and weighted', async () => {
    expect(await scoresOf('count')).toEqual([2, 1, 1])
    expect(await scoresOf('best')).toEqual([3, 2, undefined])
    expect(await scoresOf('weighted')).toEqual([5, 2, undefined])
  })

  it('best has the same colours in every layer', async () => {
    const { layer, said } = await emit(set, { 'layer-score': 'best' })
    expect(layer.gradient).toMatchObject({ minValue: 1, maxValue: 3 })
    expect(layer.legendItems.map(({ label }) => label)).toEqual(['Minimal (1)', 'Partial (2)', 'Significant (3)'])
    expect(said.filter(({ found }) => found === 'T1583')).toHaveLength(1)
  })

  it('falls back to counting if no row has a value, and reports it', async () => {
    const { layer, said } = await emit(setOf(row('T1190', 'a')), { 'layer-score': 'best' })
    expect(layer.techniques[0]?.score).toBe(1)
    expect(layer.description).toContain('number of capabilities')
    expect(said.map(({ code }) => code)).toContain('emit/left-out')
  })
})

describe('sets of layers', () => {
  it('contain every row in exactly one layer of a list', async () => {
    for (const by of ['group', 'capability', 'score-category', 'relation'] as const) {
      const { artifact, layers } = await emit(sampleSet(), { 'layer-by': by })
      expect(Array.isArray(artifact.value)).toBe(true)
      expect(await schemaErrors('navigator-layer', artifact.value)).toEqual([])
      const shown = layers.map(({ metadata }) => metadata.find((item) => 'name' in item && item.name === 'Rows shown'))
      expect(shown.reduce((sum, item) => sum + (item && 'value' in item ? Number.parseInt(item.value, 10) : 0), 0)).toBe(3)
    }
  })

  it('are named after what they are split by, with a scale of their own set', async () => {
    const { layers } = await emit(setOf(row('T1190', 'a', { group: 'g1' }), row('T1190', 'b'), row('T1190', 'c')), { 'layer-by': 'group' })
    expect(layers.map(({ name }) => name)).toEqual(['X to ATT&CK Enterprise 16.1: g1', 'X to ATT&CK Enterprise 16.1: no group'])
    expect(layers.map(({ gradient }) => [gradient.minValue, gradient.maxValue])).toEqual([[1, 2], [1, 2]])
  })

  it('combine into one list, and report what it loses once for all sets', async () => {
    const context = emitContext()
    const [artifact] = await navigator.emit([sampleSet(), sampleSet()], context, defaults)
    expect(artifact?.value).toHaveLength(2)
    expect(artifact?.counts).toEqual({ layers: 2, techniques: 4, rows: 6 })
    expect(await schemaErrors('navigator-layer', artifact?.value)).toEqual([])
    expect(context.log.entries.map(({ message }) => message)).toContain(
      "Navigator layer: 2 rows without a technique left out (counted in the layer's metadata)")
    expect(new Set(context.log.entries.map(({ message }) => message)).size).toBe(context.log.entries.length)
  })
})

describe('limits', () => {
  const rows = Array.from({ length: 60 }, (_, index) => row('T1190', `c${String(index).padStart(2, '0')}`, {
    group: index < 30 ? 'first' : 'second',
    comments: `Comment ${index}`,
    references: [`https://example.org/${index}`],
  }))

  it('cut metadata and links, and count them in the cell, the layer and a diagnostic', async () => {
    const { layer, said } = await emit(setOf(...rows))
    const [cell] = layer.techniques
    expect(cell?.metadata).toHaveLength(10)
    expect(cell?.metadata?.at(-1)).toEqual({ name: 'Not shown', value: '52 more entries' })
    expect(cell?.links).toHaveLength(12)
    expect(cell?.links?.at(-1)).toMatchObject({ label: 'example.org/9 (50 more not shown)' })
    expect(layer.metadata).toContainEqual({ name: 'Metadata entries not shown', value: '52' })
    expect(layer.metadata).toContainEqual({ name: 'Links not shown', value: '50' })
    expect(said.filter(({ message }) => message.includes('52 metadata entries') || message.includes('50 links') || message.includes('57 comments')))
      .toHaveLength(3)
  })

  it.each([0, -3, 1, 2, 30, 31, 32, 33])('of %i neither lose count nor leave a heading or line at the end', async (limit) => {
    const { layer, artifact } = await emit(setOf(...rows), { 'layer-metadata-limit': limit })
    expect(await schemaErrors('navigator-layer', artifact.value)).toEqual([])
    const metadata = layer.techniques[0]?.metadata ?? []
    expect(metadata.length).toBeLessThanOrEqual(Math.max(limit, 0))
    const shown = metadata.filter((item) => 'name' in item && item.name === 'mapped').length
    expect(metadata.at(-1)).toEqual(limit > 0 ? { name: 'Not shown', value: `${60 - shown} more entries` } : undefined)
    expect(metadata.slice(-2, -1).every((item) => 'name' in item && item.name === 'mapped')).toBe(true)
    expect(layer.metadata).toContainEqual({ name: 'Metadata entries not shown', value: String(60 - shown) })
  })

  it('are not reached by few rows', async () => {
    const { layer, said } = await emit(setOf(...rows.slice(0, 2)))
    expect(layer.techniques[0]?.metadata).toEqual([
      { name: 'Group', value: 'first' }, { name: 'mapped', value: 'c00' }, { name: 'mapped', value: 'c01' }])
    expect(said.map(({ message }) => message)).toEqual([expect.stringContaining('2 rows merged into cells')])
  })
})

it('has a gradient that rises, and entries that are unique, whatever the scores', async () => {
  const { artifact } = await emit(sampleSet())
  expect(findLayerContradictions(artifact.value)).toEqual([])
})
