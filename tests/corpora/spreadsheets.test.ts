import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { loadAttackIndex } from '../../src/attack/load-attack.js'
import { csv } from '../../src/emitters/csv/csv.js'
import { tableColumns, type TableRow } from '../../src/emitters/table/table-columns.js'
import { xlsx } from '../../src/emitters/xlsx/xlsx.js'
import { schemaErrors } from '../../src/schemas/schema-errors.js'
import { emitContext } from '../support/emit-context.js'
import { readCsv } from '../support/read-csv.js'
import { readSharedSets } from '../support/read-shared-sets.js'
import { readWorkbook } from '../support/read-workbook.js'
import { shared, sharedFolder } from '../support/shared.js'
import { workbookOptions } from '../support/workbook-options.js'

const names = sharedFolder === undefined ? [] : readdirSync(shared('mappings')).filter((name) => name.endsWith('.json'))
const inWorkbooks = new Set([
  'aws-12.12.2024_attack-16.1-enterprise.json',
  'kev-02.13.2025_attack-15.1-mobile.json',
  'nist_800_53-rev5_attack-14.1-enterprise.json',
])

function cellsOf(row: TableRow): readonly string[] {
  return tableColumns.map(({ name }) => row[name] ?? '')
}

describe.skipIf(sharedFolder === undefined)("CTID's published mapping files", () => {
  describe.each(names)('%s', (name) => {
    it('as CSV: valid, every row, read back, and nothing changed', async () => {
      const attack = await loadAttackIndex()
      for (const set of await readSharedSets(name, attack)) {
        const context = emitContext(attack)
        const [table, description] = await csv.emit([set], context, { 'csv-raw': true })
        if (!table || !description) throw new Error('two artifacts are expected')
        const rows: readonly TableRow[] = JSON.parse(JSON.stringify(table.value))
        expect(await schemaErrors(table.schema, rows)).toEqual([])
        expect(await schemaErrors(description.schema, description.value)).toEqual([])
        expect(rows).toHaveLength(set.mappings.length)
        expect(new Set(rows.map((row) => row.mapping_id)).size).toBe(rows.length)
        expect(readCsv(new TextDecoder().decode(await table.render())).slice(1)).toEqual(rows.map(cellsOf))
        expect(context.log.entries).toEqual([])
      }
    })
  })

  it.each(names.filter((name) => inWorkbooks.has(name)))(
    '%s as a workbook: valid, and the cells of CSV to another reader',
    async (name) => {
      const attack = await loadAttackIndex()
      for (const set of await readSharedSets(name, attack)) {
        const [artifact] = await xlsx.emit([set], emitContext(attack), workbookOptions)
        const [table] = await csv.emit([set], emitContext(attack), { 'csv-raw': true })
        if (!artifact || !table) throw new Error('an artifact is missing')
        const rows: readonly TableRow[] = JSON.parse(JSON.stringify(table.value))
        expect(await schemaErrors(artifact.schema, artifact.value)).toEqual([])
        const mappings = readWorkbook(await artifact.render()).get('Mappings') ?? []
        expect(mappings.slice(1).map((row) => tableColumns.map((_, column) => row[column]?.value ?? ''))).toEqual(
          rows.map(cellsOf),
        )
      }
    },
  )
})
