import { describe, expect, it } from 'vitest'
import type { CsvMetadata } from '../../../../src/emitters/csv/csv-metadata.js'
import { csv } from '../../../../src/emitters/csv/csv.js'
import { tableColumns, type TableRow } from '../../../../src/emitters/table/table-columns.js'
import type { ResolvedSet } from '../../../../src/model/mapping-set.js'
import { schemaErrors } from '../../../../src/schemas/schema-errors.js'
import { emitContext } from '../../../support/emit-context.js'
import { hostileSet, hostileTexts, unfitTexts } from '../../../support/hostile-set.js'
import { readCsv } from '../../../support/read-csv.js'
import { originAt, sampleSet } from '../../../support/sample-sets.js'

const plain = { 'csv-raw': true }
const forPeople = { 'csv-raw': false }
const names = tableColumns.map(({ name }) => name)

async function emitText(
  set: ResolvedSet,
  options = plain,
): Promise<{ readonly text: string; readonly rows: readonly TableRow[]; readonly metadata: CsvMetadata }> {
  const [table, description] = await csv.emit([set], emitContext(), options)
  if (!table || !description) throw new Error('two artifacts are expected')
  // Any is what JSON gives: these are values of these types, as the schemas say.
  const rows: readonly TableRow[] = JSON.parse(JSON.stringify(table.value))
  const metadata: CsvMetadata = JSON.parse(new TextDecoder().decode(await description.render()))
  return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await table.render()), rows, metadata }
}

function cellsOf(rows: readonly TableRow[]): readonly (readonly string[])[] {
  return [names, ...rows.map((row) => names.map((name) => row[name] ?? ''))]
}

