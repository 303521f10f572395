import type { ResolvedSet } from '../../model/mapping-set.js'
import type { Artifact } from '../artifact.js'
import type { EmitContext } from '../emitter.js'
import { mendHalves } from '../ctid-document/mend-halves.js'
import { createCellTexts } from '../table/cell-text.js'
import { countSets } from '../table/set-counts.js'
import { tableRows } from '../table/table-rows.js'
import { csvMetadata } from './csv-metadata.js'
import type { CsvOptions } from './csv-options.js'
import { renderCsv } from './render-csv.js'

/**
 * The table of all sets, and the file that describes it under the name that CSV on the Web (section 5.2 of the model) looks for.
 */
export function emitCsv(sets: readonly ResolvedSet[], context: EmitContext, options: CsvOptions): readonly Artifact[] {
  const texts = createCellTexts('CSV')
  const rows = tableRows(sets, context, texts)
  texts.report(context.report)
  const name = `${context.baseName}.csv`
  const { value: metadata, changed } = mendHalves(csvMetadata(sets, name, context, options))
  if (changed > 0) {
    context.report('emit/text-adjusted', {
      message: 'Halves of characters were replaced by U+FFFD in the metadata (CSV)',
      count: changed,
    })
  }
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
