import type { Report } from '../../diagnostics/diagnostic.js'
import type { ResolvedSet } from '../../model/mapping-set.js'
import { cutText } from '../../model/text.js'
import type { Artifact, EmitContext } from '../emitter.js'
import { createCellTexts } from '../table/cell-text.js'
import { forPrograms, forSpreadsheets, looksLikeFormula, renderRecords } from '../table/render-records.js'
import { countSets } from '../table/set-facts.js'
import { tableColumns, type TableRow } from '../table/table-columns.js'
import { tableRows } from '../table/table-rows.js'
import { csvMetadata } from './csv-metadata.js'
import type { CsvOptions } from './csv.js'

/** Writes the table of all sets, and its metadata under the name that CSV on the Web expects (section 5.2 of the model). */
export function emitCsv(sets: readonly ResolvedSet[], context: EmitContext, options: CsvOptions): readonly Artifact[] {
  const texts = createCellTexts('CSV')
  const rows = tableRows(sets, context, texts)
  texts.report(context.report)
  if (options['csv-raw']) reportFormulas(rows, context.report)
  const name = `${context.baseName}.csv`
  const metadata = csvMetadata(sets, name, context, options)
  const { mapped, unmappedCapabilities, unmappedTechniques } = countSets(sets)
  return [
    {
      name,
      emitter: 'csv',
      schema: 'table-rows',
      value: rows,
      counts: { rows: rows.length, mapped, unmappedCapabilities, unmappedTechniques },
      render: () => renderCsv(rows, options),
    },
    {
      name: `${name}-metadata.json`,
      emitter: 'csv',
      schema: 'csv-metadata',
      value: metadata,
      counts: { sets: sets.length, columns: metadata.tableSchema.columns.length },
      render: () => new TextEncoder().encode(`${JSON.stringify(metadata, null, 2)}\n`),
    },
  ]
}

/** Reports the cells that a spreadsheet would run as formulas: in a raw file nothing stops it. */
function reportFormulas(rows: readonly TableRow[], report: Report): void {
  const counts = new Map<string, { count: number; readonly first: string }>()
  for (const [index, row] of rows.entries()) {
    for (const { name } of tableColumns) {
      const cell = row[name]
      if (cell === undefined || !looksLikeFormula(cell)) continue
      const known = counts.get(name)
      if (known) known.count += 1
      // The header is record 1.
      else counts.set(name, { count: 1, first: `record ${index + 2}: ${cutText(cell, 60)}` })
    }
  }
  for (const [name, { count, first }] of counts) {
    report('emit/formula-like', { message: `Cells of ${name} begin like formulas, and are written as they are (CSV)`, found: first, count })
  }
}

/** Renders the mapping table: a header, then one record per row. */
async function renderCsv(rows: readonly TableRow[], options: CsvOptions): Promise<Uint8Array> {
  return renderRecords(listRecords(rows), options['csv-raw'] ? forPrograms : forSpreadsheets)
}

function* listRecords(rows: readonly TableRow[]): Iterable<readonly string[]> {
  const names = tableColumns.map(({ name }) => name)
  yield names
  for (const row of rows) yield names.map((name) => row[name] ?? '')
}
