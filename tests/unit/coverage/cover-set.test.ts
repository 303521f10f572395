import { describe, expect, it } from 'vitest'
import { countCoverage, countTactics } from '../../../src/coverage/matrix.js'
import { countGroups } from '../../../src/analyses/coverage/count-groups.js'
import { countScores } from '../../../src/analyses/coverage/detail-tables.js'
import { coverSet } from '../../../src/coverage/cover-set.js'
import { mapped } from '../../support/small-set.js'
import { coverRows, scored, smallAttack, smallSet, stateOf, unmapped } from './small-coverage.js'

describe('the state of a technique', () => {
  it.each([
    ['mapped by a row', [mapped('A', 'T1003')], 'mapped'],
    ['mapped though declared unmappable', [unmapped('T1003', 'non_mappable'), mapped('A', 'T1003')], 'mapped'],
    ['declared unmappable', [unmapped('T1003'), unmapped('T1003', 'non_mappable')], 'unmappable'],
    ['named in a row that is open', [unmapped('T1003', 'in_progress')], 'named'],
    ['said not to be what a capability maps to', [mapped('A', 'T1003', { status: 'non_mappable' })], 'named'],
    ['in no row', [mapped('A', 'T1002')], 'not-mentioned'],
  ] as const)('%s', (_what, rows, state) => {
    expect(stateOf(coverRows(rows), 'T1003')).toBe(state)
  })

  it.each([
    ['reached by one of its rows, of whichever category', [scored('T1003', 'minimal'), scored('T1003', 'partial', 'detect')], 'mapped'],
    ['above it', [scored('T1003', 'significant')], 'mapped'],
    ['below it', [scored('T1003', 'minimal'), mapped('A', 'T1003')], 'below-threshold'],
    ['without a score', [mapped('A', 'T1003')], 'unscored'],
    ['with a score that nobody knows', [scored('T1003', '7')], 'unscored'],
    ['unmappable', [unmapped('T1003', 'non_mappable')], 'unmappable'],
  ] as const)('under a threshold: %s', (_what, rows, state) => {
    expect(stateOf(coverRows(rows, 'partial'), 'T1003')).toBe(state)
    expect(stateOf(coverRows(rows), 'T1003')).toBe(state === 'unmappable' ? state : 'mapped')
  })
})

describe('what counts', () => {
  it('is each active technique, in each of its tactics, and once in all', () => {
    const coverage = coverRows([mapped('A', 'T1002'), unmapped('T1003', 'non_mappable')])
    const counts = countTactics(coverage).map(({ tactic, counts: { all } }) => [tactic?.shortname, all.attack, all.mapped, all.unmappable])
    expect(counts).toEqual([['one', 4, 1, 0], ['two', 2, 1, 1], ['three', 0, 0, 0]])
    expect(countCoverage(coverage.techniques)).toMatchObject({
      all: { attack: 5, mapped: 1, unmappable: 1, notMentioned: 3 },
      techniques: { attack: 3, mapped: 1, unmappable: 1, notMentioned: 1 },
      subTechniques: { attack: 2, mapped: 0, unmappable: 0, notMentioned: 2 },
    })
  })

  it('is a parent only where it is mapped itself; one covered through sub-techniques is told', () => {
    const coverage = coverRows([mapped('A', 'T1001.001'), mapped('A', 'T1001.002')])
    expect(stateOf(coverage, 'T1001')).toBe('not-mentioned')
    expect(countCoverage(coverage.techniques).techniques).toMatchObject({ mapped: 0, notMentioned: 3, onlyThroughSubTechniques: 1 })
    const both = coverRows([mapped('A', 'T1001'), mapped('A', 'T1001.001')])
    expect(countCoverage(both.techniques).all).toMatchObject({ mapped: 2, onlyThroughSubTechniques: 0 })
  })

  it('is no sub-technique because of its parent', () => {
    expect(stateOf(coverRows([mapped('A', 'T1001')]), 'T1001.001')).toBe('not-mentioned')
  })

  it('is nothing that the release does not have or has withdrawn: that is told apart, by technique', () => {
    const { outside, techniques } = coverRows([
      mapped('A', 'T9999'), mapped('B', 'T9999'), mapped('A', 'T1008'), unmapped('T1009', 'non_mappable'), mapped('A', '__proto__'),
    ])
    expect(outside.map(({ id, reason, rows }) => [id, reason, rows])).toEqual([
      ['T1008', 'revoked', 1], ['T1009', 'deprecated', 1], ['T9999', 'unknown', 2], ['__proto__', 'unknown', 1],
    ])
    expect(techniques.every(({ state }) => state === 'not-mentioned')).toBe(true)
  })

  it("is of the set's own release", () => {
    const rows = [mapped('A', 'T1004')]
    expect(stateOf(coverSet({ label: 'x', set: smallSet(rows, '2.0') }, smallAttack()), 'T1004')).toBe('mapped')
    expect(coverRows(rows).outside).toHaveLength(1)
  })

  it('keeps a deprecated tactic only while an active technique stands in it, and a technique that stands in none', () => {
    const release = smallAttack().release('enterprise', '1.0')
    const tactics = release.tactics.map((tactic) => (tactic.shortname === 'one' ? tactic : { ...tactic, deprecated: true as const }))
    const view = { ...release, tactics: tactics.filter(({ shortname }) => shortname !== 'two') }
    const coverage = coverSet({ label: 'x', set: smallSet([mapped('A', 'T1003')]) }, { ...smallAttack(), release: () => view })
    expect(countTactics(coverage).map(({ tactic, counts }) => [tactic?.shortname, counts.all.attack])).toEqual([['one', 4], [undefined, 1]])
    const kept = coverSet({ label: 'x', set: smallSet([]) }, { ...smallAttack(), release: () => ({ ...release, tactics }) })
    expect(kept.tactics.map(({ shortname }) => shortname)).toEqual(['one', 'two'])
  })
})

