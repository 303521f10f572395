import type { Report } from '../../diagnostics/diagnostic.js'
import type { ResolvedSet } from '../../model/mapping-set.js'
import { cutText } from '../../model/text.js'
import { joinPieces, takeTogether } from '../artifact-parts.js'
import type { Artifact, ArtifactParts, ArtifactPiece, EmitContext } from '../emitter.js'
import { createCellTexts } from '../table/cell-text.js'
import { forPrograms, forSpreadsheets, looksLikeFormula, loadRecordWriter, type RecordWriter } from '../table/render-records.js'
import { countSets } from '../table/set-facts.js'
import { cellsOf, columnNames, type TableRow } from '../table/table-columns.js'
import { tableRows } from '../table/table-rows.js'
import { csvMetadata } from './csv-metadata.js'
import type { CsvOptions } from './csv.js'

/** Writes the table of all sets, and its metadata under the name that CSV on the Web expects (section 5.2 of the model). */
export async function emitCsv(sets: readonly ResolvedSet[], context: EmitContext, options: CsvOptions): Promise<readonly Artifact[]> {
  const texts = createCellTexts('CSV')
  const rows = tableRows(sets, context, texts)
  texts.report(context.report)
  if (options['csv-raw']) reportFormulas(rows, context.report)
  const name = `${context.baseName}.csv`
  const metadata = csvMetadata(sets, name, context, options)
  const open = await loadRecordWriter(options['csv-raw'] ? forPrograms : forSpreadsheets)
  const parts: ArtifactParts = { head: [], pieces: () => renderRows(rows, open()) }
  const { rows: count, mapped, unmappedCapabilities, unmappedTechniques } = countSets(sets)
  return [
    {
      name,
      emitter: 'csv',
      schema: 'table-rows',
      get value() { return [...rows] },
      counts: { rows: count, mapped, unmappedCapabilities, unmappedTechniques },
      render: () => joinPieces(parts),
      parts,
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
function reportFormulas(rows: Iterable<TableRow>, report: Report): void {
  const counts = new Map<string, { count: number; readonly first: string }>()
  // The header is record 1.
  let record = 1
  for (const row of rows) {
    record += 1
    for (const name of columnNames) {
      const cell = row[name]
      if (cell === undefined || !looksLikeFormula(cell)) continue
      const known = counts.get(name)
      if (known) known.count += 1
      else counts.set(name, { count: 1, first: `record ${record}: ${cutText(cell, 60)}` })
    }
  }
  for (const [name, { count, first }] of counts) {
    report('emit/formula-like', { message: `Cells of ${name} begin like formulas, and are written as they are (CSV)`, found: first, count })
  }
}

/** Rows that are validated and written together. */
const rowsPerPiece = 200

/** The mapping table in pieces: a header, then one record per row. */
function* renderRows(rows: Iterable<TableRow>, writer: RecordWriter): Iterable<ArtifactPiece> {
  writer.add(columnNames)
  yield { items: [], text: writer.take() }
  for (const items of takeTogether(rows, rowsPerPiece)) {
    for (const row of items) writer.add(cellsOf(row))
    yield { items, text: writer.take() }
  }
}
