import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csv } from '../../src/emitters/csv/csv.js'
import { sanitiseCell } from '../../src/emitters/table/cell-text.js'
import { tableColumns, type TableRow } from '../../src/emitters/table/table-columns.js'
import { xlsx } from '../../src/emitters/xlsx/xlsx.js'
import type { ResolvedSet } from '../../src/model/mapping-set.js'
import { schemaErrors } from '../../src/schemas/schema-errors.js'
import { arbitrarySet } from '../support/arbitrary-set.js'
import { emitContext } from '../support/emit-context.js'
import { readCsv } from '../support/read-csv.js'
import { readWorkbook } from '../support/read-workbook.js'
import { workbookOptions } from '../support/workbook-options.js'

const seed = 20_240_616
const plain = { 'csv-raw': true }
const anyText = fc.string({ unit: 'binary', maxLength: 200 })

async function rowsOf(set: ResolvedSet): Promise<{ readonly rows: readonly TableRow[]; readonly text: string }> {
  const [table] = await csv.emit([set], emitContext(), plain)
  const rows: readonly TableRow[] = JSON.parse(JSON.stringify(table?.value))
  return { rows, text: new TextDecoder('utf-8', { fatal: true }).decode(await table?.render()) }
}

function cellsOf(row: TableRow): readonly string[] {
  return tableColumns.map(({ name }) => row[name] ?? '')
}

describe('the cell sanitiser', () => {
  it('gives what XML can hold, changes nothing twice, and says when it changed something', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          anyText,
          fc.array(fc.constantFrom('\uD83D', '\uDE00', '\r', '\n', '\u0000', 'a')).map((parts) => parts.join('')),
        ),
        (text) => {
          const { text: cell, changes } = sanitiseCell(text)
          expect(cell.isWellFormed()).toBe(true)
          expect(cell).not.toMatch(/[^\t\n\u{20}-\u{FFFD}\u{10000}-\u{10FFFF}]/u)
          expect(changes.length > 0).toBe(cell !== text)
          expect(sanitiseCell(cell)).toEqual({ text: cell, changes: [] })
        },
      ),
      { seed, numRuns: 2000 },
    )
  })
})

describe('any mapping set', () => {
  it('gives a CSV file that verifies, has every row, and reads back', async () => {
    await fc.assert(
      fc.asyncProperty(arbitrarySet, async (set) => {
        const artifacts = await csv.emit([set], emitContext(), plain)
        for (const { schema, value } of artifacts) expect(await schemaErrors(schema, value)).toEqual([])
        const { rows, text } = await rowsOf(set)
        expect(rows).toHaveLength(set.mappings.length)
        expect(new Set(rows.map((row) => row.mapping_id)).size).toBe(rows.length)
        expect(readCsv(text).slice(1)).toEqual(rows.map(cellsOf))
      }),
      { seed, numRuns: 200 },
    )
  })

  it('gives a workbook that verifies, and whose mappings another reader finds as they are in CSV', async () => {
    await fc.assert(
      fc.asyncProperty(arbitrarySet, async (set) => {
        const [artifact] = await xlsx.emit([set], emitContext(), workbookOptions)
        if (!artifact) throw new Error('nothing was emitted')
        expect(await schemaErrors(artifact.schema, artifact.value)).toEqual([])
        const mappings = readWorkbook(await artifact.render()).get('Mappings') ?? []
        const { rows } = await rowsOf(set)
        const found = mappings.slice(1).map((row) => tableColumns.map((_, column) => row[column]?.value ?? ''))
        expect(found).toEqual(rows.map(cellsOf))
      }),
      { seed, numRuns: 100 },
    )
  })
})