describe('capability groups', () => {
  it('count the capabilities, rows and techniques that count', () => {
    const rows = [
      mapped('A', 'T1001', { group: 'g10', score: { category: 'protect', value: 'partial' } }),
      mapped('A', 'T1001', { group: 'g10', score: { category: 'detect', value: 'partial' } }),
      mapped('B', 'T1001.001', { group: 'g10', score: { category: 'protect', value: 'minimal' } }),
      mapped('C', 'T9999', { group: 'g9', score: { category: 'protect', value: 'partial' } }),
      mapped('D', 'T1002', { score: { category: 'protect', value: 'significant' } }),
    ]
    expect(countGroups(coverRows(rows)).map(({ name: _name, ...counts }) => counts)).toEqual([
      { id: 'g9', capabilities: 1, mappedCapabilities: 0, rows: 0, techniques: 0, subTechniques: 0 },
      { id: 'g10', capabilities: 2, mappedCapabilities: 2, rows: 3, techniques: 1, subTechniques: 1 },
      { capabilities: 1, mappedCapabilities: 1, rows: 1, techniques: 1, subTechniques: 0 },
    ])
    expect(countGroups(coverRows(rows, 'partial'))[1]).toMatchObject({ mappedCapabilities: 1, rows: 2, subTechniques: 0 })
  })

  it('have the rows without a group of their capabilities', () => {
    expect(countGroups(coverRows([mapped('A', 'T1001', { group: 'g' }), mapped('A', 'T1002')]))).toMatchObject([{ id: 'g', rows: 2 }])
  })
})

describe('scores', () => {
  it('are by category and value, the best of each technique counted once a category', () => {
    const rows = [
      scored('T1001', 'partial'), scored('T1001', 'minimal'), scored('T1002', 'minimal'), scored('T1001', 'minimal', 'detect'),
      scored('T1003', 'odd', 'other'), mapped('A', 'T1003'), scored('T9999', 'minimal'),
    ]
    expect(countScores(coverRows(rows, 'significant'))).toEqual([
      { category: 'protect', value: 'partial', rows: 1, techniques: 1, best: 1 },
      { category: 'protect', value: 'minimal', rows: 2, techniques: 2, best: 1 },
      { category: 'detect', value: 'minimal', rows: 1, techniques: 1, best: 1 },
      { category: 'other', value: 'odd', rows: 1, techniques: 1, best: 1 },
      { rows: 1, techniques: 1, best: 1 },
    ])
  })
})
