import { describe, expect, it } from 'vitest'
import { diffSets } from '../../../../src/analyses/diff/diff-sets.js'
import type { MappedRow } from '../../../../src/model/mapping.js'
import type { ResolvedSet } from '../../../../src/model/mapping-set.js'
import { createSet, mapped } from '../../../support/small-set.js'

function scored(category: string, value: string, comments: string): MappedRow {
  return mapped('aws_config', 'T1078', { score: { category, value }, comments })
}

/** What changed, in short: "detect partial -> detect minimal: score_value". */
function changes(old: readonly MappedRow[], fresh: readonly MappedRow[]): readonly string[] {
  return diffSets(createSet({ rows: old }), createSet({ rows: fresh })).changed.map((change) =>
    `${label(change.old)} -> ${label(change.new)}: ${change.fields.map(({ field }) => field).join(', ')}`)
}

function label({ score, comments }: ResolvedSet['mappings'][number]): string {
  return [score?.category, score?.value, comments].filter((part) => part !== undefined).join(' ')
}

function manyRows(offset: number): readonly MappedRow[] {
  return Array.from({ length: 10_000 }, (_, index) => scored('protect', 'partial', `comment ${index * 2 + offset}`))
}

function named(id: string, description: string): MappedRow {
  return mapped(id, 'T1', { capability: { id, description } })
}

function reviewed(review: NonNullable<MappedRow['review']>): MappedRow {
  return { ...scored('protect', 'partial', 'a'), review }
}

describe('rows of one capability and technique', () => {
  it('are one row when there is one on each side, whatever else they say', () => {
    expect(changes([scored('protect', 'partial', 'a')], [scored('detect', 'minimal', 'b')]))
      .toEqual(['protect partial a -> detect minimal b: score_category, score_value, comments'])
  })

  it('have changed if the auditor\'s verdict differs', () => {
    expect(changes([reviewed({ verdict: 'agreed', initials: 'AB' })], [reviewed({ verdict: 'disagreed', initials: 'AB', remark: 'No.' })]))
      .toEqual(['protect partial a -> protect partial a: auditor_verdict, auditor_remark'])
  })

  it('belong together when they say the same', () => {
    const [a, b] = [scored('protect', 'partial', 'x'), scored('detect', 'partial', 'x')]
    const fresh = createSet({ rows: [scored('respond', 'minimal', 'y'), b, a] })
    const { same, changed, added } = diffSets(createSet({ rows: [a, b] }), fresh)
    expect([same, changed.length, added.map(label)]).toEqual([2, 0, ['respond minimal y']])
  })

  it('belong together by category before comments and value', () => {
    expect(changes(
      [scored('protect', 'partial', 'same'), scored('detect', 'partial', 'old')],
      [scored('protect', 'minimal', 'new'), scored('respond', 'partial', 'same')],
    )).toEqual([
      'protect partial same -> protect minimal new: score_value, comments',
      'detect partial old -> respond partial same: score_category, comments',
    ])
  })

  it('are matched one to one, the rest added or removed', () => {
    const row = scored('protect', 'partial', 'x')
    const twice = createSet({ rows: [row, { ...row }] })
    expect(diffSets(twice, createSet({ rows: [row] })).removed).toHaveLength(1)
    expect(diffSets(createSet({ rows: [row] }), twice).added).toHaveLength(1)
  })

  it('in any number take no longer than their number', () => {
    const { changed, same } = diffSets(createSet({ rows: manyRows(0) }), createSet({ rows: manyRows(1) }))
    expect([changed.length, same]).toEqual([10_000, 0])
  })
})

describe('what differs in notation only', () => {
  it('is no change, and counted', () => {
    const old = mapped('a', 'T1', { comments: 'two  words', references: ['x', 'y'], relation: 'technique_scores' })
    const fresh = mapped('a', 'T1', { comments: 'two\nwords ', references: ['y', 'x'], relation: 'Technique Scores' })
    const { same, respelled, changed, facts } = diffSets(createSet({ rows: [old] }), createSet({ rows: [fresh] }))
    expect([same, respelled, changed]).toEqual([1, 1, []])
    expect(facts.map(({ fact, old: before, new: after }) => [fact, before, after])).toEqual([
      ['mapping type Technique Scores: id', 'technique_scores', 'Technique Scores'],
      ['mapping type Technique Scores: name', 'technique_scores', 'Technique Scores'],
    ])
  })

  it('is a change where it could be another mapping type', () => {
    const old = createSet({ rows: [mapped('a', 'T1', { relation: 'related-to' })] })
    const rows = [mapped('a', 'T1', { relation: 'related to' }), mapped('b', 'T1', { relation: 'related_to' })]
    const { changed } = diffSets(old, createSet({ rows }))
    expect(changed.flatMap(({ fields }) => fields.map(({ field }) => field))).toEqual(['mapping_type'])
  })

  it('is a change where only one side states it', () => {
    const full = mapped('a', 'T1', { technique: { id: 'T1', name: 'One' }, capability: { id: 'a', description: 'A' } })
    const [change] = diffSets(createSet({ rows: [mapped('a', 'T1')] }), createSet({ rows: [full] })).changed
    expect(change?.fields).toEqual([{ field: 'capability_description', new: 'A' }, { field: 'attack_object_name', new: 'One' }])
  })
})

it('capabilities and techniques are added, removed and renamed', () => {
  const { capabilities, techniques } = diffSets(
    createSet({ rows: [named('a', 'Alpha'), named('b', 'Beta'), mapped('a', 'T9')] }),
    createSet({ rows: [
      named('a', 'Alfa'), named('c', 'Gamma'), { kind: 'unmapped-technique', origins: [], technique: { id: 'T2', name: 'Two' } },
    ] }),
  )
  expect(capabilities).toEqual([
    { change: 'added', id: 'c', name: 'Gamma' },
    { change: 'changed', id: 'a', name: 'Alfa', formerName: 'Alpha' },
    { change: 'removed', id: 'b', name: 'Beta' },
  ])
  expect(techniques).toEqual([{ change: 'added', id: 'T2', name: 'Two' }, { change: 'removed', id: 'T9' }])
})
