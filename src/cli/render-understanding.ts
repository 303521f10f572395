import { describePlace } from '../diagnostics/reporters/describe-place.js'
import { artifactBaseName } from '../model/artifact-base-name.js'
import { countSet } from '../model/count-set.js'
import type { Mapping } from '../model/mapping.js'
import type { LegendEntry, ReportTable } from '../reports/analysis-report.js'
import { createReportTable } from '../reports/create-report-table.js'
import { dropBlankColumns } from '../reports/pick-columns.js'
import type { ReportTextOptions } from '../reports/render-report-text.js'
import { renderTextTable } from '../reports/render-text-table.js'
import type { PlacedSet, Understanding, UnderstoodDocument } from '../requests.js'

const legend: readonly LegendEntry[] = [
  { word: 'minimal', tone: 'weak', meaning: 'the weakest score' },
  { word: 'partial', tone: 'middling', meaning: 'a middling score' },
  { word: 'significant', tone: 'strong', meaning: 'the strongest score' },
  { word: 'not recognised', tone: 'attention', meaning: 'no parser knows the document' },
]

/** What was understood, as tables that follow the terminal: documents, sets and, on request, every row with its place. */
export function renderUnderstanding({ documents, sets }: Understanding, withRows: boolean, look: ReportTextOptions): string {
  const tables = [documentTable(documents, withRows), setTable(sets), ...(withRows ? sets.map(rowTable) : [])]
  return tables.filter(({ rows }) => rows.length > 0)
    .map((table) => renderTextTable(dropBlankColumns(table), legend, look))
    .join('\n')
}

/** The reason is cut to what is left of the line, unless all is to be shown. */
function documentTable(documents: readonly UnderstoodDocument[], whole: boolean): ReportTable {
  return createReportTable({ name: 'documents', title: 'Documents' }, documents, [
    { key: 'document', title: 'Document', kind: 'id', cell: ({ file }) => file.path },
    { key: 'parser', title: 'Parser', kind: 'change', cell: ({ parser }) => parser ?? 'not recognised' },
    { key: 'rows', title: 'Rows', kind: 'number', cell: ({ rows }) => rows },
    { key: 'sure', title: 'Sure', kind: 'share', cell: ({ sniff }) => sniff?.confidence },
    { key: 'why', title: 'Why', kind: whole ? 'id' : 'text', cell: ({ sniff }) => sniff?.reason },
  ])
}

function setTable(sets: readonly PlacedSet[]): ReportTable {
  const counted = sets.map((placed) => ({ name: nameSet(placed), counts: countSet(placed.set) }))
  return createReportTable({ name: 'sets', title: 'Mapping sets' }, counted, [
    { key: 'set', title: 'Set', kind: 'id', cell: ({ name }) => name },
    { key: 'rows', title: 'Rows', kind: 'number', cell: ({ counts }) => counts.rows },
    { key: 'capabilities', title: 'Capabilities', kind: 'number', cell: ({ counts }) => counts.capabilities },
    { key: 'techniques', title: 'Techniques', kind: 'number', cell: ({ counts }) => counts.techniques },
    { key: 'unmapped', title: 'Unmapped', kind: 'number', cell: ({ counts }) => counts.rows - counts.mapped },
    { key: 'mapped', title: 'Mapped', kind: 'share', cell: ({ counts }) => (counts.rows === 0 ? undefined : counts.mapped / counts.rows) },
  ])
}

function rowTable(placed: PlacedSet): ReportTable {
  return createReportTable<Mapping>({ name: 'rows', title: nameSet(placed) }, placed.set.mappings, [
    { key: 'capability', title: 'Capability', kind: 'id', cell: (row) => (row.kind === 'unmapped-technique' ? null : row.capability.id) },
    { key: 'technique', title: 'Technique', kind: 'id', cell: (row) => (row.kind === 'unmapped-capability' ? null : row.technique.id) },
    { key: 'type', title: 'Type', kind: 'id', cell: ({ relation }) => relation },
    { key: 'category', title: 'Category', kind: 'id', cell: ({ score }) => score?.category },
    { key: 'value', title: 'Score', kind: 'change', cell: ({ score }) => score?.value },
    {
      key: 'place', title: 'Place', kind: 'id',
      cell: ({ origins }) => origins.map(({ document, place }) => describePlace(document, place)).join(' '),
    },
  ])
}

function nameSet({ folder, set }: PlacedSet): string {
  return folder === '' ? artifactBaseName(set) : `${folder}/${artifactBaseName(set)}`
}
