import { describe, expect, it } from 'vitest'
import { upgradeSet, type UpgradedSet } from '../../../../src/analyses/upgrade/upgrade-set.js'
import { mappingIds } from '../../../../src/emitters/table/mapping-ids.js'
import type { Mapping } from '../../../../src/model/mapping.js'
import type { ResolvedSet } from '../../../../src/model/mapping-set.js'
import { eventfulAttack } from '../../../support/made-up-attack.js'
import { originAt } from '../../../support/sample-sets.js'
import { createSet, mapped } from '../../../support/small-set.js'

const attack = eventfulAttack()

function setAt(version: string | undefined, rows: readonly Mapping[]): ResolvedSet {
  return { ...createSet({ rows }), attack: { domain: 'enterprise', ...(version !== undefined && { version }) } }
}

function upgraded(rows: readonly Mapping[], { from = '1.0', to = '2.0' }: { from?: string; to?: string } = {}): UpgradedSet {
  const result = upgradeSet(setAt(from, rows), to, attack)
  if (!result) throw new Error('the release is available')
  return result
}

/** The class of a technique, its id and name after, and why. */
function outcomeOf(id: string, name?: string, releases?: { from?: string; to?: string }) {
  const [change] = upgraded([mapped('A', id, { technique: { id, ...(name !== undefined && { name }) } })], releases).changes
  const after = change?.after?.kind === 'mapped' ? change.after : undefined
  return { class: change?.class, technique: after?.technique, why: change?.why, suggestions: change?.suggestions.map((one) => one.id), stated: after?.release?.attackVersion }
}

describe('a technique that is upgraded automatically', () => {
  it('is unchanged if ATT&CK changed neither its name nor its tactics', () => {
    expect(outcomeOf('T1001', 'Whatever the row prints')).toEqual({ class: 'unchanged', technique: { id: 'T1001', name: 'Whatever the row prints' }, suggestions: [] })
  })

  it('is renamed, in rows that print a name', () => {
    expect(outcomeOf('T1002', 'Old')).toMatchObject({ class: 'renamed', technique: { id: 'T1002', name: 'New' }, why: 'now called "New"', stated: undefined })
    expect(outcomeOf('T1002')).toMatchObject({ class: 'renamed', technique: { id: 'T1002' } })
    expect(outcomeOf('T1002', 'new')).toMatchObject({ class: 'unchanged', technique: { id: 'T1002', name: 'new' } })
  })

  it('keeps the form "Parent: Sub", and its parent\'s new name', () => {
    expect(outcomeOf('T1030.001', 'Whole: Piece')).toMatchObject({ class: 'renamed', technique: { name: 'All: Piece' } })
    expect(outcomeOf('T1030.001', 'Piece')).toMatchObject({ class: 'unchanged', technique: { name: 'Piece' } })
  })

  it('is moved if its tactics differ, even if it is renamed too', () => {
    expect(outcomeOf('T1003', 'Name of T1003')).toMatchObject({
      class: 'moved', technique: { id: 'T1003', name: 'Shifted' }, why: 'now also in TWO; no longer in ONE; now called "Shifted"',
    })
  })

  it('is replaced by its successor, followed to the end', () => {
    expect(outcomeOf('T1004', 'Name of T1004')).toMatchObject({
      class: 'replaced', technique: { id: 'T1020.002', name: 'Merged' }, why: 'revoked by T1005, in turn revoked by T1020.002 Merged',
    })
    expect(outcomeOf('T1020.001')).toMatchObject({ class: 'replaced', technique: { id: 'T1020.002' } })
  })
})

