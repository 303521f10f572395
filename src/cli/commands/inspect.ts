import { Command, Option } from 'commander'
import { createDiagnosticsReport } from '../../diagnostics/reporters/report-json.js'
import { neutraliseJson } from '../../diagnostics/reporters/neutralise.js'
import { artifactBaseName } from '../../model/artifact-base-name.js'
import { countSet } from '../../model/count-set.js'
import { toModelDocument } from '../../model/model-document.js'
import { understand } from '../../pipeline.js'
import type { PlacedSet, Understanding, UnderstoodDocument } from '../../requests.js'
import { chooseExitCode } from '../choose-exit-code.js'
import { listReadFiles } from '../list-read-files.js'
import { openWorld } from '../open-world.js'
import { addMergingOption, addReadingOptions, type ReadingOptions } from '../options/reading-options.js'
import { addReportOptions, type ReportOptions } from '../options/report-options.js'
import { renderUnderstanding } from '../render-understanding.js'
import { resultPalette, resultUnicode, resultWidth } from '../result-surroundings.js'
import { tellDiagnostics } from '../tell-diagnostics.js'
import { openTerminal } from '../terminal.js'
import { toUnderstandRequest } from '../to-understand-request.js'
import { withExamples } from '../with-examples.js'

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
  const understanding = await understand(await toUnderstandRequest(inputs, options), openWorld(options, terminal))
  terminal.progress?.clear()
  const asJson = options.format === 'json'
  terminal.printResult(asJson ? renderJson(understanding) : renderUnderstanding(understanding, options.verbose ?? false, {
    width: resultWidth(), palette: resultPalette(options.color), unicode: resultUnicode(),
  }))
  await tellDiagnostics(understanding.diagnostics, listReadFiles(understanding), options, terminal)
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
