import { Command, Option } from 'commander'
import { convert } from '../../pipeline/convert.js'
import { explainAdversaries, parseNames } from '../adversaries.js'
import { applyConfig } from '../apply-config.js'
import { describeLeftOut, renderArtifacts, summariseRun } from '../run-summary.js'
import { chooseArtifact, holdArtifacts, isStandardOutput, readSingleOutput, type SingleOutput, writeSingle } from '../single-output.js'
import { addEmitterOptions, addWritingOptions, toConvertRequest, warnOfUnusedOptions, type WritingOptions } from '../writing.js'
import { addMergingOption, addReadingOptions, listReadFiles, openHost, type ReadingOptions, toUnderstandRequest } from '../reading.js'
import { addReportOptions, chooseExitCode, reportDiagnostics, type ReportOptions } from '../report-diagnostics.js'
import type { Host } from '../../pipeline/host.js'
import type { ConvertReport, ConvertRequest } from '../../pipeline/requests.js'
import { openTerminal, type Terminal } from '../terminal.js'
import { exitCode, withExamples } from '../usage.js'

interface ConvertOptions extends WritingOptions, ReadingOptions, ReportOptions {
  readonly config?: string
  readonly against?: readonly string[]
}

/** `crosswalk convert`: converts documents to artifacts. */
export function convertCommand(): Command {
  const command = new Command('convert')
    .description('Converts documents: reads their mappings, checks them against ATT&CK, and writes validated artifacts and a manifest.')
    .argument('[INPUT...]', 'files, folders, globs, https:// addresses, or - for standard input (default: input/)')
  addWritingOptions(command, 'output')
  command.option('--config <file>', 'file with settings named like these options (default: crosswalk.config.yaml, if it exists)')
  command.addOption(new Option('--against <names>', "also what of these adversaries' techniques is covered, in layers, workbooks and reports: ids, names or "
    + 'aliases of groups, campaigns and software, separated by commas; needs --attack with a bundle of MITRE').argParser(parseNames))
  addReadingOptions(command)
  addMergingOption(command)
  addReportOptions(command)
  addEmitterOptions(command)
  withExamples(command, [
    'crosswalk convert page.txt --output results',
    'crosswalk convert aws.json --to html --against APT29 --attack enterprise-attack.json',
    'crosswalk convert downloads/ --to stix,navigator --attack-version 16.1 --fail-on warning',
  ])
  return command.action(async (inputs: readonly string[]) => runConvert(inputs, command))
}

async function runConvert(inputs: readonly string[], command: Command): Promise<void> {
  const configured = await applyConfig(command)
  const options = command.opts<ConvertOptions>()
  const { quiet = false, verbose = false, dryRun = false } = options
  const terminal = openTerminal(options)
  const single = await readSingleOutput(command)
  const to = single?.to ?? options.to
  const reading = await toUnderstandRequest(inputs.length > 0 ? inputs : configured.inputs ?? ['input'], options)
  if (!quiet) warnOfUnusedOptions(command, to, terminal)
  const { against = [] } = options
  if (!quiet && against.length > 0 && !to.some((id) => showsAdversaries.has(id))) {
    terminal.printMessage(`${terminal.palette.warning('warning')}: --against has no effect without --to ${[...showsAdversaries].join(' or ')}\n`)
  }
  const request = { ...toConvertRequest(reading, command, options), emitters: to, against }
  // One artifact is held in memory until it is known to be the only one.
  const host = await openHost(single ? { ...options, output: '', dryRun: true } : options, terminal)
  const report = await explainAdversaries(single ? convertToOne(request, single, host, options, terminal) : convert(request, host))
  terminal.progress?.clear()

  if (!quiet) {
    const print = isStandardOutput(options.output) ? terminal.printMessage : terminal.printResult
    if (verbose && !single) print(renderArtifacts(report.artifacts, options.output))
    if (!isStandardOutput(options.output) || options.report === 'text') {
      print(await summariseRun({ ...report, output: single?.file ?? options.output, dryRun, isFile: single !== undefined }))
      const leftOut = describeLeftOut(to)
      if (leftOut !== undefined) print(`${leftOut}\n`)
    }
  }
  await reportDiagnostics(report.diagnostics, listReadFiles(report), options, terminal)
  const nothing = single !== undefined && report.artifacts.length === 0
  process.exitCode = nothing ? exitCode.inputErrors : chooseExitCode(report.diagnostics, options.failOn)
}

/** Formats that show adversaries. */
const showsAdversaries: ReadonlySet<string> = new Set(['navigator', 'xlsx', 'html'])

/** Converts documents to one artifact; says what else goes with it, such as the metadata of a table, and was not written. */
async function convertToOne(
  request: ConvertRequest, single: SingleOutput, host: Host, { dryRun, quiet }: ConvertOptions, terminal: Terminal,
): Promise<ConvertReport> {
  const isCombined = request.combine !== false
  const holding = holdArtifacts(host)
  const report = await convert({ ...request, combine: isCombined ? 'only' : false }, holding)
  const chosen = chooseArtifact(report.artifacts, single, report.sets.length, isCombined)
  const bytes = chosen && holding.held.get(chosen.only.name)
  if (!chosen || !bytes) return { ...report, artifacts: [] }
  terminal.progress?.clear()
  if (dryRun !== true) await writeSingle(single, chosen.only, bytes)
  const companions = chosen.companions.map(({ name }) => name).join(', ')
  if (companions !== '' && quiet !== true) {
    terminal.printMessage(`${companions} goes with ${chosen.only.name} and is only written to a folder\n`)
  }
  return { ...report, artifacts: [chosen.only] }
}
