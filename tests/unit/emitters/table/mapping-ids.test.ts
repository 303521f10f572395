import { describe, expect, it } from 'vitest'
import { createMappingId, mappingIds } from '../../../../src/emitters/table/mapping-ids.js'
import type { Mapping } from '../../../../src/model/mapping.js'
import { originAt, sampleSet } from '../../../support/sample-sets.js'
import { createSet, mapped } from '../../../support/small-set.js'

const [first, second, third] = sampleSet().mappings

function idsOf(...mappings: readonly (Mapping | undefined)[]): readonly string[] {
  return mappingIds({ ...sampleSet(), mappings: mappings.filter((mapping) => mapping !== undefined) })
}

describe('mappingIds', () => {
  it('is the same in every version of the tool: readers keep these ids', () => {
    expect(mappingIds(sampleSet())).toMatchInlineSnapshot(`
      [
        "84a5bcd6-708a-515e-90a0-1bc19e424f0f",
        "8c41df52-cee0-507b-894e-52e7cfafb061",
        "c4acdb00-7bdf-5b93-97d5-660ecd2d7075",
        "d7475e16-3b34-501b-ab63-ddaed474a8fd",
        "82bd8bc6-ce6d-5d4a-8ae7-4f3d9133b24e",
      ]
    `)
  })

  it('does not depend on where a row stands, nor on the rows around it', () => {
    const [alone] = idsOf(third)
    expect(idsOf(first, second, third)[2]).toBe(alone)
    expect(idsOf(third && { ...third, origins: [originAt(99, 'other.txt')] })[0]).toBe(alone)
  })

  it('tells rows apart that say the same, by their ordinal', () => {
    const [one, two, three] = idsOf(first, first, first)
    expect(new Set([one, two, three]).size).toBe(3)
    expect(idsOf(first)[0]).toBe(one)
    expect(idsOf(second, first, first).slice(1)).toEqual([one, two])
  })

  it('changes with whatever a row says', () => {
    if (first?.kind !== 'mapped') throw new Error('the sample begins with a mapped row')
    const changed: readonly Mapping[] = [
      { ...first, comments: 'Other.' },
      { ...first, capability: { id: 'aws_cloudhsm' } },
      { ...first, technique: { id: 'T1553.002' } },
      { ...first, relation: 'other' },
      { ...first, group: 'other' },
      { ...first, score: { category: 'protect', value: 'minimal', related: 'T1553' } },
      { ...first, references: ['https://example.org/cloudhsm'] },
      { ...first, status: 'in_progress' },
      { ...first, author: { name: 'B. Author' } },
      { ...first, release: { attackVersion: '15.1' } },
    ]
    expect(new Set([...changed, first].flatMap((mapping) => idsOf(mapping))).size).toBe(changed.length + 1)
  })

  it('changes with the releases of the set', () => {
    const set = sampleSet()
    const ids = [
      set,
      { ...set, framework: { ...set.framework, version: '1' } },
      { ...set, attack: { domain: 'enterprise', version: '15.1' } as const },
    ]
    expect(new Set(ids.map((each) => mappingIds(each)[0])).size).toBe(3)
  })

  it('numbers equal rows in their order, however many rows there are and wherever they stand', () => {
    const set = createSet({ rows: Array.from({ length: 3000 }, (_, index) => mapped(`EX-${index % 5 === 0 ? index % 70 : index}`, 'T1190')) })
    const ids = mappingIds(set)
    const idOf = createMappingId(set, set.mappings.keys())
    expect(ids).toEqual(set.mappings.map((_row, index) => idOf(index)))
    expect(new Set(ids).size).toBe(3000)
  })
})
