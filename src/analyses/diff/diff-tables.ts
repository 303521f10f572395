import { setTitle } from '../../emitters/table/set-title.js'
import type { Mapping } from '../../model/mapping.js'
import type { ReportTable } from '../../reports/analysis-report.js'
import { createReportTable, type ColumnOf } from '../../reports/create-report-table.js'
import { contentColumns, describePlaces, sideColumns } from '../mapping-columns.js'
import type { DescribedDiff } from './describe-diff.js'
import { excerptChange } from './excerpt-change.js'
import { explainRows } from './explain-rows.js'
import { rowFields, type FieldValue } from './row-fields.js'
import type { FieldChange, RowChange } from './set-diff.js'

/** An entry of a table, and the comparison that it is of. */
interface Of<Item> {
  readonly of: DescribedDiff
  readonly item: Item
}

/**
 * The tables of one or more comparisons: what the sets are, then facts, ids and rows. Of several, each row says of which set
 * it is.
 */
export function diffTables(diffs: readonly DescribedDiff[]): readonly ReportTable[] {
  const setColumn: ColumnOf<Of<unknown>> = { key: 'set', title: 'Set', kind: 'text', cell: ({ of }) => setTitle(of.diff.new) }
  const shared = diffs.length > 1 ? [setColumn] : []
  const all = <Item>(list: (of: DescribedDiff) => readonly Item[]): readonly Of<Item>[] =>
    diffs.flatMap((of) => list(of).map((item) => ({ of, item })))
  const reasons = new Map(diffs.map((of) => [of, explainRows(of)]))
  const whyColumn: ColumnOf<Of<Mapping>> = { ...why, cell: ({ of, item }) => reasons.get(of)?.(item) }
  const makeRowTable = (name: string, title: string, about: string, rows: readonly Of<Mapping>[]): ReportTable =>
    createReportTable({ name, title, about }, rows, [...shared, ...rowColumns(rows), whyColumn, placeColumn])

  return [
    fieldTable(diffs),
    createReportTable({ name: 'facts', title: 'Facts of the set', about: 'What the sets state of themselves, where it differs.' },
      all(({ diff }) => diff.facts), [
        ...shared,
        { key: 'fact', title: 'Fact', kind: 'id', cell: ({ item }) => item.fact },
        { key: 'old', title: 'Old', kind: 'text', cell: ({ item }) => item.old },
        { key: 'new', title: 'New', kind: 'text', cell: ({ item }) => item.new },
      ]),
    createReportTable(
      { name: 'capabilities', title: 'Capabilities', about: 'Capabilities that came, went, or are called otherwise.' },
      all(({ diff }) => diff.capabilities), [
        ...shared,
        { key: 'change', title: 'Change', kind: 'change', cell: ({ item }) => item.change },
        { key: 'capability_id', title: 'Capability', kind: 'id', cell: ({ item }) => item.id },
        { key: 'name', title: 'Name', kind: 'text', cell: ({ item }) => item.name },
        { key: 'former_name', title: 'Former name', kind: 'text', cell: ({ item }) => item.formerName },
      ]),
    createReportTable({ name: 'techniques', title: 'Techniques', about: 'Techniques that came, went, or are called otherwise.' },
      all(({ techniques }) => techniques), [
        ...shared,
        { key: 'change', title: 'Change', kind: 'change', cell: ({ item }) => item.change },
        { key: 'attack_object_id', title: 'Technique', kind: 'id', cell: ({ item }) => item.id },
        { key: 'name', title: 'Name', kind: 'text', cell: ({ item }) => item.name },
        { key: 'former_name', title: 'Former name', kind: 'text', cell: ({ item }) => item.formerName },
        { key: 'in_old_attack', title: 'In old ATT&CK', kind: 'id', cell: ({ item }) => item.inOldAttack },
        { key: 'in_new_attack', title: 'In new ATT&CK', kind: 'id', cell: ({ item }) => item.inNewAttack },
        { key: 'successor', title: 'Replaced by', kind: 'id', cell: ({ item }) => item.successor },
      ]),
    changedTable(all(({ diff }) => diff.changed), shared),
    makeRowTable('added-rows', 'Rows added', 'Rows that the old set does not have.', all(({ diff }) => diff.added)),
    makeRowTable('removed-rows', 'Rows removed', 'Rows that the new set does not have.', all(({ diff }) => diff.removed)),
  ]
}

