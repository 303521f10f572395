import { describe, expect, it } from 'vitest'
import { countCoverage, countTactics } from '../../../../src/coverage/matrix.js'
import { coverSet, labelSets } from '../../../../src/coverage/cover-set.js'
import { uniteCoverage } from '../../../../src/coverage/unite-coverage.js'
import type { Mapping } from '../../../../src/model/mapping.js'
import { mapped } from '../../../support/small-set.js'
import { scored, smallAttack, smallSet, stateOf, unmapped } from '../../coverage/small-coverage.js'

function unite(...sets: readonly (readonly [version: string, rows: readonly Mapping[]])[]): ReturnType<typeof uniteCoverage> {
  return uniteCoverage(sets.map(([version, rows], index) => coverSet({ label: `s${index + 1}`, set: smallSet(rows, version) }, smallAttack())))
}

describe('sets of one domain together', () => {
  it('map what any of them maps', () => {
    const [union] = unite(
      ['1.0', [mapped('A', 'T1001'), unmapped('T1003', 'non_mappable')]],
      ['1.0', [mapped('B', 'T1001'), mapped('B', 'T1002'), scored('T1001', 'partial')]],
    )
    expect(union && countCoverage(union.techniques).all).toMatchObject({ attack: 5, mapped: 2, unmappable: 1, notMentioned: 2 })
    expect(union?.techniques[0]).toMatchObject({ id: 'T1001', rows: 3, capabilities: ['s1: A', 's2: A', 's2: B'], best: new Map([['protect', 'partial']]) })
  })

  it('of several releases: count the techniques of all of them, in all their tactics, named by the newest', () => {
    const [union] = unite(['1.0', [mapped('A', 'T1001.002'), mapped('A', 'T1002')]], ['2.0', [mapped('A', 'T1004')]])
    expect(union?.release.version).toBe('2.0')
    expect(union?.techniques.map(({ id }) => id)).toEqual(['T1001', 'T1001.001', 'T1001.002', 'T1002', 'T1003', 'T1004'])
    expect(union && countTactics(union).map(({ tactic, counts: { all } }) => [tactic?.shortname, all.attack, all.mapped])).toEqual([
      ['one', 5, 3], ['two', 2, 1], ['three', 1, 1],
    ])
    expect(union?.techniques.find(({ id }) => id === 'T1001')?.onlyThroughSubTechniques).toBe(true)
  })

  it('are nothing of one set alone', () => {
    expect(unite(['1.0', []])).toEqual([])
    const mobile = { ...smallSet([]), attack: { domain: 'mobile' as const, version: '1.0' } }
    const sets = [smallSet([]), mobile].map((set) => coverSet({ label: set.attack.domain, set }, smallAttack()))
    expect(uniteCoverage(sets)).toEqual([])
  })

  it('leave each set as it is', () => {
    const set = coverSet({ label: 'a', set: smallSet([]) }, smallAttack())
    uniteCoverage([set, coverSet({ label: 'b', set: smallSet([mapped('A', 'T1001')]) }, smallAttack())])
    expect(stateOf(set, 'T1001')).toBe('not-mentioned')
  })
})

function label(...ids: readonly (readonly [id: string, version?: string, attack?: string])[]): readonly string[] {
  return labelSets(ids.map(([id, version, attack]) => {
    const set = smallSet([], attack, id)
    return { folder: '', set: { ...set, framework: { ...set.framework, ...(version !== undefined && { version }) } } }
  })).map((labelled) => labelled.label)
}

describe('labels', () => {
  it('are as short as tells sets apart', () => {
    expect(label(['aws'], ['gcp'])).toEqual(['aws', 'gcp'])
    expect(label(['aws', '1/2/2024'], ['aws', '1/2/2025'])).toEqual(['aws 1/2/2024', 'aws 1/2/2025'])
    expect(label(['aws', '1', '1.0'], ['aws', '1', '2.0'])).toEqual(['aws 1 enterprise 1.0', 'aws 1 enterprise 2.0'])
    expect(label(['aws', '1'], ['aws'], ['gcp', '1'])).toEqual(['aws 1', 'aws', 'gcp'])
    expect(label(['aws'], ['aws'])).toEqual(['aws (1)', 'aws (2)'])
    expect(label(['aws', '1'], ['aws', '2'], ['aws 1'])).toEqual(['aws', 'aws 2', 'aws 1'])
  })

  it('differ in more than case and hold nothing that a title of a column cannot', () => {
    expect(label(['aws'], ['AWS'])).toEqual(['aws (1)', 'AWS (2)'])
    expect(label(['a\u0000\u001b[31m\nb (c)'], ['\u202e'])).toEqual(['a 31m b c', 'unnamed'])
    expect(label(['x'.repeat(500)], ['y'])[0]).toHaveLength(60)
  })
})
