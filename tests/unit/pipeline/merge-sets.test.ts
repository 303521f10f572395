import { describe, expect, it } from 'vitest'
import { mergeSets } from '../../../src/merge-sets.js'
import { createMappingSet } from '../../../src/model/create-mapping-set.js'
import type { Mapping } from '../../../src/model/mapping.js'
import type { ResolvedSet } from '../../../src/model/mapping-set.js'
import { originAt } from '../../support/sample-sets.js'

function row(document: string, line: number, technique: string, comments?: string): Mapping {
  return {
    kind: 'mapped',
    origins: [originAt(line, document)],
    capability: { id: 'AC-02', description: 'Account Management' },
    technique: { id: technique },
    relation: 'mitigates',
    ...(comments !== undefined && { comments }),
  }
}

function setOf(document: string, mappings: readonly Mapping[], version?: string): ResolvedSet {
  const set = createMappingSet({
    framework: { id: 'nist_800_53', name: 'NIST 800-53', ...(version !== undefined && { version }) },
    mappings,
    sources: [{ name: document, sha256: 'b'.repeat(64), parser: 'text-page', rows: mappings.length }],
  })
  return { ...set, attack: { domain: 'enterprise' } }
}

describe('mergeSets', () => {
  it('counts a row that stands in two documents once, with both places', () => {
    const [merged] = mergeSets([setOf('b.txt', [row('b.txt', 3, 'T1078')]), setOf('a.txt', [row('a.txt', 9, 'T1078')])])
    expect(merged?.mappings).toHaveLength(1)
    expect(merged?.mappings[0]?.origins).toEqual([originAt(9, 'a.txt'), originAt(3, 'b.txt')])
    expect(merged?.sources.map(({ name }) => name)).toEqual(['a.txt', 'b.txt'])
  })

  it('counts a row that stands twice in one document twice, however often it stands in others', () => {
    const twice = setOf('a.txt', [row('a.txt', 1, 'T1078'), row('a.txt', 2, 'T1078')])
    const [merged] = mergeSets([twice, setOf('b.txt', [row('b.txt', 1, 'T1078')])])
    expect(merged?.mappings.map(({ origins }) => origins.length)).toEqual([2, 1])
  })

  it('keeps rows apart that differ in anything', () => {
    const [merged] = mergeSets([setOf('a.txt', [row('a.txt', 1, 'T1078')]), setOf('b.txt', [row('b.txt', 1, 'T1078', 'why')])])
    expect(merged?.mappings).toHaveLength(2)
  })

  it('keeps sets of different versions apart', () => {
    const sets = mergeSets([setOf('a.txt', [row('a.txt', 1, 'T1078')], 'rev4'), setOf('b.txt', [row('b.txt', 1, 'T1078')], 'rev5')])
    expect(sets.map(({ framework }) => framework.version)).toEqual(['rev4', 'rev5'])
  })

  it('gives the same whatever the order of its input', () => {
    const sets = ['a', 'b', 'c'].map((name, index) => setOf(`${name}.txt`, [row(`${name}.txt`, index + 1, `T107${index}`), row(`${name}.txt`, 9, 'T1190')]))
    expect(mergeSets(sets.toReversed())).toEqual(mergeSets(sets))
  })
})