describe("an auditor's verdict", () => {
  const review = { verdict: 'agreed', initials: 'AB', remark: 'See ticket 7.' }
  const reviewAfter = (id: string, stated: Mapping['review'] = review): Mapping['review'] => (
    upgraded([mapped('A', id, { technique: { id }, ...(stated && { review: stated }) })]).changes[0]?.after?.review
  )

  it.each([
    ['unchanged', 'T1001'], ['renamed', 'T1002'], ['moved', 'T1003'], ['waiting', 'T1006'],
  ])('stays on a row that is %s', (_class, id) => {
    expect(reviewAfter(id)).toEqual(review)
  })

  it('is withdrawn from a row that maps to another technique, and kept in its remark', () => {
    expect(reviewAfter('T1004')).toEqual({ remark: 'Before the upgrade, on T1004 of ATT&CK 1.0: agreed, AB: See ticket 7.' })
    expect(reviewAfter('T1004', { initials: 'AB' })).toEqual({ remark: 'Before the upgrade, on T1004 of ATT&CK 1.0: AB' })
    expect(reviewAfter('T1004', { remark: 'See ticket 7.' })).toEqual({ remark: 'See ticket 7.' })
  })
})

describe('a technique that waits for a person', () => {
  it.each([
    ['deprecated', 'T1006', { class: 'review', why: 'deprecated, without a successor', suggestions: [] }],
    ['revoked by one that is deprecated', 'T1007', { class: 'review', why: 'revoked by T1006 Name of T1006, which is deprecated' }],
    ['revoked without a successor', 'T1008', { class: 'review', why: 'revoked without a successor' }],
    ['divided into sub-techniques', 'T1009', { class: 'review', suggestions: ['T1009.001'] }],
    ['gone', 'T1010', { class: 'gone', why: 'last in Enterprise ATT&CK 1.0; no release names a successor' }],
    ['not in the release that the row refers to', 'T1040', { class: 'review', suggestions: ['T1040'] }],
    ['of another domain', 'T1400', { class: 'review', why: 'a technique of another domain: mobile' }],
    ['in no release', 'T1102', { class: 'unknown', suggestions: ['T1002', 'T1001', 'T1003'] }],
    ['in newer releases only', 'T1060', { class: 'review', why: 'newer than Enterprise ATT&CK 2.0: 3.0 is the first available release that has it' }],
  ])('is %s', (_what, id, expected) => {
    expect(outcomeOf(id)).toMatchObject({ ...expected, technique: { id }, stated: '1.0' })
  })

  it('going back: what it replaced is suggested, and its parent, never taken', () => {
    const back = { from: '2.0', to: '1.0' }
    expect(outcomeOf('T1020.002', undefined, back)).toMatchObject({ class: 'review', technique: { id: 'T1020.002' }, suggestions: ['T1004', 'T1005', 'T1020.001'] })
    expect(outcomeOf('T1009.001', undefined, back)).toMatchObject({ class: 'review', suggestions: ['T1009'] })
    expect(outcomeOf('T1040', undefined, back)).toMatchObject({ class: 'review', suggestions: [] })
    expect(outcomeOf('T1002', 'New', back)).toMatchObject({ class: 'renamed', technique: { name: 'Old' } })
    expect(outcomeOf('T1009', undefined, back)).toMatchObject({ class: 'unchanged' })
  })
})

