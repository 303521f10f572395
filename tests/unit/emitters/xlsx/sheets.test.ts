import { describe, expect, it } from 'vitest'
import { tableColumns } from '../../../../src/emitters/table/table-columns.js'
import { createDiagnostic } from '../../../../src/diagnostics/diagnostic.js'
import type { Capability, ResolvedSet } from '../../../../src/model/mapping-set.js'
import { emitContext } from '../../../support/emit-context.js'
import { fakeAttackIndex } from '../../../support/fake-attack-index.js'
import { originAt, sampleSet } from '../../../support/sample-sets.js'
import { emitSets, valuesOf } from './emit.js'

const { sheet } = await emitSets([sampleSet()])

function readMe(rows: Parameters<typeof valuesOf>[0]): ReadonlyMap<unknown, readonly unknown[]> {
  // Facts come first: names of columns further down may be the same.
  return new Map(valuesOf(rows).toReversed().map(([first, ...others]) => [first, others]))
}

describe('Read me', () => {
  it('states versions, people and dates, and what is not stated', () => {
    const facts = readMe(sheet('Read me'))
    expect(valuesOf(sheet('Read me'))[0]?.[0]).toBe('AWS 12/12/2024 and Enterprise ATT&CK 16.1')
    expect(
      ['Framework', 'Framework version', 'ATT&CK version', 'Author', 'Organisation', 'Created', 'Last updated', 'Made by'].map(
        (name) => facts.get(name)?.[0],
      ),
    ).toEqual(['AWS', '12/12/2024', '16.1', 'A. Author', 'Example', '2021-09-21', '2024-12-11', 'attack-crosswalk 0.0.0'])
  })

  it('says what no document states, and which release was looked up instead', async () => {
    const set: ResolvedSet = {
      ...sampleSet(),
      framework: { id: 'aws', name: 'AWS' },
      attack: { domain: 'enterprise' },
      about: {},
    }
    const bare = readMe(
      (await emitSets([set], { ...emitContext(fakeAttackIndex('18.1')), created: '2025-01-02' })).sheet('Read me'),
    )
    expect(
      ['Framework version', 'ATT&CK version', 'ATT&CK version looked up', 'Author', 'Created', 'Last updated'].map(
        (name) => bare.get(name)?.[0],
      ),
    ).toEqual([
      'not stated',
      'not stated',
      '18.1 (none is stated)',
      'not stated',
      '2025-01-02 (supplied when the workbook was made)',
      'not stated',
    ])
  })

  it('counts what the sheets hold', () => {
    const facts = readMe(sheet('Read me'))
    const count = (name: string): unknown => facts.get(name)?.[0]
    expect(count('Rows')).toBe(sheet('Mappings').length - 1)
    expect(count('Techniques')).toBe(sheet('By technique').length - 1)
    expect(count('Capabilities')).toBe(sheet('By capability').length - 1)
    expect(
      Number(count('Rows that map')) +
        Number(count('Rows of capabilities that map to nothing')) +
        Number(count('Rows of techniques that nothing maps to')),
    ).toBe(count('Rows'))
  })

  it('names sources, mapping types and groups, and tells of every column what a blank means', () => {
    const facts = readMe(sheet('Read me'))
    expect(facts.get('sample.txt')).toEqual(['a'.repeat(64), 'text-page', 5])
    expect(facts.get('technique_scores')).toEqual(['Technique Scores', 'How well it does.', 3])
    expect(facts.get('aws_cloudhsm')?.[0]).toBe('AWS CloudHSM')
    const lines = valuesOf(sheet('Read me'))
    for (const { title, content, blank } of tableColumns) expect(lines).toContainEqual([title, content, blank])
    for (const value of ['minimal', 'partial', 'significant', 'revoked']) expect(facts.has(value)).toBe(true)
  })

  it('has what rows say beside their cells', async () => {
    const set = sampleSet()
    const [first] = set.mappings
    const rows = (
      await emitSets([
        { ...set, mappings: first ? [{ ...first, author: { name: 'B. Author' }, release: { attackVersion: '15.1' } }] : [] },
      ])
    ).sheet('Read me')
    expect(
      valuesOf(rows)
        .filter(([, fact]) => fact === 'author name' || fact === 'own attackVersion')
        .map(([, , value]) => value),
    ).toEqual(['B. Author', '15.1'])
  })
})

