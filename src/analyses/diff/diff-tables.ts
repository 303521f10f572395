import { setTitle } from '../../emitters/table/set-facts.js'
import { describePlace } from '../../emitters/table/table-rows.js'
import { describeReview } from '../../matching/join-rows.js'
import type { Mapping } from '../../model/mapping.js'
import { type ColumnOf, createReportTable, type ReportTable } from '../../model/report-table.js'
import { type DescribedDiff, explainRows } from './describe-diff.js'
import { type FieldChange, type FieldValue, type RowChange, rowFields } from './set-diff.js'

/** A table entry and its comparison. */
interface Of<Item> {
  readonly of: DescribedDiff
  readonly item: Item
}

/**
 * The tables of one or more comparisons: counts of changed fields, facts, ids and rows. With several, each row names its set.
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
    createReportTable({ name: 'facts', title: 'Facts of the set', about: 'Facts that the two sets state differently.' },
      all(({ diff }) => diff.facts), [
        ...shared,
        { key: 'fact', title: 'Fact', kind: 'id', cell: ({ item }) => item.fact },
        { key: 'old', title: 'Old', kind: 'text', cell: ({ item }) => item.old },
        { key: 'new', title: 'New', kind: 'text', cell: ({ item }) => item.new },
      ]),
    createReportTable(
      { name: 'capabilities', title: 'Capabilities', about: 'Capabilities that were added, removed or renamed.' },
      all(({ diff }) => diff.capabilities), [
        ...shared,
        { key: 'change', title: 'Change', kind: 'change', cell: ({ item }) => item.change },
        { key: 'capability_id', title: 'Capability', kind: 'id', cell: ({ item }) => item.id },
        { key: 'name', title: 'Name', kind: 'text', cell: ({ item }) => item.name },
        { key: 'former_name', title: 'Former name', kind: 'text', cell: ({ item }) => item.formerName },
      ]),
    createReportTable({ name: 'techniques', title: 'Techniques', about: 'Techniques that were added, removed or renamed.' },
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
    makeRowTable('added-rows', 'Rows added', 'Rows that are not in the old set.', all(({ diff }) => diff.added)),
    makeRowTable('removed-rows', 'Rows removed', 'Rows that are not in the new set.', all(({ diff }) => diff.removed)),
  ]
}

const why = {
  key: 'why', title: 'Why', kind: 'text', only: 'files', content: 'Derived from ATT&CK and the two sets; blank if unknown',
} as const

const placeColumn: ColumnOf<Of<Mapping>> = {
  key: 'source_place', title: 'Place', kind: 'text', only: 'files', cell: ({ item }) => describePlaces(item),
}

/** The columns of rows. Terminals omit a mapping type that all rows share. */
function rowColumns(rows: readonly Of<Mapping>[]): readonly ColumnOf<Of<Mapping>>[] {
  const isUniform = new Set(rows.map(({ item }) => item.relation)).size < 2
  return [...sideColumns, ...contentColumns]
    .map((column) => (isUniform && column.key === 'mapping_type' ? { ...column, only: 'files' as const } : column))
    .map(onItem)
}

function onItem(column: ColumnOf<Mapping>): ColumnOf<Of<Mapping>> {
  return { ...column, cell: ({ item }) => column.cell(item) }
}

/** A column that identifies a changed row by its new version; names in files only. */
function onNewRow(column: ColumnOf<Mapping>): ColumnOf<{ readonly item: RowChange }> {
  return { ...column, ...(column.kind === 'text' && { only: 'files' }), cell: ({ item }) => column.cell(item.new) }
}

/** The number of rows in which each field changed. */
function fieldTable(diffs: readonly DescribedDiff[]): ReportTable {
  const changes = diffs.flatMap(({ diff }) => diff.changed.flatMap(({ fields }) => fields))
  const counts = rowFields.map((field) => ({ field, rows: changes.filter((change) => change.field === field).length }))
  return createReportTable({ name: 'fields', title: 'Fields changed', about: 'The number of rows in which each field changed.' },
    counts.filter(({ rows }) => rows > 0), [
      { key: 'field', title: 'Field', kind: 'id', cell: ({ field }) => field },
      { key: 'rows', title: 'Rows', kind: 'number', cell: ({ rows }) => rows },
    ])
}

