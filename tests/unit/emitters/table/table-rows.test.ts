import { describe, expect, it } from 'vitest'
import { createCellTexts } from '../../../../src/emitters/table/cell-text.js'
import { cellsOf, columnNames, tableColumns, type TableRow } from '../../../../src/emitters/table/table-columns.js'
import { tableRows } from '../../../../src/emitters/table/table-rows.js'
import type { ResolvedSet } from '../../../../src/model/mapping-set.js'
import { emitContext } from '../../../support/emit-context.js'
import { hostileSet, unfitTexts } from '../../../support/hostile-set.js'
import { originAt, sampleSet } from '../../../support/sample-sets.js'

function rowsOf(set: ResolvedSet): readonly TableRow[] {
  return [...tableRows([set], emitContext(), createCellTexts('test'))]
}

describe('tableColumns', () => {
  it('begins with the eighteen columns of mapex, in its order', () => {
    expect(tableColumns.slice(0, 18).map(({ name }) => name)).toEqual([
      'mapping_framework',
      'mapping_framework_version',
      'capability_group',
      'capability_id',
      'capability_description',
      'mapping_type',
      'attack_object_id',
      'attack_object_name',
      'attack_version',
      'technology_domain',
      'score_category',
      'score_value',
      'related_score',
      'references',
      'comments',
      'organization',
      'creation_date',
      'last_update',
    ])
  })

  it('ends with the columns of Crosswalk', () => {
    expect(tableColumns.slice(18).map(({ name }) => name)).toEqual([
      'mapping_id',
      'attack_tactics',
      'attack_url',
      'attack_status',
      'source_document',
      'source_place',
      'status',
      'auditor_verdict',
      'auditor_initials',
      'auditor_remark',
    ])
  })
})

describe('cellsOf', () => {
  it('has the cells of all columns in their order', () => {
    expect(cellsOf(Object.fromEntries(columnNames.map((name) => [name, `the ${name}`])))).toEqual(columnNames.map((name) => `the ${name}`))
  })
})

