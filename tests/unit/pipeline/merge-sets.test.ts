import { describe, expect, it } from 'vitest'
import { createDiagnosticLog } from '../../../src/diagnostics/diagnostic.js'
import { mergeSets } from '../../../src/pipeline/merge.js'
import { createMappingSet, type ResolvedSet } from '../../../src/model/mapping-set.js'
import type { Mapping } from '../../../src/model/mapping.js'
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

function merge(sets: readonly ResolvedSet[]): readonly ResolvedSet[] {
  return mergeSets(sets, createDiagnosticLog().report)
}

function scoredRow(document: string, value: string): Mapping {
  return { ...row(document, 1, 'T1078'), score: { category: 'protect', value } }
}

/** A row for each verdict, of one technique after the other. */
function reviewedSet(document: string, reviews: readonly (Mapping['review'])[]): ResolvedSet {
  return setOf(document, reviews.map((review, index) => ({ ...row(document, index + 1, `T107${index}`), ...(review && { review }) })))
}

describe('mergeSets', () => {
  it('counts a row that stands in two documents once, with both places', () => {
    const [merged] = merge([setOf('b.txt', [row('b.txt', 3, 'T1078')]), setOf('a.txt', [row('a.txt', 9, 'T1078')])])
    expect(merged?.mappings).toHaveLength(1)
    expect(merged?.mappings[0]?.origins).toEqual([originAt(9, 'a.txt'), originAt(3, 'b.txt')])
    expect(merged?.sources.map(({ name }) => name)).toEqual(['a.txt', 'b.txt'])
  })

  it('counts a row that is twice in one document twice, however often it is in others', () => {
    const twice = setOf('a.txt', [row('a.txt', 1, 'T1078'), row('a.txt', 2, 'T1078')])
    const [merged] = merge([twice, setOf('b.txt', [row('b.txt', 1, 'T1078')])])
    expect(merged?.mappings.map(({ origins }) => origins.length)).toEqual([2, 1])
  })

  it('keeps rows apart that contradict each other', () => {
    const [merged] = merge([setOf('a.txt', [row('a.txt', 1, 'T1078', 'because')]), setOf('b.txt', [row('b.txt', 1, 'T1078', 'why')])])
    expect(merged?.mappings.map(({ comments }) => comments)).toEqual(['because', 'why'])
  })

  it('takes a row that leaves out what another document states for the same row', () => {
    const scored = { ...row('b.txt', 1, 'T1078', 'why'), score: { category: 'protect', value: 'partial' } }
    const [merged] = merge([setOf('a.txt', [row('a.txt', 1, 'T1078')]), setOf('b.txt', [scored])])
    expect(merged?.mappings).toEqual([{ ...scored, origins: [originAt(1, 'a.txt'), originAt(1, 'b.txt')] }])
  })

  it('matches equal rows one to one with as many fuller ones', () => {
    const fuller = ['protect', 'detect'].map((category, index) => ({ ...row('b.txt', index + 1, 'T1078', 'why'), score: { category } }))
    const [merged] = merge([setOf('a.txt', [row('a.txt', 1, 'T1078', 'why'), row('a.txt', 2, 'T1078', 'why')]), setOf('b.txt', fuller)])
    expect(merged?.mappings.map(({ score, origins }) => [score?.category, origins.length])).toEqual([['protect', 2], ['detect', 2]])
  })

  it('does not guess which of several rows one is', () => {
    const log = createDiagnosticLog()
    const fuller = ['protect', 'detect'].map((category, index) => ({ ...row('a.txt', index + 1, 'T1078', 'why'), score: { category } }))
    const [merged] = mergeSets([setOf('a.txt', fuller), setOf('b.txt', [row('b.txt', 1, 'T1078', 'why')])], log.report)
    expect(merged?.mappings).toHaveLength(3)
    expect(log.entries.map(({ code, origin }) => [code, origin])).toEqual([['merge/ambiguous-row', originAt(1, 'b.txt')]])
  })

  it('reports two names of one technique with both places', () => {
    const log = createDiagnosticLog()
    const rows = [{ ...row('a.txt', 1, 'T1078'), technique: { id: 'T1078', name: 'Valid Accounts' } }]
    const renamed = [{ ...row('b.txt', 1, 'T1078'), technique: { id: 'T1078', name: 'Accounts' } }]
    mergeSets([setOf('a.txt', rows), setOf('b.txt', renamed)], log.report)
    expect(log.entries).toMatchObject([
      { code: 'merge/conflicting-names', origin: originAt(1, 'b.txt'), found: '"Accounts" here, "Valid Accounts" in a.txt:1' },
    ])
  })

  it('reports two scores of one row with both places', () => {
    const log = createDiagnosticLog()
    const [merged] = mergeSets([setOf('a.txt', [scoredRow('a.txt', 'partial')]), setOf('b.txt', [scoredRow('b.txt', 'minimal')])], log.report)
    expect(merged?.mappings).toHaveLength(2)
    expect(log.entries).toMatchObject([{ code: 'merge/conflicting-scores', origin: originAt(1, 'b.txt'), found: 'minimal here, partial in a.txt:1' }])
  })

  it('takes what one auditor wrote whole, and reports what another wrote otherwise', () => {
    const log = createDiagnosticLog()
    const [merged] = mergeSets([
      reviewedSet('a.xlsx', [{ verdict: 'agreed', initials: 'AB' }, { verdict: 'agreed' }, undefined, { initials: 'AB' }]),
      reviewedSet('b.xlsx', [{ verdict: 'disagreed', initials: 'CD' }, { verdict: 'agreed', initials: 'CD' }, { verdict: 'unclear' }, undefined]),
    ], log.report)
    expect(merged?.mappings.map(({ review }) => review)).toEqual([
      { verdict: 'agreed', initials: 'AB' }, { verdict: 'agreed', initials: 'CD' }, { verdict: 'unclear' }, { initials: 'AB' },
    ])
    expect(log.entries).toMatchObject([
      { code: 'merge/conflicting-verdicts', origin: originAt(1, 'b.xlsx'), found: '"disagreed, CD" here, "agreed, AB" in a.xlsx:1' },
    ])
  })

  it('reports two names of one capability with both places, once', () => {
    const log = createDiagnosticLog()
    const renamed = ['T1078', 'T1190'].map((technique, index) =>
      ({ ...row('b.txt', index + 1, technique), capability: { id: 'AC-02', description: 'Managing accounts' } }))
    const rows = [row('a.txt', 1, 'T1078'), row('a.txt', 2, 'T1190')]
    const [merged] = mergeSets([setOf('a.txt', rows), setOf('b.txt', renamed)], log.report)
    expect(merged?.mappings).toHaveLength(2)
    expect(merged?.mappings[0]).toMatchObject({ capability: { description: 'Account Management' } })
    expect(log.entries).toMatchObject([{
      code: 'merge/conflicting-names', count: 2, origin: originAt(1, 'b.txt'), found: '"Managing accounts" here, "Account Management" in a.txt:1',
    }])
  })

  it('keeps sets of different versions apart', () => {
    const sets = merge([setOf('a.txt', [row('a.txt', 1, 'T1078')], 'rev4'), setOf('b.txt', [row('b.txt', 1, 'T1078')], 'rev5')])
    expect(sets.map(({ framework }) => framework.version)).toEqual(['rev4', 'rev5'])
  })

  it('gives the same whatever the order of its input', () => {
    const sets = ['a', 'b', 'c'].map((name, index) => setOf(`${name}.txt`, [row(`${name}.txt`, index + 1, `T107${index}`), row(`${name}.txt`, 9, 'T1190')]))
    expect(merge(sets.toReversed())).toEqual(merge(sets))
  })
})