function changedTable(changes: readonly Of<RowChange>[], shared: readonly ColumnOf<Of<unknown>>[]): ReportTable {
  const head = {
    name: 'changed-fields', title: 'Rows changed', about: 'One line per field: a row with several changed fields has several lines.',
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

/** A value as text: list items on lines of their own, objects as "name: value" pairs. */
function writeValue(value: FieldValue | undefined): string | undefined {
  if (value === undefined || typeof value === 'string') return value
  if (Array.isArray(value)) return value.join('\n')
  return Object.entries(value).map(([name, part]) => `${name}: ${String(part)}`).join('; ')
}

/** The columns that identify a row: capability and technique, with their names. */
const sideColumns: readonly ColumnOf<Mapping>[] = [
  {
    key: 'capability_id', title: 'Capability', kind: 'id',
    cell: (row) => (row.kind === 'unmapped-technique' ? null : row.capability.id),
  },
  {
    key: 'capability_description', title: 'Description', kind: 'text', only: 'files',
    cell: (row) => (row.kind === 'unmapped-technique' ? null : row.capability.description),
  },
  {
    key: 'attack_object_id', title: 'Technique', kind: 'id',
    cell: (row) => (row.kind === 'unmapped-capability' ? null : row.technique.id),
  },
  {
    key: 'attack_object_name', title: 'Technique name', kind: 'text',
    cell: (row) => (row.kind === 'unmapped-capability' ? null : row.technique.name),
  },
]

/** The other fields of a row, by the column names of mapping tables; terminals show only the scores and the mapping type. */
const contentColumns: readonly ColumnOf<Mapping>[] = [
  { key: 'mapping_type', title: 'Mapping type', kind: 'text', cell: ({ relation }) => relation },
  { key: 'score_category', title: 'Category', kind: 'id', cell: ({ score }) => score?.category },
  { key: 'score_value', title: 'Score', kind: 'id', cell: ({ score }) => score?.value },
  { key: 'related_score', title: 'Related score', kind: 'text', only: 'files', cell: ({ score }) => score?.related },
  { key: 'capability_group', title: 'Group', kind: 'text', only: 'files', cell: ({ group }) => group },
  { key: 'comments', title: 'Comments', kind: 'text', only: 'files', cell: ({ comments }) => comments },
  { key: 'references', title: 'References', kind: 'text', only: 'files', cell: ({ references }) => references?.join('\n') },
  { key: 'status', title: 'Status', kind: 'text', only: 'files', cell: ({ status }) => status },
  { key: 'auditor_verdict', title: 'Auditor', kind: 'text', only: 'files', cell: ({ review }) => review && describeReview(review) },
]

/** The places of a row, one per line: "aws.json /mapping_objects/3 (line 40)". */
function describePlaces({ origins }: Mapping): string {
  return origins.map(({ document, place }) => `${document} ${describePlace(place)}`).join('\n')
}

const longestStart = 30
const contextBefore = 15

/** Cuts a long common start of two texts, so that the difference is visible: "…before the difference". */
export function excerptChange(old: string, fresh: string): readonly [old: string, fresh: string] {
  const shorter = Math.min(old.length, fresh.length)
  let same = 0
  while (same < shorter && old[same] === fresh[same]) same += 1
  if (same < longestStart) return [old, fresh]
  const space = old.lastIndexOf(' ', same - contextBefore)
  const start = wholeCharacter(old, space > 0 && same - space < longestStart ? space + 1 : same - contextBefore)
  return [`…${old.slice(start)}`, `…${fresh.slice(start)}`]
}

/** The index, moved back if it is between the halves of a surrogate pair. */
function wholeCharacter(text: string, index: number): number {
  return /[\uDC00-\uDFFF]/.test(text[index] ?? '') ? index - 1 : index
}
