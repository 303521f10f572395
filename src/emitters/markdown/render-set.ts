import { countFacts } from '../table/count-facts.js'
import type { SetCounts } from '../table/set-counts.js'
import type { TableRow } from '../table/table-columns.js'
import { cellLines, cellText, inlineText, linkTo } from '../markup/markdown-text.js'
import type { PageCapability, PageSet, PageTechnique, PageUnmapped } from './page.js'
import { renderTable, type TableColumn } from '../markup/render-table.js'

/** The sections of a set, under headings of this level ("##"). */
export function renderSet(set: PageSet, level: string): readonly string[] {
  const section = (title: string, table: readonly string[]): readonly string[] =>
    (table.length === 0 ? [] : [`${level} ${title}`, '', ...table])
  return [
    ...section('About', renderTable(aboutColumns, set.about)),
    ...section('Counts', renderCounts(set.counts)),
    ...section('Source documents', renderTable(sourceColumns, set.sources)),
    ...section('Mapping types', renderTable(relationColumns, set.relations)),
    ...section('Techniques', renderTable(techniqueColumns, set.techniques)),
    ...section('Capabilities', renderTable(capabilityColumns, set.capabilities)),
    ...section('Without a mapping', renderTable(unmappedColumns, set.unmapped)),
    ...section('Rows', renderTable(rowColumns, set.rows ?? [])),
  ]
}

/** A table of counts. */
export function renderCounts(counts: SetCounts): readonly string[] {
  return renderTable<readonly [string, number]>(
    [{ title: 'What', cell: ([label]) => label }, { title: 'Count', cell: ([, count]) => String(count), number: true }],
    countFacts(counts),
  )
}

const aboutColumns: readonly TableColumn<PageSet['about'][number]>[] = [
  { title: 'What', cell: ({ label }) => inlineText(label) },
  { title: 'Value', cell: ({ value }) => cellText(value) },
]

const sourceColumns: readonly TableColumn<PageSet['sources'][number]>[] = [
  { title: 'Document', cell: ({ name }) => cellText(name) },
  { title: 'Parser', cell: ({ parser }) => cellText(parser) },
  { title: 'Rows', cell: ({ rows }) => String(rows), number: true },
  { title: 'SHA-256', cell: ({ sha256 }) => inlineText(sha256) },
]

const relationColumns: readonly TableColumn<PageSet['relations'][number]>[] = [
  { title: 'Mapping type', cell: ({ name }) => cellText(name) },
  { title: 'Id', cell: ({ id }) => cellText(id) },
  { title: 'Description', cell: ({ description = '' }) => cellText(description), optional: true },
  { title: 'Rows', cell: ({ rows }) => String(rows), number: true },
]

const techniqueColumns: readonly TableColumn<PageTechnique>[] = [
  { title: 'Technique', cell: ({ id, url }) => linked(id, url) },
  { title: 'Name', cell: ({ name = '' }) => cellText(name) },
  { title: 'Tactics', cell: ({ tactics }) => cellLines(tactics), optional: true },
  { title: 'In ATT&CK', cell: ({ status }) => (status === 'active' ? '' : status), optional: true },
  { title: 'Capabilities', cell: ({ capabilities }) => String(capabilities.length), number: true },
  { title: 'Rows', cell: ({ rows }) => String(rows), number: true },
  { title: 'Best score', cell: ({ best }) => cellLines(best), optional: true },
  { title: 'Capability ids', cell: ({ capabilities }) => cellLines(capabilities) },
]

const capabilityColumns: readonly TableColumn<PageCapability>[] = [
  { title: 'Capability', cell: ({ id }) => cellText(id) },
  { title: 'Name', cell: ({ name = '' }) => cellText(name), optional: true },
  { title: 'Group', cell: ({ groups }) => cellLines(groups), optional: true },
  { title: 'Techniques', cell: ({ techniques }) => String(techniques.length), number: true },
  { title: 'Rows', cell: ({ rows }) => String(rows), number: true },
  { title: 'Best score', cell: ({ best }) => cellLines(best), optional: true },
  { title: 'Technique ids', cell: ({ techniques }) => techniques.map(inlineText).join(', ') },
]

const unmappedColumns: readonly TableColumn<PageUnmapped>[] = [
  { title: 'What', cell: ({ kind }) => kind },
  { title: 'Id', cell: ({ id, url }) => linked(id, url) },
  { title: 'Name', cell: ({ name = '' }) => cellText(name), optional: true },
  { title: 'Remark', cell: ({ remark }) => remark },
  { title: 'Why', cell: ({ comments }) => comments.map(cellText).join('<br>'), optional: true },
]

const rowColumns: readonly TableColumn<TableRow>[] = [
  { title: 'Capability', cell: (row) => stack(cellText(row.capability_id ?? ''), cellText(row.capability_description ?? '')) },
  {
    title: 'Technique',
    cell: (row) => stack(linked(row.attack_object_id ?? '', row.attack_url), cellText(row.attack_object_name ?? '')),
  },
  { title: 'Mapping type', cell: (row) => cellText(row.mapping_type ?? ''), optional: true },
  { title: 'Score', cell: (row) => scoreText(row.score_category, row.score_value), optional: true },
  { title: 'Group', cell: (row) => cellText(row.capability_group ?? ''), optional: true },
  { title: 'Status', cell: (row) => cellText(row.status ?? ''), optional: true },
  { title: 'Comment', cell: (row) => cellText(row.comments ?? ''), optional: true },
  { title: 'References', cell: (row) => cellText(row.references ?? ''), optional: true },
  { title: 'Source', cell: renderSource },
]

function linked(id: string, url: string | undefined): string {
  return url === undefined ? cellText(id) : linkTo(id, url)
}

function scoreText(category: string | undefined, value: string | undefined): string {
  return cellText([category, value].filter((part) => part !== undefined).join(': '))
}

function stack(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('<br>')
}

/** Documents and their places stand in two cells of the table, line by line. */
function renderSource({ source_document: documents = '', source_place: places = '' }: TableRow): string {
  const found = places.split('\n')
  return cellLines(documents.split('\n').map((document, index) => `${document}, ${found[index] ?? ''}`))
}
