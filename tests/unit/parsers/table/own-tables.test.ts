import { describe, expect, it } from 'vitest'
import { loadAttackIndex } from '../../../../src/attack/load-attack.js'
import type { Artifact } from '../../../../src/emitters/emitter.js'
import { csv, type CsvOptions } from '../../../../src/emitters/csv/csv.js'
import { xlsx } from '../../../../src/emitters/xlsx/xlsx.js'
import type { ResolvedSet } from '../../../../src/model/mapping-set.js'
import { stated } from '../../../../src/model/stated.js'
import { describeSet } from '../../../support/describe-set.js'
import { emitContext } from '../../../support/emit-context.js'
import { mapexCsv } from '../../../support/mapex-csv.js'
import { readTable } from '../../../support/read-table.js'
import { sampleSet } from '../../../support/sample-sets.js'
import { workbookOptions } from '../../../support/workbook-options.js'

/** The sample with all that has no column: several mapping types, authors of rows, a row of another release. */
function fullSet(): ResolvedSet {
  const set = sampleSet()
  const relations = new Map(
    [...set.relations, ['technique_scores_2', { id: 'technique_scores_2', name: 'Other Scores', description: 'Two\nlines.' }]]
  )
  const mappings = set.mappings.map((mapping, index) => {
    if (index === 0) return { ...mapping, review: { verdict: 'partly agreed', initials: 'AB', remark: 'Two\nlines.' } }
    if (index === 1) return { ...mapping, relation: 'technique_scores_2', author: { name: 'B. Writer', organization: 'Else' } }
    if (index === 2) return {
      ...mapping, release: { attackVersion: '15.1', frameworkVersion: '01/01/2024' }, status: 'in_progress' as const,
    }
    return mapping
  })
  return { ...set, relations, mappings }
}

async function emitCsv(set: ResolvedSet, options: Partial<CsvOptions> = {}) {
  return render(
    await csv.emit([set], emitContext(await loadAttackIndex()), { 'csv-raw': true, ...options })
  )
}

async function render(artifacts: readonly Artifact[]) {
  return Object.fromEntries(
    await Promise.all(artifacts.map(async (artifact) => [artifact.name, await artifact.render()] as const))
  )
}

describe('our own tables', () => {
  it.each(
    [{}, { 'csv-raw': false }]
  )('as CSV with their metadata give the same set (%j)', async (options) => {
    const files = await emitCsv(fullSet(), options)
    const [name = '', bytes = ''] = Object.entries(files)[0] ?? []
    const { sets, diagnostics } = await readTable(name, bytes, {}, files)
    expect(diagnostics).toEqual([])
    expect(sets).toHaveLength(1)
    expect(sets.map(describeSet)).toEqual([describeSet(fullSet())])
  })

  it('as CSV alone give every row', async () => {
    const files = await emitCsv(fullSet())
    const [name = '', bytes = ''] = Object.entries(files)[0] ?? []
    const { sets, diagnostics } = await readTable(name, bytes)
    expect(diagnostics).toEqual([])
    // The row of another release is in a set of its own: without metadata, its set is unknown.
    expect(sets.map(({ framework, attack, mappings }) => [framework.version, attack.version, mappings.length])).toEqual([
      ['12/12/2024', '16.1', 4], ['01/01/2024', '15.1', 1],
    ])
    expect(sets[0]?.mappings[0]).toMatchObject(
      { relation: 'Technique Scores', group: 'AWS CloudHSM', status: 'complete', score: { related: 'T1553' } }
    )
    expect(sets[0]?.about).toEqual({ created: '2021-09-21', modified: '2024-12-11' })
    expect(sets[0]?.mappings[1]?.author).toEqual({ organization: 'Else' })
  })

  it('as a workbook give the same set', async () => {
    const files = await render(await xlsx.emit([fullSet()], emitContext(await loadAttackIndex()), workbookOptions))
    const [name = '', bytes = ''] = Object.entries(files)[0] ?? []
    const { sets, diagnostics } = await readTable(name, bytes)
    expect(diagnostics).toEqual([])
    expect(sets.map(describeSet)).toEqual([describeSet(fullSet())])
    expect(sets[0]?.mappings[0]?.origins[0]?.place).toMatchObject({ kind: 'cell', sheet: 'Mappings' })
  })

  it('as a workbook of two sets give both', async () => {
    const full = fullSet()
    const other: ResolvedSet = { ...full, attack: { domain: 'mobile', version: '15.1' }, about: { ...full.about, name: 'C. Other' } }
    const files = await render(await xlsx.emit([full, other], emitContext(await loadAttackIndex()), workbookOptions))
    const [name = '', bytes = ''] = Object.entries(files)[0] ?? []
    const { sets, diagnostics } = await readTable(name, bytes)
    expect(diagnostics).toEqual([])
    expect(sets.map(describeSet)).toEqual([describeSet(full), describeSet(other)])
  })

  it.each(['csv', 'xlsx'] as const)('as %s keep references that look like lists', async (format) => {
    const references = [['[]'], ['https://example.org/one https://example.org/two'], ['see page 3, then page 4'], ["['a', 'b']", 'n/a', '-']]
    const full = fullSet()
    const set = { ...full, mappings: full.mappings.map((mapping, index) => ({ ...mapping, ...stated({ references: references[index] }) })) }
    const attack = await loadAttackIndex()
    const files = format === 'csv' ? await emitCsv(set) : await render(await xlsx.emit([set], emitContext(attack), workbookOptions))
    const [name = '', bytes = ''] = Object.entries(files)[0] ?? []
    const { sets, diagnostics } = await readTable(name, bytes, {}, files)
    expect(diagnostics).toEqual([])
    expect(sets.map(describeSet)).toEqual([describeSet(set)])
  })

  it('skip metadata of another shape', async () => {
    const files = await emitCsv(sampleSet())
    const [name = '', bytes = ''] = Object.entries(files)[0] ?? []
    for (
      const metadata of [
        '{}', '[]', '{"https://attack-crosswalk.example/ns#mappingSets": [null, {}, {"framework": {"id": 3}}]}', '{',
      ]
    ) {
      const { sets } = await readTable(name, bytes, {}, { [`${name}-metadata.json`]: metadata })
      expect(sets.map(({ mappings }) => mappings.length)).toEqual([5])
    }
  })
})

describe("mapex's tables", () => {
  it('are read past their index, with lists as Python prints them', async () => {
    const { sets, diagnostics } = await readTable('aws.csv', mapexCsv(sampleSet()))
    expect(diagnostics.map(({ code }) => code)).toEqual(['parse/missing-capability'])
    expect(sets).toHaveLength(1)
    expect(sets[0]).toMatchObject({
      framework: { id: 'aws', version: '12/12/2024' },
      attack: { domain: 'enterprise', version: '16.1' },
      about: { organization: 'Example', created: '2021-09-21', modified: '2024-12-11' },
    })
    expect(sets[0]?.mappings.map(({ kind }) => kind)).toEqual(
      ['mapped', 'mapped', 'mapped', 'unmapped-capability', 'unmapped-technique']
    )
    expect(sets[0]?.mappings[0]?.references).toEqual(['https://example.org/cloudhsm', 'https://example.org/keys'])
    // mapex writes no status: the mapping type is the declaration.
    expect(sets[0]?.mappings[3]).toMatchObject({ relation: 'non_mappable', status: 'non_mappable' })
  })
})
