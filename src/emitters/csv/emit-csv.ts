import type { ResolvedSet } from '../../model/mapping-set.js'
import type { Artifact, EmitContext } from '../emitter.js'
import { createCellTexts } from '../table/cell-text.js'
import { renderRecords } from '../table/render-records.js'
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

/** Renders the mapping table: a header, then one record per row. */
async function renderCsv(rows: readonly TableRow[], options: CsvOptions): Promise<Uint8Array> {
  const names = tableColumns.map(({ name }) => name)
  const records = rows.map((row) => names.map((name) => row[name] ?? ''))
  return renderRecords([names, ...records], { bom: options['csv-bom'], escapeFormulas: options['csv-escape-formulas'] })
}