describe('By technique', () => {
  it('sums up each technique once', () => {
    expect(valuesOf(sheet('By technique'))).toEqual([
      [
        'Technique',
        'Name',
        'Tactics',
        'In ATT&CK',
        'Capabilities',
        'Rows',
        'Best protect',
        'Best detect',
        'Capability ids',
        'Remark',
        'Page',
      ],
      [
        'T1190',
        'Exploit Public-Facing Application',
        'initial-access',
        'active',
        1,
        1,
        null,
        'significant',
        'amazon_guardduty',
        null,
        'https://attack.mitre.org/techniques/T1190/',
      ],
      [
        'T1553.002',
        'Code Signing',
        'defense-evasion',
        'active',
        1,
        2,
        'partial',
        'minimal',
        'aws_cloudhsm',
        null,
        'https://attack.mitre.org/techniques/T1553/002/',
      ],
      [
        'T1583.001',
        'Domains',
        'resource-development',
        'active',
        0,
        1,
        null,
        null,
        null,
        'declared unmappable',
        'https://attack.mitre.org/techniques/T1583/001/',
      ],
    ])
  })

  it('keeps the best score of each category, known values before others', async () => {
    const set = sampleSet()
    const [first] = set.mappings
    const values = ['odd', 'minimal', 'significant', 'partial']
    const scores = [...values.map((value) => ({ category: 'protect', value })), { category: 'Deter', value: 'a lot' }]
    const mappings = first ? scores.map((score) => Object.assign({}, first, { score })) : []
    const [titles, row] = valuesOf((await emitSets([{ ...set, mappings }])).sheet('By technique'))
    expect(row?.[titles?.indexOf('Best protect') ?? -1]).toBe('significant')
    expect(row?.[titles?.indexOf('Best of others') ?? -1]).toBe('Deter: a lot')
  })
})

describe('By capability', () => {
  it('has every capability, in natural order, and why one maps to nothing', () => {
    expect(valuesOf(sheet('By capability'))).toEqual([
      [
        'Capability',
        'Name',
        'Group',
        'Techniques',
        'Rows',
        'Best protect',
        'Best detect',
        'Technique ids',
        'Remark',
        'Why it maps to nothing',
      ],
      ['amazon_guardduty', 'Amazon GuardDuty', 'amazon_guardduty', 1, 1, null, 'significant', 'T1190'],
      [
        'aws_artifact',
        'AWS Artifact',
        'aws_artifact',
        0,
        1,
        null,
        null,
        null,
        'declared unmappable',
        'Gives access to reports only.',
      ],
      ['aws_cloudhsm', 'AWS CloudHSM', 'AWS CloudHSM', 1, 2, 'partial', 'minimal', 'T1553.002'],
    ])
  })

  it('shows capabilities that are only listed, with their description', async () => {
    const base = sampleSet()
    const listed = ['AC-10', 'AC-2'].map((id): [string, Capability] => [id, { id, description: `About ${id}`, groups: [] }])
    const rows = valuesOf(
      (await emitSets([{ ...base, capabilities: new Map([...base.capabilities, ...listed]) }])).sheet('By capability'),
    )
    const [titles] = rows
    const remark = titles?.indexOf('Remark') ?? -1
    expect(rows.slice(1, 3).map((row) => [row[0], row[2], row[remark]])).toEqual([
      ['AC-2', 'About AC-2', 'listed without rows'],
      ['AC-10', 'About AC-10', 'listed without rows'],
    ])
  })
})

describe('Notes', () => {
  it('says that there is nothing to say', () => {
    expect(valuesOf(sheet('Notes'))).toEqual([['Nothing was found that you would have to know.']])
  })

  it('has every diagnostic with its place', async () => {
    const diagnostic = createDiagnostic('check/unknown-technique', {
      origin: originAt(4),
      found: 'T9999',
      hint: 'Look it up',
      count: 3,
    })
    const notes = valuesOf((await emitSets([sampleSet()], { ...emitContext(), diagnostics: [diagnostic] })).sheet('Notes'))
    expect(notes[0]).toEqual(['Kind', 'What was noticed', 'Times', 'Document', 'Where', 'What is written there', 'What you can do', 'Code'])
    expect(notes[1]).toEqual([
      'warning',
      diagnostic.message,
      3,
      'sample.txt',
      'line 4',
      'T9999',
      'Look it up',
      'check/unknown-technique',
    ])
  })

  it('has problems first, then warnings, then notes', async () => {
    const diagnostics = (['check/technique-name-differs', 'check/unknown-technique', 'parse/unreadable-row'] as const).map((code) => createDiagnostic(code, {}))
    const notes = valuesOf((await emitSets([sampleSet()], { ...emitContext(), diagnostics })).sheet('Notes')).slice(1)
    expect(notes.map(([kind, , , last]) => [kind, last])).toEqual([
      ['problem', 'parse/unreadable-row'], ['warning', 'check/unknown-technique'], ['note', 'check/technique-name-differs'],
    ])
  })
})
