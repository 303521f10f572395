import { parquetMetadata, parquetReadObjects } from 'hyparquet'
import { describe, expect, it } from 'vitest'
import { renderArtifact } from '../../../../src/emitters/artifact-parts.js'
import type { Artifact } from '../../../../src/emitters/emitter.js'
import { mappingColumns } from '../../../../src/emitters/parquet/mapping-rows.js'
import { parquet } from '../../../../src/emitters/parquet/parquet.js'
import { rowsPerGroup } from '../../../../src/emitters/parquet/write-parquet.js'
import type { ResolvedSet } from '../../../../src/model/mapping-set.js'
import { collectContent } from '../../../../src/pipeline/host.js'
import { largeSet, unmappedSet, withdrawnSet } from '../../../contract/emitter-sets.js'
import { emitContext } from '../../../support/emit-context.js'
import { hostileSet, hostileTexts, unfitTexts } from '../../../support/hostile-set.js'
import { sampleSet } from '../../../support/sample-sets.js'
import { createSet, mapped } from '../../../support/small-set.js'

async function emit(sets: readonly ResolvedSet[], techniques = true) {
  const context = emitContext()
  const artifacts = await parquet.emit(sets, context, { 'parquet-techniques': techniques })
  return { artifacts, log: context.log.entries }
}

/** Renders an artifact as a run does, and reads it back. */
async function readBack(artifact: Artifact | undefined) {
  if (!artifact) throw new Error('no artifact')
  const bytes = await collectContent(await renderArtifact(artifact))
  const file = bytes.slice().buffer
  // The reader has undefined for lists that are null.
  const rows = (await parquetReadObjects({ file })).map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value ?? null])))
  return { rows, metadata: parquetMetadata(file) }
}

/** Rows as a reader gives them: null for what is absent, and days as dates. */
function expected(artifact: Artifact | undefined): readonly object[] {
  const rows: readonly Readonly<Record<string, unknown>>[] = JSON.parse(JSON.stringify(artifact?.value))
  return rows.map((row) => Object.fromEntries(mappingColumns.map(({ name, type }) => {
    const value = row[name] ?? null
    return [name, type === 'date' && typeof value === 'string' ? new Date(`${value}T00:00:00Z`) : value]
  })))
}