const why = {
  key: 'why', title: 'Why', kind: 'text', only: 'files', holds: 'As far as ATT&CK and the two sets tell; blank where they do not',
} as const

const placeColumn: ColumnOf<Of<Mapping>> = {
  key: 'source_place', title: 'Place', kind: 'text', only: 'files', cell: ({ item }) => describePlaces(item),
}

/** What rows say; a mapping type that all of them share tells a reader nothing. */
function rowColumns(rows: readonly Of<Mapping>[]): readonly ColumnOf<Of<Mapping>>[] {
  const isUniform = new Set(rows.map(({ item }) => item.relation)).size < 2
  return [...sideColumns, ...contentColumns]
    .map((column) => (isUniform && column.key === 'mapping_type' ? { ...column, only: 'files' as const } : column))
    .map(onItem)
}

function onItem(column: ColumnOf<Mapping>): ColumnOf<Of<Mapping>> {
  return { ...column, cell: ({ item }) => column.cell(item) }
}

/** Which row it is; its names only where there is room. */
function onNewRow(column: ColumnOf<Mapping>): ColumnOf<{ readonly item: RowChange }> {
  return { ...column, ...(column.kind === 'text' && { only: 'files' }), cell: ({ item }) => column.cell(item.new) }
}

/** In how many rows each field changed. */
function fieldTable(diffs: readonly DescribedDiff[]): ReportTable {
  const changes = diffs.flatMap(({ diff }) => diff.changed.flatMap(({ fields }) => fields))
  const counts = rowFields.map((field) => ({ field, rows: changes.filter((change) => change.field === field).length }))
  return createReportTable({ name: 'fields', title: 'Fields changed', about: 'In how many rows each field changed.' },
    counts.filter(({ rows }) => rows > 0), [
      { key: 'field', title: 'Field', kind: 'id', cell: ({ field }) => field },
      { key: 'rows', title: 'Rows', kind: 'number', cell: ({ rows }) => rows },
    ])
}

function changedTable(changes: readonly Of<RowChange>[], shared: readonly ColumnOf<Of<unknown>>[]): ReportTable {
  const head = {
    name: 'changed-fields', title: 'Rows changed', about: 'One line a field: a row in which several fields changed has several.',
  }
  const fields = changes.flatMap(({ of, item }) =>
    item.fields.map((change) => ({ of, item, change, excerpts: excerptsOf(change) })))
  return createReportTable(head, fields, [
    ...shared,
    ...sideColumns.map(onNewRow),
    { key: 'field', title: 'Field', kind: 'id', cell: ({ change }) => change.field },
    { key: 'old_excerpt', title: 'Old', kind: 'text', only: 'text', cell: ({ excerpts }) => excerpts[0] },
    { key: 'new_excerpt', title: 'New', kind: 'text', only: 'text', cell: ({ excerpts }) => excerpts[1] },
    { key: 'old', title: 'Old', kind: 'text', only: 'files', cell: ({ change }) => writeValue(change.old) },
    { key: 'new', title: 'New', kind: 'text', only: 'files', cell: ({ change }) => writeValue(change.new) },
    { key: 'old_place', title: 'Old place', kind: 'text', only: 'files', cell: ({ item }) => describePlaces(item.old) },
    { key: 'new_place', title: 'New place', kind: 'text', only: 'files', cell: ({ item }) => describePlaces(item.new) },
  ])
}

function excerptsOf({ old, new: fresh }: FieldChange): readonly [string, string] {
  return excerptChange(writeValue(old) ?? '-', writeValue(fresh) ?? '-')
}

/** A value in a cell: a list one a line, an object as its parts. */
function writeValue(value: FieldValue | undefined): string | undefined {
  if (value === undefined || typeof value === 'string') return value
  if (Array.isArray(value)) return value.join('\n')
  return Object.entries(value).map(([name, part]) => `${name}: ${String(part)}`).join('; ')
}
