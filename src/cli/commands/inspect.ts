import { Command, Option } from 'commander'
import { renderTextTable, type ReportTextOptions } from '../../analyses/report/render-report-text.js'
import { createDiagnosticsReport } from '../../diagnostics/reporters/report-json.js'
import { neutraliseJson } from '../../diagnostics/reporters/terminal-text.js'
import { countSets } from '../../emitters/table/set-facts.js'
import { artifactBaseName, type PlacedSet, toModelDocument } from '../../model/mapping-set.js'
import type { Mapping } from '../../model/mapping.js'
import { describePlace } from '../../model/origin.js'
import { createReportTable, dropBlankColumns, type LegendEntry, type ReportTable } from '../../model/report-table.js'
import { understand } from '../../pipeline/convert.js'
import type { CellCounts, ColumnReading } from '../../parsers/parser.js'
import type { Understanding, UnderstoodDocument } from '../../pipeline/requests.js'
import { addMergingOption, addReadingOptions, listReadFiles, openHost, type ReadingOptions, toUnderstandRequest } from '../reading.js'
import { addReportOptions, chooseExitCode, reportDiagnostics, type ReportOptions } from '../report-diagnostics.js'
import { openTerminal, resultPalette, resultUnicode, resultWidth } from '../terminal.js'
import { withExamples } from '../usage.js'

interface InspectOptions extends ReadingOptions, ReportOptions {
  readonly format: 'table' | 'json'
}

/** `crosswalk inspect`: shows how documents are read, without writing anything. */
export function inspectCommand(): Command {
  const command = new Command('inspect')
    .description('Shows how documents are read: the parser chosen and why, mapping sets, counts, rows, diagnostics. Writes nothing.')
    .argument('<INPUT...>', 'files, folders, globs, https:// addresses, or - for standard input')
    .addOption(new Option('--format <format>', 'output format; with --verbose the table includes all rows')
      .choices(['table', 'json']).default('table'))
  addReadingOptions(command)
  addMergingOption(command)
  addReportOptions(command)
  withExamples(command, [
    'crosswalk inspect page.txt --verbose',
    "crosswalk inspect downloads/ --format json | jq '.sets[].counts'",
  ])
  return command.action(async (inputs: readonly string[]) => runInspect(inputs, command.opts<InspectOptions>()))
}

async function runInspect(inputs: readonly string[], options: InspectOptions): Promise<void> {
  const terminal = openTerminal(options)
  const understanding = await understand(await toUnderstandRequest(inputs, options), await openHost(options, terminal))
  terminal.progress?.clear()
  const asJson = options.format === 'json'
  terminal.printResult(asJson ? renderJson(understanding) : renderUnderstanding(understanding, options.verbose ?? false, {
    width: resultWidth(), palette: resultPalette(options.color), unicode: resultUnicode(),
  }))
  await reportDiagnostics(understanding.diagnostics, listReadFiles(understanding), options, terminal, 'reads')
  process.exitCode = chooseExitCode(understanding.diagnostics, options.failOn)
}

/** Format: schemas/inspect.schema.json. */
function renderJson(understanding: Understanding): string {
  const { documents, sets, diagnostics } = understanding
  const paths = new Map(listReadFiles(understanding).map(({ name, path }) => [name, path]))
  const report = createDiagnosticsReport(diagnostics, paths)
  const value = { documents: documents.map(describeDocument), sets: sets.map(describeSet), ...report }
  return neutraliseJson(`${JSON.stringify(value, undefined, 2)}\n`)
}

function describeDocument({ file, parser, sniff, rows, columns }: UnderstoodDocument): object {
  return {
    name: file.name,
    path: file.path,
    sha256: file.sha256,
    ...(parser !== undefined && { parser }),
    ...(sniff && { confidence: sniff.confidence, reason: sniff.reason }),
    rows,
    ...(columns && { columns }),
  }
}

function describeSet({ folder, set }: PlacedSet): object {
  const { mappedCapabilities: _capabilities, mappedTechniques: _techniques, ...counts } = countSets([set])
  return { name: artifactBaseName(set), ...(folder !== '' && { folder }), counts, model: toModelDocument(set) }
}

const legend: readonly LegendEntry[] = [
  { word: 'minimal', tone: 'weak', meaning: 'the lowest score' },
  { word: 'partial', tone: 'middling', meaning: 'a medium score' },
  { word: 'significant', tone: 'strong', meaning: 'the highest score' },
  { word: 'not recognised', tone: 'attention', meaning: 'no parser recognises the document' },
]

/** Renders tables that fit the terminal: documents, sets and, with `withRows`, every row with its place. */
function renderUnderstanding({ documents, sets }: Understanding, withRows: boolean, look: ReportTextOptions): string {
  const tables = [
    documentTable(documents, withRows),
    ...documents.flatMap(({ file, columns }) => (columns ? [columnTable(file.path, columns, withRows)] : [])),
    setTable(sets),
    ...(withRows ? sets.map(rowTable) : []),
  ]
  return tables.filter(({ rows }) => rows.length > 0)
    .map((table) => renderTextTable(dropBlankColumns(table), legend, look))
    .join('\n')
}

/** `whole`: show the reason in full instead of cutting it to the rest of the line. */
function documentTable(documents: readonly UnderstoodDocument[], whole: boolean): ReportTable {
  return createReportTable({ name: 'documents', title: 'Documents' }, documents, [
    { key: 'document', title: 'Document', kind: 'id', cell: ({ file }) => file.path },
    { key: 'parser', title: 'Parser', kind: 'change', cell: ({ parser }) => parser ?? 'not recognised' },
    { key: 'rows', title: 'Rows', kind: 'number', cell: ({ rows }) => rows },
    { key: 'match', title: 'Match', kind: 'share', cell: ({ sniff }) => sniff?.confidence },
    { key: 'reason', title: 'Reason', kind: whole ? 'id' : 'text', cell: ({ sniff }) => sniff?.reason },
  ])
}

/** The columns of a table, and what each is read as. */
function columnTable(path: string, columns: readonly ColumnReading[], whole: boolean): ReportTable {
  return createReportTable({ name: 'columns', title: `Columns of ${path}` }, columns, [
    { key: 'sheet', title: 'Sheet', kind: 'id', cell: ({ sheet }) => sheet || undefined },
    { key: 'column', title: 'Column', kind: 'id', cell: ({ column }) => column || undefined },
    { key: 'title', title: 'Title', kind: 'id', cell: ({ title }) => title || undefined },
    { key: 'field', title: 'Read as', kind: 'id', cell: ({ field }) => field },
    { key: 'cells', title: 'Cells', kind: 'id', cell: ({ cells }) => cells && describeCells(cells) },
    { key: 'why', title: 'Why', kind: whole ? 'id' : 'text', cell: ({ why }) => why },
  ])
}

/** "12 whole, 3 split": how the cells of techniques were understood. */
function describeCells({ whole, split, expanded, left, unread }: CellCounts): string {
  const counts = Object.entries({ whole, split, expanded, 'understood in part': left, 'not read': unread })
  return counts.filter(([, count]) => count > 0).map(([how, count]) => `${count} ${how}`).join(', ')
}

function setTable(sets: readonly PlacedSet[]): ReportTable {
  const counted = sets.map((placed) => ({ name: nameSet(placed), counts: countSets([placed.set]) }))
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
