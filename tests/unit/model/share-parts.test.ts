import { describe, expect, it } from 'vitest'
import type { ResolvedSet } from '../../../src/model/mapping-set.js'
import { shareParts } from '../../../src/model/share-parts.js'
import { sampleSet } from '../../support/sample-sets.js'

describe('rows that share what they have in common', () => {
  it('have the same values, in the same order', () => {
    const { mappings } = sampleSet()
    const cell = { document: 'a.xlsx', place: { kind: 'cell', sheet: 'Mappings', cell: 'A1' } } as const
    const rows = [...mappings, ...mappings.map((row) => ({ ...row, origins: [cell, ...row.origins] }))]
    const sent: ResolvedSet = structuredClone({ ...sampleSet(), mappings: rows })
    shareParts([sent])
    expect(JSON.stringify(sent.mappings)).toBe(JSON.stringify(rows))
  })

  it('refer to one object for equal capabilities, techniques, scores, authors and releases, and to others for different ones', () => {
    const [row] = sampleSet().mappings
    if (row?.kind !== 'mapped') throw new Error('the sample begins with a mapped row')
    const full = { ...row, score: { value: 'partial' }, author: { name: 'A' }, release: { attackVersion: '16.1' } }
    const other = { ...full, capability: { id: full.capability.id, description: 'other' }, technique: { id: full.technique.id, name: 'other' } }
    const sent: ResolvedSet = structuredClone({ ...sampleSet(), mappings: [full, { ...full, comments: 'second' }, other].map((one) => structuredClone(one)) })
    const [before] = structuredClone(sent.mappings)
    shareParts([sent])
    const [first, second, third] = sent.mappings
    if (first?.kind !== 'mapped' || second?.kind !== 'mapped' || third?.kind !== 'mapped') throw new Error('all rows are mapped')
    expect(first).toEqual(before)
    for (const name of ['capability', 'technique', 'score', 'author', 'release'] as const) expect(second[name]).toBe(first[name])
    expect([third.capability, third.technique]).toEqual([other.capability, other.technique])
    expect(third.score).toBe(first.score)
  })
})
