import { tableColumns, type ColumnName, type TableRow } from '../table/table-columns.js'
import type { ColumnFormat, TableSheet } from './workbook.js'

const looks: Readonly<Record<ColumnName, readonly [width: number, format: ColumnFormat]>> = {
  mapping_framework: [13, 'text'],
  mapping_framework_version: [13, 'text'],
  capability_group: [22, 'wrapped'],
  capability_id: [24, 'wrapped'],
  capability_description: [30, 'wrapped'],
  mapping_type: [16, 'wrapped'],
  attack_object_id: [11, 'text'],
  attack_object_name: [26, 'wrapped'],
  attack_version: [9, 'text'],
  technology_domain: [11, 'text'],
  score_category: [10, 'text'],
  score_value: [11, 'score'],
  related_score: [10, 'text'],
  references: [38, 'url'],
  comments: [80, 'wrapped'],
  organization: [14, 'wrapped'],
  creation_date: [11, 'text'],
  last_update: [11, 'text'],
  mapping_id: [20, 'wrapped'],
  attack_tactics: [22, 'wrapped'],
  attack_url: [34, 'url'],
  attack_status: [11, 'status'],
  source_document: [28, 'wrapped'],
  source_place: [22, 'wrapped'],
  status: [13, 'text'],
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
