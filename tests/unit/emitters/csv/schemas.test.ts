import { describe, expect, it } from 'vitest'
import { csv } from '../../../../src/emitters/csv/csv.js'
import type { CsvMetadata } from '../../../../src/emitters/csv/csv-metadata.js'
import type { TableRow } from '../../../../src/emitters/table/table-columns.js'
import { schemaErrors } from '../../../../src/schemas/schema-errors.js'
import { emitContext } from '../../../support/emit-context.js'
import { sampleSet } from '../../../support/sample-sets.js'

const [table, description] = await csv.emit([sampleSet()], emitContext(), { 'csv-raw': true })
const rows: readonly TableRow[] = JSON.parse(JSON.stringify(table?.value))
const metadata: CsvMetadata = JSON.parse(JSON.stringify(description?.value))
const [row] = rows
const { columns } = metadata.tableSchema
const setsProperty = 'https://attack-crosswalk.example/ns#mappingSets'
const [set] = metadata[setsProperty]

describe('table-rows.schema.json', () => {
  it('accepts what we write', async () => {
    expect(await schemaErrors('table-rows', rows)).toEqual([])
  })

  it.each<readonly [string, unknown]>([
    ['an object', {}],
    ['a row that is a list', [['aws']]],
    ['an unknown column', [{ ...row, extra: 'x' }]],
    ['an empty cell', [{ ...row, comments: '' }]],
    ['a number', [{ ...row, attack_version: 16.1 }]],
    ['null', [{ ...row, comments: null }]],
    ['no id', [{ ...row, mapping_id: undefined }]],
    ['a random id', [{ ...row, mapping_id: '6a1b0f0e-0000-4000-8000-000000000000' }]],
    ['no place', [{ ...row, source_place: undefined }]],
    [
      'neither capability nor technique',
      [
        {
          ...row,
          capability_id: undefined,
          capability_description: undefined,
          attack_object_id: undefined,
          attack_object_name: undefined,
          attack_status: undefined,
          attack_url: undefined,
          attack_tactics: undefined,
        },
      ],
    ],
    ['a technique without its status', [{ ...row, attack_status: undefined }]],
    ['a name without a technique', [{ ...rows[3], attack_object_name: 'Domains' }]],
    ['another status', [{ ...row, status: 'done' }]],
    ['another status of a technique', [{ ...row, attack_status: 'gone' }]],
    ['another address', [{ ...row, attack_url: 'javascript:alert(1)' }]],
    ['an ISO date', [{ ...row, creation_date: '2021-09-21' }]],
    ['a null character', [{ ...row, comments: 'a\u0000' }]],
    ['a carriage return', [{ ...row, comments: 'a\r\nb' }]],
    ['a noncharacter', [{ ...row, comments: 'a\uFFFE' }]],
    ['a text that is too long', [{ ...row, comments: 'x'.repeat(32_768) }]],
  ])('rejects %s', async (_name, value) => {
    expect(await schemaErrors('table-rows', JSON.parse(JSON.stringify(value)))).not.toEqual([])
  })
})

describe('csv-metadata.schema.json', () => {
  it('accepts what we write', async () => {
    expect(await schemaErrors('csv-metadata', metadata)).toEqual([])
  })

  it.each<readonly [string, unknown]>([
    ['another context', { ...metadata, '@context': 'http://www.w3.org/ns/csvw' }],
    ['no table', { ...metadata, url: undefined }],
    ['a table elsewhere', { ...metadata, url: '../x.csv' }],
    ['an unknown property', { ...metadata, title: 'x' }],
    ['another dialect', { ...metadata, dialect: { ...metadata.dialect, delimiter: ';' } }],
    ['no key', { ...metadata, tableSchema: { columns } }],
    ['too few columns', { ...metadata, tableSchema: { columns: columns.slice(1), primaryKey: 'mapping_id' } }],
    [
      'a name that CSV on the Web forbids',
      { ...metadata, tableSchema: { columns: [{ ...columns[0], name: '_x' }, ...columns.slice(1)], primaryKey: 'mapping_id' } },
    ],
    [
      'an unknown datatype',
      {
        ...metadata,
        tableSchema: { columns: [{ ...columns[0], datatype: 'text' }, ...columns.slice(1)], primaryKey: 'mapping_id' },
      },
    ],
    ['a date that is none', { ...metadata, 'dc:created': { '@value': '2021-02-30', '@type': 'xsd:date' } }],
    ['no set', { ...metadata, [setsProperty]: [] }],
    ['a set without a domain', { ...metadata, [setsProperty]: [{ ...set, attack: {} }] }],
    [
      'a source without its digest',
      { ...metadata, [setsProperty]: [{ ...set, sources: [{ name: 'a', parser: 'b', rows: 1 }] }] },
    ],
    ['details that say nothing', { ...metadata, [setsProperty]: [{ ...set, row_details: [{ mapping_id: row?.mapping_id }] }] }],
    ['an empty text', { ...metadata, [setsProperty]: [{ ...set, about: { name: '' } }] }],
  ])('rejects %s', async (_name, value) => {
    expect(await schemaErrors('csv-metadata', JSON.parse(JSON.stringify(value)))).not.toEqual([])
  })
})