describe('the table of mappings', () => {
  it.each([['sample', sampleSet()], ['unmapped', unmappedSet()], ['withdrawn', withdrawnSet()]])('reads back as the rows that were validated: %s', async (_name, set) => {
    const { artifacts: [table] } = await emit([set])
    const { rows } = await readBack(table)
    expect(rows).toHaveLength(set.mappings.length)
    expect(rows).toEqual(expected(table))
  })

  it.each([['hostile', hostileTexts], ['unfit for cells', unfitTexts]])('has texts as documents write them: %s', async (_name, texts) => {
    // Emitters get no lone surrogates.
    const set = hostileSet(texts.map((text) => text.toWellFormed()))
    const { artifacts: [table], log } = await emit([set])
    const { rows } = await readBack(table)
    expect(rows).toEqual(expected(table))
    expect(new Set(rows.map((row) => row['comments']))).toEqual(new Set(set.mappings.map(({ comments }) => comments ?? null)))
    expect(log.filter(({ code }) => code === 'emit/text-adjusted')).toEqual([])
  })

  it('has sets in their order, and rows by capability and technique', async () => {
    const sets = [largeSet(300), sampleSet()]
    const { rows } = await readBack((await emit(sets)).artifacts[0])
    expect(rows).toHaveLength(300 + sampleSet().mappings.length)
    const keys = rows.slice(0, 300).map((row) => `${String(row['capability_id'])} ${String(row['attack_object_id'])}`)
    expect(keys).toEqual(keys.toSorted())
    expect(new Set(keys).size).toBeGreaterThan(10)
  })

  it('has groups of rows, of which the last may be small', async () => {
    const count = rowsPerGroup * 2 + 7
    const { artifacts: [table] } = await emit([largeSet(count)], false)
    const { rows, metadata } = await readBack(table)
    expect(metadata.row_groups.map((group) => Number(group.num_rows))).toEqual([rowsPerGroup, rowsPerGroup, 7])
    expect(new Set(rows.map((row) => row['mapping_id'])).size).toBe(count)
  })

  it('of no row has its columns', async () => {
    const { rows, metadata } = await readBack((await emit([{ ...sampleSet(), mappings: [] }])).artifacts[0])
    expect(rows).toEqual([])
    expect(metadata.schema.filter(({ name }) => mappingColumns.some((column) => column.name === name))).toHaveLength(mappingColumns.length)
  })

  it('tells of its sets what is in no row, and who made it', async () => {
    const { metadata } = await readBack((await emit([sampleSet()])).artifacts[0])
    expect(metadata.created_by).toMatch(/^attack-crosswalk version \S+ \(build 0\)$/)
    const [{ key, value = '' } = { key: '' }] = metadata.key_value_metadata ?? []
    const { sets: [set] } = JSON.parse(value)
    expect([key, set.framework.id, set.looked_up_in.version, set.sources.length]).toEqual(['crosswalk', 'aws', '16.1', sampleSet().sources.length])
  })

  it('tells of capabilities that have no rows, a description, or another name or other groups than their rows', async () => {
    const set = createSet({ rows: ['plain', 'named', 'grouped', 'described'].map((id) => mapped(id, 'T1078', { capability: { id, description: id }, group: 'a' })) })
    const capabilities = [
      { id: 'plain' }, { id: 'named', name: 'Other' }, { id: 'grouped', groups: ['a', 'b'] }, { id: 'described', description: 'Long' }, { id: 'idle' },
    ].map((one) => ({ name: one.id, groups: ['a'], ...one }))
    const changed = { ...set, capabilities: new Map(capabilities.map((one) => [one.id, one])) }
    const { metadata } = await readBack((await emit([changed])).artifacts[0])
    const { sets: [described] } = JSON.parse(metadata.key_value_metadata?.[0]?.value ?? '')
    expect(described.capabilities.map(({ id }: { readonly id: string }) => id)).toEqual(['named', 'grouped', 'described', 'idle'])
  })

  it('reports what has no column: where fields come from, and dates that do not exist', async () => {
    const set = sampleSet()
    const [first, ...others] = set.mappings
    if (!first) throw new Error('the sample has rows')
    const [origin] = first.origins
    const changed = { ...set, about: { ...set.about, created: '2024-02-31' }, mappings: [{ ...first, ...(origin && { completed: [{ field: 'comments', from: origin }] }) }, ...others] }
    const { artifacts: [table], log } = await emit([changed])
    expect(log.map(({ code, count, found }) => [code, count, found])).toEqual([
      ['emit/not-representable', 1, undefined], ['emit/not-representable', 1, '2024-02-31'],
    ])
    const { rows } = await readBack(table)
    expect(rows.map((row) => row['creation_date'])).toEqual(rows.map(() => null))
    expect(rows.filter((row) => Array.isArray(row['completed_fields']))).toHaveLength(1)
  })
})

describe('the table of techniques', () => {
  it('has every technique of each release once, and what replaced those that are revoked', async () => {
    const { artifacts } = await emit([sampleSet(), sampleSet(), withdrawnSet()])
    expect(artifacts.map(({ name }) => name)).toEqual(['.parquet', '.techniques.parquet'].map((end) => `aws-12.12.2024_attack-16.1-enterprise${end}`))
    const { rows } = await readBack(artifacts[1])
    const release = emitContext().attack.release('enterprise', '16.1')
    expect(rows).toHaveLength(release.techniques().length)
    expect(new Set(rows.map((row) => row['technique_id'])).size).toBe(rows.length)
    const revoked = rows.filter((row) => row['current_id'] !== row['technique_id'])
    expect(revoked.map((row) => row['status'])).toEqual(revoked.map(() => 'revoked'))
  })

  it('is not written without the option', async () => {
    expect((await emit([sampleSet()], false)).artifacts).toHaveLength(1)
  })
})
