import { Command, Option } from 'commander'
import { createReportTable, dropBlankColumns, type LegendEntry, type ReportTable } from '../../analyses/report/analysis-report.js'
import { renderTextTable, type ReportTextOptions } from '../../analyses/report/render-report-text.js'
import { createDiagnosticsReport } from '../../diagnostics/reporters/report-json.js'
import { neutraliseJson } from '../../diagnostics/reporters/terminal-text.js'
import type { Mapping } from '../../model/mapping.js'
import { describePlace } from '../../model/origin.js'
import { artifactBaseName, countSet, toModelDocument } from '../../model/set-facts.js'
import { understand } from '../../pipeline/convert.js'
import type { PlacedSet, Understanding, UnderstoodDocument } from '../../pipeline/requests.js'
import { addMergingOption, addReadingOptions, listReadFiles, openHost, type ReadingOptions, toUnderstandRequest } from '../reading.js'
import { addReportOptions, chooseExitCode, reportDiagnostics, type ReportOptions } from '../report-diagnostics.js'
import { openTerminal, resultPalette, resultUnicode, resultWidth } from '../terminal.js'
import { withExamples } from '../usage.js'

interface InspectOptions extends ReadingOptions, ReportOptions {
  readonly format: 'table' | 'json'
}

/** `crosswalk inspect`: what was understood, without writing anything. */
export function inspectCommand(): Command {
  const command = new Command('inspect')
    .description('Shows what was understood of documents: the parser chosen and why, mapping sets, counts, rows, diagnostics.')
    .argument('<INPUT...>', 'files, folders, globs, or - for standard input')
    .addOption(new Option('--format <form>', 'how to print; the table has the rows too with --verbose')
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
  const understanding = await understand(await toUnderstandRequest(inputs, options), openHost(options, terminal))
  terminal.progress?.clear()
  const asJson = options.format === 'json'
  terminal.printResult(asJson ? renderJson(understanding) : renderUnderstanding(understanding, options.verbose ?? false, {
    width: resultWidth(), palette: resultPalette(options.color), unicode: resultUnicode(),
  }))
  await reportDiagnostics(understanding.diagnostics, listReadFiles(understanding), options, terminal)
  process.exitCode = chooseExitCode(understanding.diagnostics, options.failOn)
}

/** schemas/inspect.schema.json. */
function renderJson(understanding: Understanding): string {
  const { documents, sets, diagnostics } = understanding
  const paths = new Map(listReadFiles(understanding).map(({ name, path }) => [name, path]))
  const report = createDiagnosticsReport(diagnostics, paths)
  const value = { documents: documents.map(describeDocument), sets: sets.map(describeSet), ...report }
  return neutraliseJson(`${JSON.stringify(value, undefined, 2)}\n`)
}

function describeDocument({ file, parser, sniff, rows }: UnderstoodDocument): object {
  return {
    name: file.name,
    path: file.path,
    sha256: file.sha256,
    ...(parser !== undefined && { parser }),
    ...(sniff && { confidence: sniff.confidence, reason: sniff.reason }),
    rows,
  }
}

function describeSet({ folder, set }: PlacedSet): object {
  return { name: artifactBaseName(set), ...(folder !== '' && { folder }), counts: countSet(set), model: toModelDocument(set) }
}

const legend: readonly LegendEntry[] = [
  { word: 'minimal', tone: 'weak', meaning: 'the weakest score' },
  { word: 'partial', tone: 'middling', meaning: 'a middling score' },
  { word: 'significant', tone: 'strong', meaning: 'the strongest score' },
  { word: 'not recognised', tone: 'attention', meaning: 'no parser knows the document' },
]

/** What was understood, as tables that follow the terminal: documents, sets and, on request, every row with its place. */
function renderUnderstanding({ documents, sets }: Understanding, withRows: boolean, look: ReportTextOptions): string {
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
