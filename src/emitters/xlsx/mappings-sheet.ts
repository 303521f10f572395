import { tableColumns, type ColumnName, type TableRow } from '../table/table-columns.js'
import type { ColumnFormat, TableSheet } from './workbook.js'

const looks: Readonly<Record<ColumnName, readonly [width: number, format: ColumnFormat]>> = {
  mapping_framework: [11, 'text'],
  mapping_framework_version: [12, 'text'],
  capability_group: [18, 'wrapped'],
  capability_id: [20, 'wrapped'],
  capability_description: [26, 'wrapped'],
  mapping_type: [15, 'wrapped'],
  attack_object_id: [10, 'text'],
  attack_object_name: [24, 'wrapped'],
  attack_version: [8, 'text'],
  technology_domain: [11, 'text'],
  score_category: [9, 'text'],
  score_value: [11, 'score'],
  related_score: [9, 'text'],
  references: [32, 'url'],
  comments: [72, 'wrapped'],
  organization: [13, 'wrapped'],
  creation_date: [11, 'text'],
  last_update: [11, 'text'],
  mapping_id: [20, 'wrapped'],
  attack_tactics: [20, 'wrapped'],
  attack_url: [28, 'url'],
  attack_status: [9, 'status'],
  source_document: [26, 'wrapped'],
  source_place: [20, 'wrapped'],
  status: [12, 'text'],
}

/** The mapping table, column for column as in the CSV file. */
export function mappingsSheet(rows: readonly TableRow[]): TableSheet {
  return {
    layout: 'table',
    name: 'Mappings',
    table: 'Mappings',
    columns: tableColumns.map(({ name }) => ({ title: name, width: looks[name][0], format: looks[name][1] })),
    frozenColumns: 0,
    paper: 'a3',
    rows: rows.map((row) => tableColumns.map(({ name }) => row[name] ?? null)),
  }
}