describe('tableRows', () => {
  it("writes what a row states, with the set's own facts", () => {
    const [first] = rowsOf(sampleSet())
    expect(first).toEqual({
      mapping_framework: 'aws',
      mapping_framework_version: '12/12/2024',
      capability_group: 'AWS CloudHSM',
      capability_id: 'aws_cloudhsm',
      capability_description: 'AWS CloudHSM',
      mapping_type: 'Technique Scores',
      attack_object_id: 'T1553.002',
      attack_object_name: 'Code Signing',
      attack_version: '16.1',
      technology_domain: 'enterprise',
      score_category: 'protect',
      score_value: 'partial',
      related_score: 'T1553',
      references: 'https://example.org/cloudhsm\nhttps://example.org/keys',
      comments: 'Keys stay in hardware.\nA second line.',
      organization: 'Example',
      creation_date: '09/21/2021',
      last_update: '12/11/2024',
      mapping_id: first?.mapping_id,
      attack_tactics: 'defense-evasion',
      attack_url: 'https://attack.mitre.org/techniques/T1553/002/',
      attack_status: 'active',
      source_document: 'sample.txt',
      source_place: 'line 5',
      status: 'complete',
    })
  })

  it('has a row of every kind, and blanks where a kind has nothing', () => {
    const [, , , capability, technique] = rowsOf(sampleSet())
    expect(capability).toMatchObject({ capability_id: 'aws_artifact', mapping_type: 'non_mappable', status: 'non_mappable' })
    for (const name of [
      'attack_object_id',
      'attack_object_name',
      'attack_url',
      'attack_status',
      'attack_tactics',
      'score_value',
    ]) {
      expect(capability).toHaveProperty(name, undefined)
    }
    expect(technique).toMatchObject({ attack_object_id: 'T1583.001', attack_status: 'active' })
    for (const name of ['capability_id', 'capability_description', 'capability_group', 'mapping_type'])
      expect(technique).toHaveProperty(name, undefined)
  })

  it('leaves blank what is not stated, and takes a date from the command line', () => {
    const { created: _created, modified: _modified, organization: _organization, ...about } = sampleSet().about
    const set: ResolvedSet = { ...sampleSet(), about, framework: { id: 'aws', name: 'AWS' }, attack: { domain: 'enterprise' } }
    const [bare] = rowsOf(set)
    for (const name of ['mapping_framework_version', 'attack_version', 'organization', 'creation_date', 'last_update']) {
      expect(bare).toHaveProperty(name, undefined)
    }
    const [dated] = tableRows([set], { ...emitContext(), created: '2024-02-03' }, createCellTexts('test'))
    expect(dated).toMatchObject({ creation_date: '02/03/2024' })
  })

  it('has the facts of ATT&CK about a technique, and no URL for malformed ids', () => {
    const statuses = ['T1066', 'T1108', 'T9999', 'see notes'].map((id) => {
      const set = sampleSet()
      const [row] = rowsOf({ ...set, mappings: [{ kind: 'unmapped-technique', origins: [originAt(1)], technique: { id } }] })
      return [row?.attack_status, row?.attack_url]
    })
    expect(statuses).toEqual([
      ['revoked', 'https://attack.mitre.org/techniques/T1066/'],
      ['deprecated', 'https://attack.mitre.org/techniques/T1108/'],
      ['unknown', 'https://attack.mitre.org/techniques/T9999/'],
      ['unknown', undefined],
    ])
  })

  it('writes the id if the name of a group is ambiguous', () => {
    const set = sampleSet()
    const groups = new Map([
      ['aws_cloudhsm', { id: 'aws_cloudhsm', name: 'Keys' }],
      ['amazon_guardduty', { id: 'amazon_guardduty', name: 'Keys' }],
      ['aws_artifact', { id: 'aws_artifact', name: 'Papers' }],
    ])
    expect(rowsOf({ ...set, groups }).map((row) => row.capability_group)).toEqual([
      'aws_cloudhsm',
      'aws_cloudhsm',
      'amazon_guardduty',
      'Papers',
      undefined,
    ])
  })

  it('names every document and place of a row, pair by pair', () => {
    const set = sampleSet()
    const [first] = set.mappings
    const origins = [
      originAt(3, 'a.txt'),
      { document: 'b.json', place: { kind: 'pointer', pointer: '/mapping_objects/7', line: 9, column: 5 } },
      { document: 'c.xlsx', place: { kind: 'cell', sheet: 'Mappings', cell: 'A12' } },
      { document: 'd.html', place: { kind: 'file' } },
    ] as const
    const [row] = rowsOf({ ...set, mappings: first ? [{ ...first, origins }] : [] })
    expect(row?.source_document).toBe('a.txt\nb.json\nc.xlsx\nd.html')
    expect(row?.source_place).toBe('line 3\n/mapping_objects/7 (line 9, column 5)\nMappings!A12\nwhole document')
  })

  it('makes documents and places single lines that cells can have, and counts each row', () => {
    const set = sampleSet()
    const [first] = set.mappings
    const texts = createCellTexts('test')
    const at = (document: string, pointer: string) => (first ? [{ ...first, origins: [{ document, place: { kind: 'pointer', pointer } as const }] }] : [])
    const mappings = [at('a\nb', '/é'), at('a\nb', '/c\nd'), at('a b', '/\u0001'), at('a b', '/1')].flat()
    const rows = [...tableRows([{ ...set, mappings }], emitContext(), texts)]
    expect(rows.map((row) => row.source_document)).toEqual(['a b', 'a b', 'a b', 'a b'])
    expect(rows.map((row) => row.source_place)).toEqual(['/é', '/c d', '/', '/1'])
    expect(texts.changes().filter(({ where }) => where.startsWith('source_')).map(({ change, where, count }) => `${change} ${where} ${count}`))
      .toEqual(['lines joined source_document 2', 'lines joined source_place 1', 'characters removed source_place 1'])
  })

  it("lets a row's own release win over the set's", () => {
    const set = sampleSet()
    const [first] = set.mappings
    const release = { framework: 'gcp', frameworkVersion: '2', attackVersion: '15.1', domain: 'mobile' }
    const [row] = rowsOf({ ...set, mappings: first ? [{ ...first, release, author: { organization: 'Another' } }] : [] })
    expect(row).toMatchObject({
      mapping_framework: 'gcp',
      mapping_framework_version: '2',
      attack_version: '15.1',
      technology_domain: 'mobile',
      organization: 'Another',
      attack_status: 'unknown',
    })
  })

  it('reports changes once per column and kind, with the first place and the number of cells', () => {
    const context = emitContext()
    const texts = createCellTexts('CSV')
    tableRows([hostileSet(unfitTexts)], context, texts)
    texts.report(context.report)
    const ofComments = context.log.entries.filter(({ message }) => message.includes('in comments'))
    expect(ofComments.map(({ code, message, count, origin }) => [code, message, count, origin?.place])).toEqual([
      [
        'emit/text-adjusted',
        'Characters that XML forbids were removed in comments (CSV)',
        1,
        { kind: 'text', line: 1, column: 1 },
      ],
      [
        'emit/text-adjusted',
        'Lone surrogates were replaced by U+FFFD in comments (CSV)',
        1,
        { kind: 'text', line: 2, column: 1 },
      ],
      ['emit/text-adjusted', 'Line ends were changed to line feeds in comments (CSV)', 1, { kind: 'text', line: 3, column: 1 }],
      [
        'emit/text-adjusted',
        'Texts longer than the cell limit were shortened in comments (CSV)',
        2,
        { kind: 'text', line: 4, column: 1 },
      ],
    ])
  })
  it('lists the rows of a large set as often as it is asked to, with the changes of one time', () => {
    const sample = sampleSet()
    const set: ResolvedSet = { ...sample, mappings: sample.mappings.map((row) => ({ ...row, comments: 'a\r\nb' })) }
    const few = createCellTexts('CSV')
    const rows = [...tableRows([set], emitContext(), few)]
    const times = Math.ceil(10_001 / rows.length)
    const many = createCellTexts('CSV')
    const large = tableRows([{ ...set, mappings: Array.from({ length: times }, () => set.mappings).flat() }], emitContext(), many)
    for (const listed of [[...large], [...large]]) {
      expect(listed).toHaveLength(times * rows.length)
      expect(listed.slice(-rows.length).map(({ mapping_id: _id, ...row }) => row)).toEqual(rows.map(({ mapping_id: _id, ...row }) => row))
      expect(new Set(listed.map((row) => row.mapping_id)).size).toBe(listed.length)
    }
    expect(many.changes()).toEqual(few.changes().map((change) => ({ ...change, count: change.count * times })))
    expect(few.changes()).toMatchObject([{ change: 'line ends', where: 'comments', count: rows.length }])
  })
})
