import { beforeAll, describe, expect, it } from 'vitest'
import { renderArtifact } from '../../../../src/emitters/artifact-parts.js'
import type { Artifact } from '../../../../src/emitters/emitter.js'
import { parquet } from '../../../../src/emitters/parquet/parquet.js'
import { collectContent } from '../../../../src/pipeline/host.js'
import { schemaErrors } from '../../../../src/schemas/schema-errors.js'
import { emitContext } from '../../../support/emit-context.js'
import { sampleSet } from '../../../support/sample-sets.js'

type Row = Readonly<Record<string, unknown>>

let artifacts: readonly Artifact[] = []
beforeAll(async () => { artifacts = await parquet.emit([sampleSet()], emitContext(), { 'parquet-techniques': true }) })

function rowsOf(nth: number): readonly Row[] {
  const rows: readonly Row[] = JSON.parse(JSON.stringify(artifacts[nth]?.value))
  return rows
}

function without(row: Row, name: string): Row {
  return Object.fromEntries(Object.entries(row).filter(([key]) => key !== name))
}

describe('parquet-mappings.schema.json', () => {
  it('accepts the rows of the emitter', async () => {
    expect(await schemaErrors('parquet-mappings', rowsOf(0))).toEqual([])
    expect(await schemaErrors('parquet-mappings', [])).toEqual([])
  })

  it.each<[string, (row: Row) => Row]>([
    ['a row without a set', (row) => without(row, 'mapping_set')],
    ['an unknown column', (row) => ({ ...row, more: 'text' })],
    ['a kind that does not exist', (row) => ({ ...row, row_kind: 'other' })],
    ['a mapped row without a technique', (row) => without(row, 'attack_object_id')],
    ['a capability in the row of a technique', (row) => ({ ...row, row_kind: 'unmapped-technique' })],
    ['a technique in the row of a capability', (row) => ({ ...row, row_kind: 'unmapped-capability' })],
    ['an empty text', (row) => ({ ...row, comments: '' })],
    ['null', (row) => ({ ...row, comments: null })],
    ['a date as people write it', (row) => ({ ...row, creation_date: '12/31/2024' })],
    ['a list as text', (row) => ({ ...row, references: 'https://example.org' })],
    ['an empty list', (row) => ({ ...row, source_place: [] })],
    ['an id that is none', (row) => ({ ...row, mapping_id: '1' })],
    ['a status that does not exist', (row) => ({ ...row, attack_status: 'new' })],
  ])('rejects %s', async (_name, spoil) => {
    const [first, ...others] = rowsOf(0).filter((row) => row['row_kind'] === 'mapped')
    expect((await schemaErrors('parquet-mappings', [spoil(first ?? {}), ...others])).length).toBeGreaterThan(0)
  })

  it.each([[{}], ['text'], [null]])('rejects %j in place of the rows', async (value) => {
    expect((await schemaErrors('parquet-mappings', value)).length).toBeGreaterThan(0)
  })
})

describe('parquet-techniques.schema.json', () => {
  it('accepts the rows of the emitter', async () => {
    expect(await schemaErrors('parquet-techniques', rowsOf(1))).toEqual([])
  })

  it.each<[string, (row: Row) => Row]>([
    ['a row without an id', (row) => without(row, 'technique_id')],
    ['an id that is none', (row) => ({ ...row, technique_id: 'TA0001' })],
    ['a sub-technique without its technique', (row) => ({ ...row, is_subtechnique: true })],
    ['a technique of a technique', (row) => ({ ...row, parent_id: 'T1001' })],
    ['a flag as text', (row) => ({ ...row, is_subtechnique: 'false' })],
    ['an unknown column', (row) => ({ ...row, more: 'text' })],
  ])('rejects %s', async (_name, spoil) => {
    const [first, ...others] = rowsOf(1)
    expect((await schemaErrors('parquet-techniques', [spoil(first ?? {}), ...others])).length).toBeGreaterThan(0)
  })
})

it('a row that is not valid keeps the artifact from being written, and is named', async () => {
  const [table] = artifacts
  if (!table?.parts) throw new Error('the table has parts')
  const [first] = rowsOf(0)
  const items = [{ ...first, row_kind: 'other' }]
  const rendered = await renderArtifact({ ...table, value: items, parts: { head: [], pieces: () => [{ items, bytes: new Uint8Array(3) }] } })
  await expect(collectContent(rendered)).rejects.toThrow(/^\/0/)
})
