import { cellLines, cellText, inlineText, linkTo, renderTable, type TableColumn } from '../markup/markdown-text.js'
import type { PageNote } from '../table/describe-notes.js'
import { countFacts, type SetCounts } from '../table/set-facts.js'
import type { TableRow } from '../table/table-columns.js'
import type { MarkdownPage, PageCapability, PageSet, PageTechnique, PageUnmapped } from './page.js'

/** Renders the page as GitHub Flavored Markdown, version 0.29. Several sets have a table of contents and a section each. */
export function renderPage({ title, counts, sets, notes }: MarkdownPage): string {
  const [only] = sets
  const single = only !== undefined && sets.length === 1
  const lines = [
    `# ${inlineText(title)}`,
    '',
    'Each row says that a security capability bears on an ATT&CK technique, or that it maps to nothing.',
    '',
    ...(single ? renderSet(only, '##') : renderSets(sets, counts)),
    '## Notes',
    '',
    ...(notes.length === 0 ? ['Nothing was found that you would have to know.', ''] : renderTable(noteColumns, notes)),
  ]
  return `${lines.join('\n').trimEnd()}\n`
}

/** The sections of several sets. Headings are plain ("Set 2"), so that their anchors are the same on all hosts. */
function renderSets(sets: MarkdownPage['sets'], counts: MarkdownPage['counts']): readonly string[] {
  return [
    '## Contents',
    '',
    ...sets.map((set, index) => `- [${inlineText(set.title)}](#set-${index + 1})`),
    '- [Notes](#notes)',
    '',
    '## Counts',
    '',
    ...renderCounts(counts),
    ...sets.flatMap((set, index) => [`## Set ${index + 1}`, '', `**${inlineText(set.title)}**`, '', ...renderSet(set, '###')]),
  ]
}

const noteColumns: readonly TableColumn<PageNote>[] = [
  { title: 'Severity', cell: ({ severity }) => (severity === 'info' ? 'note' : severity) },
  { title: 'Message', cell: ({ message }) => cellText(message) },
  { title: 'Cases', cell: ({ count }) => String(count), number: true },
  { title: 'Place', cell: ({ place = '' }) => cellText(place), optional: true },
  { title: 'Found', cell: ({ found = '' }) => cellText(found), optional: true },
  { title: 'Expected', cell: ({ expected = '' }) => cellText(expected), optional: true },
  { title: 'What you can do', cell: ({ hint = '' }) => cellText(hint), optional: true },
  { title: 'Code', cell: ({ code }) => cellText(code) },
]

/** The sections of a set, under headings of this level ("##"). */
function renderSet(set: PageSet, level: string): readonly string[] {
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
function renderCounts(counts: SetCounts): readonly string[] {
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

/** Joins documents and places, which are in two cells of the row, line by line. */
function renderSource({ source_document: documents = '', source_place: places = '' }: TableRow): string {
  const found = places.split('\n')
  return cellLines(documents.split('\n').map((document, index) => `${document}, ${found[index] ?? ''}`))
}
