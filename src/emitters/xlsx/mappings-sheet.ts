import { verdicts } from '../../model/vocabulary.js'
import { type ColumnName, tableColumns, type TableRow } from '../table/table-columns.js'
import type { ColumnFormat, EntryRule, TableSheet } from './workbook.js'

/** A column's format and its largest width: in tables with comments, whose rows are tall, and in others, whose rows fit on one line. */
type Look = readonly [format: ColumnFormat, widthAmongComments: number, widthElsewhere: number]

const looks: Readonly<Record<ColumnName, Look>> = {
  mapping_framework: ['text', 14, 14],
  mapping_framework_version: ['text', 15, 15],
  capability_group: ['wrapped', 18, 34],
  capability_id: ['wrapped', 20, 34],
  capability_description: ['wrapped', 26, 42],
  mapping_type: ['wrapped', 16, 20],
  attack_object_id: ['text', 11, 11],
  attack_object_name: ['wrapped', 24, 36],
  attack_version: ['text', 10, 10],
  technology_domain: ['text', 11, 11],
  score_category: ['text', 10, 10],
  score_value: ['score', 13, 13],
  related_score: ['text', 10, 10],
  references: ['url', 32, 44],
  comments: ['wrapped', 72, 72],
  organization: ['wrapped', 14, 24],
  creation_date: ['text', 11, 11],
  last_update: ['text', 13, 13],
  mapping_id: ['wrapped', 20, 38],
  attack_tactics: ['wrapped', 20, 34],
  attack_url: ['url', 28, 46],
  attack_status: ['status', 11, 11],
  source_document: ['wrapped', 26, 46],
  source_place: ['wrapped', 20, 44],
  status: ['text', 14, 14],
  auditor_verdict: ['input', 16, 16],
  auditor_initials: ['input', 16, 16],
  auditor_remark: ['input', 34, 44],
}

const narrowest = 9

/** The mapping table, with the columns of the CSV file. */
export function mappingsSheet(rows: readonly TableRow[]): TableSheet {
  const commented = rows.some(({ comments }) => comments !== undefined)
  return {
    layout: 'table',
    name: 'Mappings',
    table: 'Mappings',
    columns: tableColumns.map(({ name }) => {
      const [format, amongComments, elsewhere] = looks[name]
      const widest = commented ? amongComments : elsewhere
      const entry = auditorEntries[name]
      // Cells to be filled in have their largest width from the start.
      const needed = entry ? widest : Math.min(textWidth(rows, name), widest)
      return { title: name, width: Math.max(titleWidth(name), needed), format, ...(entry && { entry }) }
    }),
    frozenColumns: 0,
    keyColumns: [columnAt('capability_id'), columnAt('attack_object_id')],
    paper: 'a3',
    rows: rows.map((row) => tableColumns.map(({ name }) => row[name] ?? null)),
  }
}

function columnAt(wanted: ColumnName): number {
  return tableColumns.findIndex(({ name }) => name === wanted)
}

/** Wide enough for the title, which has no space to wrap at and would be broken within a word. */
function titleWidth(name: ColumnName): number {
  return Math.max(narrowest, name.length + 2)
}

/** Wide enough for the longest text of the column. */
function textWidth(rows: readonly TableRow[], name: ColumnName): number {
  return rows.reduce((widest, row) => Math.max(widest, (row[name]?.length ?? 0) + 1), 0)
}

const longestCell = 32_767

/** The cells that auditors fill in. */
const auditorEntries: { readonly [Name in ColumnName]?: EntryRule } = {
  auditor_verdict: {
    title: 'Your verdict on this row',
    message: 'Choose a word of the list; Read me says what each means. Leave the cell blank until you have reviewed the row.',
    choices: verdicts.map(({ word }) => word),
    longest: longestCell,
  },
  auditor_initials: {
    title: 'Your initials',
    message: 'They sign the verdict. At most 12 characters; Read me has room for your name.',
    longest: 12,
  },
  auditor_remark: {
    title: 'Your remark',
    message: 'What you saw, and what is to be done. It may have several lines.',
    longest: longestCell,
  },
}
