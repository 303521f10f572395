import { Command, InvalidArgumentError, Option } from 'commander'
import { emitters, type EmitterId } from '../../emitters/registry.js'
import { convert } from '../../pipeline.js'
import type { ConvertReport, ConvertRequest } from '../../requests.js'
import { applyConfig } from '../config/apply-config.js'
import { countNoun } from '../count-noun.js'
import { chooseExitCode } from '../choose-exit-code.js'
import { describeCounts } from '../describe-counts.js'
import { describeUnknown } from '../describe-unknown.js'
import { formatSize } from '../format-size.js'
import { isDate } from '../is-date.js'
import { listReadFiles } from '../list-read-files.js'
import { openWorld } from '../open-world.js'
import { addEmitterOptions, listGivenOptions } from '../options/emitter-options.js'
import { addMergingOption, addReadingOptions, type ReadingOptions } from '../options/reading-options.js'
import { addReportOptions, type ReportOptions } from '../options/report-options.js'
import { renderTable } from '../render-table.js'
import { tellDiagnostics } from '../tell-diagnostics.js'
import { openTerminal, type Terminal } from '../terminal.js'
import { toUnderstandRequest } from '../to-understand-request.js'
import { withExamples } from '../with-examples.js'

interface ConvertOptions extends ReadingOptions, ReportOptions {
  readonly output: string
  readonly to: readonly EmitterId[]
  readonly combine?: boolean
  readonly created?: string
  readonly dryRun?: boolean
  readonly config?: string
}

const usualEmitters = ['stix', 'navigator', 'csv', 'xlsx']

/** `crosswalk convert`: documents in, artefacts out. */
export function convertCommand(): Command {
  const command = new Command('convert')
    .description('Converts documents: understands them, checks them against ATT&CK, writes verified artefacts and a manifest.')
    .argument('[INPUT...]', 'files, folders, globs, or - for standard input (default: input/)')
    .option('-o, --output <dir>', 'the folder to write to', 'output')
    .addOption(new Option('-t, --to <list>', 'formats to write, comma-separated, or "all"; see `crosswalk formats`')
      .argParser(parseEmitterIds).default(availableEmitters(usualEmitters), usualEmitters.join(',')))
    .option('--combine', 'beside the artefacts of each mapping set, one of each for all sets together')
    .addOption(new Option('--created <date>', 'the creation date of sets whose documents state none (2024-12-31)')
      .argParser(parseDate))
    .option('--dry-run', 'do everything but write')
    .option('--config <file>', 'settings, named like these options (default: crosswalk.config.yaml, where there is one)')
  addReadingOptions(command)
  addMergingOption(command)
  addReportOptions(command)
  addEmitterOptions(command)
  withExamples(command, [
    'crosswalk convert page.txt --output results',
    'crosswalk convert downloads/ --to stix,navigator --attack-version 16.1 --fail-on warning',
  ])
  return command.action(async (inputs: readonly string[]) => runConvert(inputs, command))
}

async function runConvert(inputs: readonly string[], command: Command): Promise<void> {
  const configured = await applyConfig(command)
  const options = command.opts<ConvertOptions>()
  const terminal = openTerminal(options)
  const request: ConvertRequest = {
    ...(await toUnderstandRequest(inputs.length > 0 ? inputs : configured.inputs ?? ['input'], options)),
    emitters: options.to,
    options: Object.fromEntries(listGivenOptions(command).map(({ name, value }) => [name, value])),
    combine: options.combine ?? false,
    ...(options.created !== undefined && { created: options.created }),
  }
  if (options.quiet !== true) warnOfIdleOptions(command, options.to, terminal)
  const report = await convert(request, openWorld(options, terminal))
  terminal.progress?.clear()

  if (options.quiet !== true) terminal.printResult(renderArtefacts(report, options))
  await tellDiagnostics(report.diagnostics, listReadFiles(report), options, terminal)
  if (options.quiet !== true && options.report === 'text') terminal.printMessage(summarise(report, options))
  process.exitCode = chooseExitCode(report.diagnostics, options.failOn)
}

/** An option of a format that is not written does nothing: said, since it is likely a mistake. */
function warnOfIdleOptions(command: Command, chosen: readonly string[], terminal: Terminal): void {
  for (const { flag, source, emitters: owners } of listGivenOptions(command)) {
    if (source === 'cli' && !owners.some((owner) => chosen.includes(owner))) {
      terminal.printMessage(`${terminal.palette.warning('warning')}: ${flag} does nothing without --to ${owners.join(' or ')}\n`)
    }
  }
}

function renderArtefacts({ artefacts }: ConvertReport, { output }: ConvertOptions): string {
  const folder = output.endsWith('/') ? output : `${output}/`
  const rows = artefacts.map(({ name, size, emitter, counts }) =>
    [`${folder}${name}`, emitter, formatSize(size), describeCounts(counts)])
  return renderTable(rows, new Set([2]))
}

function summarise({ documents, sets, artefacts }: ConvertReport, { output, dryRun }: ConvertOptions): string {
  const written = dryRun === true ? `would be written to ${output} (dry run)` : `written to ${output}`
  const made = [
    countNoun(documents.length, 'document'),
    countNoun(sets.length, 'mapping set'),
    countNoun(artefacts.length, 'artefact'),
  ]
  return `${made.join(', ')} ${written}\n`
}

function parseEmitterIds(text: string, previous: readonly EmitterId[] | undefined): readonly EmitterId[] {
  const known = emitters.map(({ id }) => id)
  const words = text.split(',').map((word) => word.trim()).filter((word) => word !== '')
  if (words.length === 0) throw new InvalidArgumentError(`There are: ${known.join(', ')}, all.`)
  const unknown = words.find((word) => word !== 'all' && !known.some((id) => id === word))
  if (unknown !== undefined) throw new InvalidArgumentError(describeUnknown('format', unknown, [...known, 'all']))
  // Commander hands over the default as the previous value: that one is replaced, not added to.
  const asked = new Set([...words, ...(previous?.join() === availableEmitters(usualEmitters).join() ? [] : previous ?? [])])
  return asked.has('all') ? known : known.filter((id) => asked.has(id))
}

function availableEmitters(ids: readonly string[]): readonly EmitterId[] {
  return emitters.map(({ id }) => id).filter((id) => ids.includes(id))
}

function parseDate(text: string): string {
  if (!isDate(text)) throw new InvalidArgumentError('It is a date of the calendar, such as 2024-12-31.')
  return text
}