describe('the CSV file', () => {
  it('reads back as the rows that were judged, header first', async () => {
    const { text, rows } = await emitText(sampleSet())
    expect(rows).toHaveLength(sampleSet().mappings.length)
    expect(readCsv(text)).toEqual(cellsOf(rows))
  })

  it('reads back whatever a document writes', async () => {
    for (const texts of [hostileTexts, unfitTexts]) {
      const { text, rows } = await emitText(hostileSet(texts))
      expect(readCsv(text)).toEqual(cellsOf(rows))
      expect(await schemaErrors('table-rows', rows)).toEqual([])
    }
  })

  it('leaves texts as they are: only what no cell can hold is changed', async () => {
    const { rows } = await emitText(hostileSet(hostileTexts))
    expect(rows.map((row) => row.comments)).toEqual(hostileTexts)
    expect(rows.map((row) => row.capability_id)).toEqual(hostileTexts)
  })

  it('is made in pieces, each with its rows: joined, they are the file', async () => {
    const sample = sampleSet()
    const set: ResolvedSet = { ...sample, mappings: Array.from({ length: 500 }, () => sample.mappings).flat() }
    for (const sets of [[set, sample], [{ ...sample, mappings: [] }], []]) {
      const [table] = await csv.emit(sets, emitContext(), forPeople)
      const pieces = [...table?.parts?.pieces() ?? []]
      expect(pieces.flatMap(({ items }) => items)).toEqual(table?.value)
      expect(pieces.every(({ items }) => items.length <= 1000)).toBe(true)
      const text = pieces.map((piece) => (piece.bytes ? 'bytes' : piece.text)).join('')
      expect(text === new TextDecoder('utf-8', { ignoreBOM: true }).decode(await table?.render())).toBe(true)
    }
  })

  it('has a byte order mark unless it is raw', async () => {
    const { text } = await emitText(sampleSet())
    const marked = await emitText(sampleSet(), forPeople)
    expect(text.startsWith('mapping_framework,')).toBe(true)
    expect(marked.text.startsWith('\uFEFFmapping_framework,')).toBe(true)
  })

  it('puts an apostrophe before formulas unless it is raw, and says so in its metadata', async () => {
    const set = hostileSet(hostileTexts)
    const { text, metadata } = await emitText(set, forPeople)
    const cells = readCsv(text).slice(1).flat()
    expect(cells.filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([])
    expect(cells).toContain('\'=HYPERLINK("https://example.org","x")')
    expect(metadata['https://attack-crosswalk.example/ns#formulasEscaped']).toBe(true)
    expect((await emitText(set)).metadata).not.toHaveProperty('https://attack-crosswalk.example/ns#formulasEscaped')
  })

  it('of a set without rows is its header', async () => {
    const { text } = await emitText({ ...sampleSet(), mappings: [] })
    expect(readCsv(text)).toEqual([names])
  })
})

describe('the metadata file', () => {
  it('has the name that CSV on the Web looks for, and names its table', async () => {
    const [table, description] = await csv.emit([sampleSet()], emitContext(), plain)
    expect([table?.name, description?.name]).toEqual([
      'aws-12.12.2024_attack-16.1-enterprise.csv',
      'aws-12.12.2024_attack-16.1-enterprise.csv-metadata.json',
    ])
    expect((await emitText(sampleSet())).metadata.url).toBe(table?.name)
  })

  it('describes the columns that the table has', async () => {
    const { metadata, text } = await emitText(sampleSet())
    const { columns, primaryKey } = metadata.tableSchema
    expect(columns.map(({ titles }) => titles)).toEqual(readCsv(text)[0])
    expect(columns.map(({ name }) => name)).toContain(primaryKey)
    expect(columns.find(({ name }) => name === 'creation_date')?.datatype).toEqual({ base: 'date', format: 'MM/dd/yyyy' })
  })

  it('requires only columns that no row leaves blank, with keys that never repeat', async () => {
    const [first] = sampleSet().mappings
    const { metadata, rows } = await emitText({
      ...sampleSet(),
      mappings: first ? [...sampleSet().mappings, first, first] : [],
    })
    const required = metadata.tableSchema.columns.filter((column) => column.required === true).map(({ name }) => name)
    expect(required).toEqual(['mapping_framework', 'technology_domain', 'mapping_id', 'source_document', 'source_place'])
    for (const row of rows) expect(Object.keys(row)).toEqual(expect.arrayContaining(required))
    expect(new Set(rows.map((row) => row.mapping_id)).size).toBe(rows.length)
  })

  it('splits lists where the table joined them', async () => {
    const { metadata, rows } = await emitText(sampleSet())
    const separators = new Map(metadata.tableSchema.columns.map(({ name, separator }) => [name, separator]))
    expect(rows[0]?.references?.split(separators.get('references') ?? '')).toEqual([
      'https://example.org/cloudhsm',
      'https://example.org/keys',
    ])
  })

  it('carries what belongs to the set, and what a row says beside its cells', async () => {
    const base = sampleSet()
    const [first, ...others] = base.mappings
    const unlisted = { id: 'listed_only', name: 'Listed only', description: 'No row names it.', groups: [] }
    const set: ResolvedSet = {
      ...base,
      capabilities: new Map([...base.capabilities, [unlisted.id, unlisted]]),
      mappings: first
        ? [
            { ...first, author: { name: 'B. Author' }, completed: [{ field: 'score', from: originAt(7, 'catalog.json') }] },
            ...others,
          ]
        : [],
    }
    const { metadata, rows } = await emitText(set)
    expect(metadata['dc:title']).toBe('AWS 12/12/2024 and Enterprise ATT&CK 16.1')
    expect(metadata['dc:modified']).toEqual({ '@value': '2024-12-11', '@type': 'xsd:date' })
    expect(metadata['https://attack-crosswalk.example/ns#mappingSets']).toEqual([
      {
        framework: base.framework,
        attack: base.attack,
        looked_up_in: { version: '16.1', match: 'exact' },
        about: base.about,
        relations: [...base.relations.values()],
        groups: [...base.groups.values()],
        capabilities: [unlisted],
        sources: base.sources,
        row_details: [
          {
            mapping_id: rows[0]?.mapping_id,
            author: { name: 'B. Author' },
            completed: [{ field: 'score', source_document: 'catalog.json', source_place: 'line 7' }],
          },
        ],
      },
    ])
  })
})

describe('several sets together', () => {
  it('stand in one table, with a description each', async () => {
    const other: ResolvedSet = { ...sampleSet(), framework: { id: 'gcp', name: 'GCP' } }
    const [table, description] = await csv.emit([sampleSet(), other], { ...emitContext(), baseName: 'all' }, plain)
    const rows: readonly TableRow[] = JSON.parse(JSON.stringify(table?.value))
    const metadata: CsvMetadata = JSON.parse(JSON.stringify(description?.value))
    expect(rows.map((row) => row.mapping_framework)).toEqual([...Array<string>(5).fill('aws'), ...Array<string>(5).fill('gcp')])
    expect(new Set(rows.map((row) => row.mapping_id)).size).toBe(10)
    expect(metadata['https://attack-crosswalk.example/ns#mappingSets']).toHaveLength(2)
    expect(table?.counts).toEqual({ rows: 10, mapped: 6, unmappedCapabilities: 2, unmappedTechniques: 2 })
  })
})
