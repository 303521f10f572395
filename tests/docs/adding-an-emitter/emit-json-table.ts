import type { ResolvedSet } from '../../../src/model/mapping-set.js'
import { type ColumnOf, createReportTable } from '../../../src/model/report-table.js'
import type { Artifact, EmitContext } from '../../../src/emitters/emitter.js'
import { createCellTexts } from '../../../src/emitters/table/cell-text.js'
import type { TableRow } from '../../../src/emitters/table/table-columns.js'
import { tableRows } from '../../../src/emitters/table/table-rows.js'
import type { JsonTableOptions } from './json-table.js'

/** One table of all sets, a row for each mapped row. What it has no room for is reported once, with its count. */
export function emitJsonTable(sets: readonly ResolvedSet[], context: EmitContext, options: JsonTableOptions): readonly Artifact[] {
  const texts = createCellTexts('JSON table')
  const all = [...tableRows(sets, context, texts)]
  texts.report(context.report)

  const rows = all.filter((row) => row.capability_id !== undefined && row.attack_object_id !== undefined)
  const lose = (count: number, message: string): void => {
    if (count > 0) context.report('emit/not-representable', { message: `JSON table: ${message}`, count })
  }
  lose(all.length - rows.length, 'rows without a technique or a capability are left out')
  lose(rows.length, 'names, scores, comments, references and places of rows have no column')

  const columns = options['json-table-first'] === 'technique' ? [technique, capability, type] : [capability, technique, type]
  const table = createReportTable({ name: 'mappings', title: 'Mappings' }, rows, columns)
  return [{
    name: `${context.baseName}.table.json`,
    emitter: 'json-table',
    schema: 'report-table',
    value: table,
    counts: { rows: rows.length },
    render: () => new TextEncoder().encode(`${JSON.stringify(table, null, 2)}\n`),
  }]
}

const technique: ColumnOf<TableRow> = { key: 'technique', title: 'Technique', kind: 'id', cell: (row) => row.attack_object_id }
const capability: ColumnOf<TableRow> = { key: 'capability', title: 'Capability', kind: 'id', cell: (row) => row.capability_id }
const type: ColumnOf<TableRow> = { key: 'mapping_type', title: 'Mapping type', kind: 'text', cell: (row) => row.mapping_type }