describe('the set', () => {
  it('is of the new release, and else as it was', () => {
    const before = setAt('1.0', [mapped('A', 'T1004', { score: { category: 'protect', value: 'partial' }, comments: 'Why.', origins: [originAt(7)] })])
    const result = upgradeSet(before, '2.0', attack)
    expect(result?.set).toEqual({
      ...before,
      attack: { domain: 'enterprise', version: '2.0' },
      mappings: [mapped('A', 'T1020.002', { score: { category: 'protect', value: 'partial' }, comments: 'Why.', origins: [originAt(7)] })],
    })
  })

  it('has rows that wait state the release that they still refer to', () => {
    const { set } = upgraded([mapped('A', 'T1006'), mapped('A', 'T1001')])
    expect(set.mappings.map(({ release }) => release)).toEqual([{ attackVersion: '1.0' }, undefined])
  })

  it('takes each row from the release that it states itself', () => {
    const { changes, set } = upgraded([
      mapped('A', 'T1002', { technique: { id: 'T1002', name: 'Old' }, release: { attackVersion: '2.0', frameworkVersion: 'x' } }),
      mapped('A', 'T1002', { technique: { id: 'T1002', name: 'Old' }, release: { attackVersion: '1.0' } }),
      mapped('A', 'T1400', { release: { domain: 'mobile' } }),
    ])
    expect(changes.map((change) => change.class)).toEqual(['unchanged', 'renamed', 'unchanged'])
    expect(set.mappings.map(({ release }) => release)).toEqual([{ frameworkVersion: 'x' }, undefined, { domain: 'mobile' }])
  })

  it('classes rows of techniques that nothing maps to, and leaves those without a technique alone', () => {
    const unmapped: Mapping = { kind: 'unmapped-technique', origins: [originAt(1)], technique: { id: 'T1004' } }
    const idle: Mapping = { kind: 'unmapped-capability', origins: [originAt(2)], capability: { id: 'A' }, status: 'non_mappable' }
    const { changes, set } = upgraded([unmapped, idle])
    expect(changes.map((change) => change.class)).toEqual(['replaced', 'unchanged'])
    expect(set.mappings).toEqual([{ ...unmapped, technique: { id: 'T1020.002' } }, idle])
  })

  it('keeps rows that become the same, and says so of those that changed', () => {
    const { changes, set } = upgraded([mapped('A', 'T1020.002', { release: { attackVersion: '2.0' } }), mapped('A', 'T1004'), mapped('A', 'T1020.001'), mapped('B', 'T1004')])
    expect(set.mappings).toHaveLength(4)
    expect(changes.map(({ sameAs }) => sameAs && set.mappings.indexOf(sameAs))).toEqual([undefined, 0, 0, undefined])
  })

  it('lets the related score follow the sub-technique, and go where there is no parent', () => {
    const { set } = upgraded([mapped('A', 'T1020.001', { score: { value: 'partial', related: 'T1020' } })])
    expect(set.mappings[0]?.score).toEqual({ value: 'partial', related: 'T1020' })
  })

  it('changes nothing where it is of that release already, whatever the state of its techniques', () => {
    const before = setAt('2.0', ['T1001', 'T1004', 'T1006', 'T9999'].map((id) => mapped('A', id)))
    const result = upgradeSet(before, '2.0', attack)
    expect(result?.set).toEqual(before)
    expect(result?.changes.every((change) => change.class === 'unchanged')).toBe(true)
  })

  it('goes by the target alone where no version is stated', () => {
    const result = upgradeSet(setAt(undefined, [mapped('A', 'T1004'), mapped('A', 'T1009'), mapped('A', 'T1006')]), '2.0', attack)
    expect(result?.source).toBeUndefined()
    expect(result?.changes.map((change) => change.class)).toEqual(['replaced', 'unchanged', 'review'])
    expect(result?.set.mappings.map(({ release }) => release)).toEqual([undefined, undefined, undefined])
  })

  it('names rows by their ids before, whichever is asked for', () => {
    const rows = ['T1001', 'T1004', 'T1004', 'T1001', 'T1006'].map((id) => mapped('A', id))
    const before = setAt('1.0', [...rows, mapped('B', 'T1004')])
    const result = upgradeSet(before, '2.0', attack)
    const ids = result?.changes.map(({ index }) => result.idOf(index))
    expect(ids).toEqual(mappingIds(before))
    expect(new Set(ids).size).toBe(6)
  })

  it('takes the newest minor release of a major, and no other than the named one', () => {
    expect(upgradeSet(setAt('1.0', []), 'v2', attack)?.set.attack.version).toBe('2.0')
    expect(upgradeSet(setAt('1.0', []), '2.7', attack)).toBeUndefined()
    expect(upgradeSet(setAt('1.0', []), '9.0', attack)).toBeUndefined()
  })
})
