import { describe, expect, it } from 'vitest'
import { completeFromCatalog } from '../../../src/pipeline/complete.js'
import { createDiagnosticLog } from '../../../src/diagnostics/diagnostic.js'
import { createMappingSet, type ResolvedSet } from '../../../src/model/mapping-set.js'
import type { Mapping } from '../../../src/model/mapping.js'
import { originAt } from '../../support/sample-sets.js'

const page: Mapping = {
  kind: 'mapped',
  origins: [originAt(7, 'page.txt')],
  capability: { id: 'DEF-X', description: 'Defender X' },
  technique: { id: 'T1078', name: 'Valid Accounts' },
  relation: 'Technique Scores',
  comments: 'It sees\nsign-ins.',
}

function entry(line: number, score: Mapping['score'], comments = 'It sees sign-ins.'): Mapping {
  return { ...page, origins: [originAt(line, 'catalog.json')], relation: 'technique_score', comments, ...(score && { score }), status: 'complete', references: ['https://example.org'] }
}

function setOf(mappings: readonly Mapping[], version?: string): ResolvedSet {
  const set = createMappingSet({
    framework: { id: 'm365', name: 'M365', ...(version !== undefined && { version }) },
    about: version === undefined ? {} : { created: '2024-01-01' },
    relations: version === undefined ? [] : [{ id: 'technique_score', name: 'Technique Scores' }],
    mappings,
    sources: [{ name: version === undefined ? 'page.txt' : 'catalog.json', sha256: 'c'.repeat(64), parser: 'x', rows: mappings.length }],
  })
  return { ...set, attack: { domain: 'enterprise', ...(version !== undefined && { version: '14.1' }) } }
}

function complete(set: ResolvedSet, ...catalog: readonly ResolvedSet[]) {
  const log = createDiagnosticLog()
  return { set: completeFromCatalog(set, catalog, log.report), codes: log.entries.map(({ code }) => code), log }
}

describe('completeFromCatalog', () => {
  it('fills in what the page leaves out, and marks each addition', () => {
    const { set, codes } = complete(setOf([page]), setOf([entry(1, { category: 'detect', value: 'partial', related: 'T1078' })], '12/11/2023'))
    const [row] = set.mappings
    expect(row).toMatchObject({
      relation: 'technique_score',
      score: { category: 'detect', value: 'partial', related: 'T1078' },
      references: ['https://example.org'],
      status: 'complete',
      comments: 'It sees\nsign-ins.',
    })
    expect(row?.completed?.map(({ field, from }) => [field, from])).toEqual(
      ['relation', 'score', 'references', 'status'].map((field) => [field, originAt(1, 'catalog.json')]))
    expect(set).toMatchObject({ framework: { version: '12/11/2023' }, attack: { version: '14.1' }, about: { created: '2024-01-01' } })
    expect(set.relations.get('technique_score')?.name).toBe('Technique Scores')
    expect(codes).toEqual([])
  })

  it("takes over an auditor's verdict, and never pieces one together of two", () => {
    const judged = { ...entry(1, undefined), review: { verdict: 'agreed', initials: 'AB' } }
    const taken = complete(setOf([page]), setOf([judged], '1'))
    expect(taken.set.mappings[0]?.review).toEqual({ verdict: 'agreed', initials: 'AB' })
    expect(taken.set.mappings[0]?.completed?.map(({ field }) => field)).toContain('review')
    const own = complete(setOf([{ ...page, review: { verdict: 'disagreed' } }]), setOf([judged], '1'))
    expect(own.set.mappings[0]?.review).toEqual({ verdict: 'disagreed' })
    expect(own.log.entries).toMatchObject([
      { code: 'merge/conflicting-verdicts', origin: originAt(1, 'catalog.json'), found: '"agreed, AB" here, "disagreed" in page.txt:7' },
    ])
  })

  it('gives equal rows, as many as the catalogue has, one score each', () => {
    const catalog = setOf([entry(1, { category: 'protect' }), entry(2, { category: 'detect' })], '1')
    const { set, codes } = complete(setOf([page, { ...page, origins: [originAt(9, 'page.txt')] }]), catalog)
    expect(set.mappings.map(({ score }) => score?.category)).toEqual(['protect', 'detect'])
    expect(codes).toEqual([])
  })

  it('does not guess between rows that differ, but takes what they share', () => {
    const { set, log } = complete(setOf([page]), setOf([entry(1, { category: 'protect' }), entry(2, { category: 'detect' })], '1'))
    expect(set.mappings[0]?.score).toBeUndefined()
    expect(set.mappings[0]?.status).toBe('complete')
    expect(log.entries).toMatchObject([{ code: 'complete/ambiguous-row', origin: originAt(7, 'page.txt'), found: '2 rows that differ in score' }])
  })

  it('does not guess between releases, but takes what they share', () => {
    const { set, codes } = complete(setOf([page]), setOf([entry(1, { value: 'minimal' })], '1'), setOf([entry(1, { value: 'minimal' })], '2'))
    expect(set.framework.version).toBeUndefined()
    expect(set.mappings[0]?.score).toEqual({ value: 'minimal' })
    expect(codes).toEqual(['complete/ambiguous-set'])
  })

  it('never overrides what the page states', () => {
    const stated = { ...page, score: { category: 'protect', value: 'significant' } }
    const { set, codes } = complete(setOf([stated]), setOf([entry(1, { category: 'protect', value: 'minimal' })], '1'))
    expect(set.mappings[0]).toEqual(stated)
    expect(codes).toEqual(['complete/no-match'])
  })

  it('matches by the comment', () => {
    const { codes } = complete(setOf([page]), setOf([entry(1, { value: 'minimal' }, 'Something else.')], '1'))
    expect(codes).toEqual(['complete/no-match'])
  })

  it('leaves a set alone that the catalogue does not know', () => {
    const set = setOf([page])
    expect(complete(set).set).toBe(set)
  })
})
