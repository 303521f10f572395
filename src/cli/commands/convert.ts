import { Command, InvalidArgumentError, Option } from 'commander'
import { convert } from '../../pipeline/convert.js'
import { explainAdversaries, parseNames } from '../adversaries.js'
import { applyConfig } from '../apply-config.js'
import { describeLeftOut, describeShard, renderArtifacts, summariseRun } from '../run-summary.js'
import { chooseArtifact, holdArtifacts, isStandardOutput, readSingleOutput, type SingleOutput, writeSingle } from '../single-output.js'
import { addEmitterOptions, addWritingOptions, toConvertRequest, warnOfUnusedOptions, type WritingOptions } from '../writing.js'
import { addMergingOption, addReadingOptions, listReadFiles, openHost, type ReadingOptions, toUnderstandRequest } from '../reading.js'
import { addReportOptions, chooseExitCode, reportDiagnostics, type ReportOptions } from '../report-diagnostics.js'
import type { Host } from '../../pipeline/host.js'
import type { ConvertReport, ConvertRequest, Shard } from '../../pipeline/requests.js'
import { openTerminal, type Terminal } from '../terminal.js'
import { exitCode, UsageError, withExamples } from '../usage.js'

interface ConvertOptions extends WritingOptions, ReadingOptions, ReportOptions {
  readonly config?: string
  readonly shard?: Shard
  readonly jobs?: number
  readonly against?: readonly string[]
}

/** `crosswalk convert`: converts documents to artifacts. */
export function convertCommand(): Command {
  const command = new Command('convert')
    .description('Converts documents: reads their mappings, checks them against ATT&CK, and writes validated artifacts and a manifest.')
    .argument('[INPUT...]', 'files, folders, globs, https:// addresses, or - for standard input (default: input/)')
  addWritingOptions(command, 'output')
  command.addOption(new Option('--jobs <number>', 'emit so many sets at once, each on a core and with memory of its own (default: 1)').argParser(parseJobs))
  command.addOption(new Option('--shard <number/of>', 'make only this share of the artifacts, such as 2/8, in an output folder of its own; '
    + '`crosswalk merge` unites the shares').argParser(parseShard))
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
  const { shard, jobs } = options
  const single = await readSingleOutput(command)
  if (single && shard) throw new UsageError(`--shard writes a folder, and --output ${options.output} is one file`)
  const to = single?.to ?? options.to
  const reading = await toUnderstandRequest(inputs.length > 0 ? inputs : configured.inputs ?? ['input'], options)
  if (!quiet) warnOfUnusedOptions(command, to, terminal)
  const { against = [] } = options
  if (!quiet && against.length > 0 && !to.some((id) => showsAdversaries.has(id))) {
    terminal.printMessage(`${terminal.palette.warning('warning')}: --against has no effect without --to ${[...showsAdversaries].join(' or ')}\n`)
  }
  const request = { ...toConvertRequest(reading, command, options), emitters: to, against, ...(shard && { shard }), ...(jobs !== undefined && { jobs }) }
  // One artifact is held in memory until it is known to be the only one.
  const host = await openHost(single ? { ...options, output: '', dryRun: true } : options, terminal)
  const report = await explainAdversaries(single ? convertToOne(request, single, host, options, terminal) : convert(request, host))
  terminal.progress?.clear()

  if (!quiet) {
    const print = isStandardOutput(options.output) ? terminal.printMessage : terminal.printResult
    if (verbose && !single) print(renderArtifacts(report.artifacts, options.output))
    if (!isStandardOutput(options.output) || options.report === 'text') {
      const run = { ...report, output: single?.file ?? options.output, dryRun, isFile: single !== undefined }
      print(shard ? describeShard(shard, run) : await summariseRun(run))
      const leftOut = shard && shard.nth > 1 ? undefined : describeLeftOut(to)
      if (leftOut !== undefined) print(`${leftOut}\n`)
    }
  }
  await reportDiagnostics(report.diagnostics, listReadFiles(report), options, terminal)
  const nothing = single !== undefined && report.artifacts.length === 0
  process.exitCode = nothing ? exitCode.inputErrors : chooseExitCode(report.diagnostics, options.failOn)
}

/** Most workers of one run. */
const mostJobs = 64

function parseJobs(text: string): number {
  const jobs = /^\d{1,3}$/.test(text) ? Number(text) : 0
  if (jobs < 1 || jobs > mostJobs) throw new InvalidArgumentError(`Expected a number from 1 to ${mostJobs}, such as the cores of the machine.`)
  return jobs
}

/** Most shards of one run. */
const mostShards = 1000

function parseShard(text: string): Shard {
  const [nth = 0, of = 0] = (/^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? []).slice(1).map(Number)
  if (nth < 1 || nth > of || of > mostShards) {
    throw new InvalidArgumentError(`Expected the number of the shard and of all, such as 2/8; at most ${mostShards}.`)
  }
  return { nth, of }
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
  const chunks = chosen && holding.held.get(chosen.only.name)
  if (!chosen || !chunks) return { ...report, artifacts: [] }
  terminal.progress?.clear()
  if (dryRun !== true) await writeSingle(single, chosen.only, chunks)
  const companions = chosen.companions.map(({ name }) => name).join(', ')
  if (companions !== '' && quiet !== true) {
    terminal.printMessage(`${companions} goes with ${chosen.only.name} and is only written to a folder\n`)
  }
  return { ...report, artifacts: [chosen.only] }
}
