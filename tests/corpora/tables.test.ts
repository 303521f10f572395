import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { loadAttackIndex } from '../../src/attack/load-attack.js'
import { csv } from '../../src/emitters/csv/csv.js'
import type { Artifact } from '../../src/emitters/emitter.js'
import { xlsx } from '../../src/emitters/xlsx/xlsx.js'
import { decodeHead, detectContainer } from '../../src/formats/detect-container.js'
import { describeSet } from '../support/describe-set.js'
import { emitContext } from '../support/emit-context.js'
import { mapexCsv } from '../support/mapex-csv.js'
import { readSharedSets } from '../support/read-shared-sets.js'
import { decodeTable, readTable } from '../support/read-table.js'
import { testFile } from '../support/read-tree.js'
import { shared, sharedFolder } from '../support/shared.js'
import { workbookOptions } from '../support/workbook-options.js'

/** Older tables: the rows below their titles, the mappings read, what is reported. docs/decisions/0007 has the same table. */
const legacy = [
  {
    name: 'cve/Att&ckToCveMappings.csv',
    rows: 839,
    read: [['cve', 1715]],
    said: ['parse/unknown-column 1', 'parse/missing-technique 9', 'parse/guessed-framework 1'],
  },
  { name: 'nist/nist800-53-r4-8_2mappings.xlsx', rows: 4119, read: [['nist_800_53', 4119]], said: ['parse/guessed-framework 1'] },
  { name: 'nist/nist800-53-r5-12_1mappings.xlsx', rows: 4929, read: [['nist_800_53', 4929]], said: ['normalise/whitespace 5', 'parse/guessed-framework 1'] },
  { name: 'veris-1.3.7_attack-12.1-groups.xlsx', rows: 131, read: [], said: ['parse/not-techniques 131'] },
] as const

const mappingFiles = sharedFolder === undefined ? [] : readdirSync(shared('mappings')).filter((name) => name.endsWith('.json'))

async function render(artifacts: readonly Artifact[]) {
  return Object.fromEntries(
    await Promise.all(artifacts.map(async (artifact) => [artifact.name, await artifact.render()] as const))
  )
}

describe.skipIf(sharedFolder === undefined)('older tables of CTID', () => {
  it.each(legacy)('$name holds $rows rows; all are read, or reported', async ({ name, rows, read, said }) => {
    const bytes = readFileSync(shared(`legacy/${name}`))
    const { document } = await decodeTable(name, bytes)
    const widest = document?.sheets.toSorted((a, b) => b.rows.length - a.rows.length)[0]
    expect(widest?.rows.slice(1).filter((row) => row.length > 0)).toHaveLength(rows)
    const { sets, diagnostics } = await readTable(name, bytes)
    expect(sets.map(({ framework, mappings }) => [framework.id, mappings.length])).toEqual(read)
    expect(diagnostics.map(({ code, count = 1 }) => `${code} ${count}`)).toEqual(said)
  })

  it('the CVE table gives every technique of every cell, with the mapping type of its column', async () => {
    const bytes = readFileSync(shared('legacy/cve/Att&ckToCveMappings.csv'))
    const { sets } = await readTable('cve.csv', bytes)
    const written = new TextDecoder().decode(bytes).match(/T\d{4}(?:\.\d{3})?/g) ?? []
    const mapped = sets[0]?.mappings.flatMap((mapping) => (mapping.kind === 'mapped' ? [mapping.technique.id] : []))
    expect(mapped).toEqual(written)
    expect([...(sets[0]?.relations.keys() ?? [])]).toEqual(
      ['primary_impact', 'secondary_impact', 'exploitation_technique', 'uncategorized']
    )
  })

  it('the list of VERIS enumerations gives its 642 ids, and maps nothing', async () => {
    const { verisEnumerations } = await import('../../src/parsers/veris-enumerations/veris-enumerations.js')
    const { document } = await decodeTable('x.csv', readFileSync(shared('legacy/veris/veris1_3_7-enumerations-groups.csv')))
    if (!document) throw new Error('the list could not be decoded')
    expect(verisEnumerations.sniff(document).confidence).toBeGreaterThan(0.9)
    const [set] = await verisEnumerations.parse(document, { statements: {}, report: () => undefined })
    expect([set?.capabilities.size, set?.mappings.length]).toEqual([642, 0])
    expect(set?.capabilities.get('action.hacking.variety.Brute force')?.name).toBeDefined()
  })
})

describe.skipIf(sharedFolder === undefined)("CTID's published mappings", () => {
  it.each(mappingFiles)('%s as our CSV and workbook read back the same, field by field', async (name) => {
    const attack = await loadAttackIndex()
    for (const set of await readSharedSets(name, attack)) {
      const options = { 'csv-raw': true }
      for (
        const artifacts of [await csv.emit([set], emitContext(attack), options), await xlsx.emit([set], emitContext(attack), workbookOptions)]
      ) {
        const files = await render(artifacts)
        const [table = ''] = Object.keys(files)
        const { sets, diagnostics } = await readTable(table, files[table] ?? '', {}, files)
        expect(diagnostics).toEqual([])
        expect(sets.map(describeSet)).toEqual([describeSet(set)])
      }
    }
  })

  it.each(mappingFiles)("%s as mapex's CSV gives every row", async (name) => {
    for (const set of await readSharedSets(name, await loadAttackIndex())) {
      const { sets, diagnostics } = await readTable('mapex.csv', mapexCsv(set))
      expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
      expect(sets).toHaveLength(1)
      expect(sets[0]?.mappings.map(({ kind, comments, references, score }) => ({ kind, comments, references, score })))
        .toEqual(set.mappings.map(({ kind, comments, references, score }) => ({ kind, comments, references, score })))
    }
  })
})

describe.skipIf(sharedFolder === undefined)('documents that are no tables', () => {
  it('are not taken for any', () => {
    const folders = ['pages', 'seeds', 'mappings', 'design', 'navigator']
    const files = folders.flatMap((folder) => readdirSync(shared(folder), { withFileTypes: true })
      .filter((entry) => entry.isFile()).map((entry) => `${folder}/${entry.name}`))
    expect(files.length).toBeGreaterThan(1000)
    const documents = files.map((file) => testFile(file, readFileSync(shared(file))))
    expect(documents.filter((file) => detectContainer(file, decodeHead(file.bytes)).container === 'csv')).toEqual([])
  })
})
