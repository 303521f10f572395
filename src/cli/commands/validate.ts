import { Command, InvalidArgumentError, Option } from 'commander'
import { countSeverities, summariseCases } from '../../diagnostics/counts-in-words.js'
import { createDiskHost } from '../../io/disk-host.js'
import { type FileValidation, validate } from '../../pipeline/validate.js'
import { type PlatformId, platforms } from '../../validation/stix/platforms/platforms.js'
import { describeUnknown } from '../../library/request-error.js'
import { addLimitOptions, openNetwork, type ReadingOptions, readAttackSources, toHostLimits } from '../reading.js'
import { openTerminal, renderFiles } from '../terminal.js'
import { addReportOptions, chooseExitCode, reportDiagnostics, type ReportOptions } from '../report-diagnostics.js'
import { withExamples } from '../usage.js'

interface ValidateOptions extends ReportOptions, Pick<ReadingOptions, 'maxSize' | 'max'> {
  readonly attack?: string
  readonly ca?: string
  readonly for?: readonly PlatformId[]
}

/** Extensions of the files to read from folders. */
const extensions = ['json', 'yaml', 'yml', 'csv', 'xlsx', 'txt', 'html', 'htm']

/** `crosswalk validate`: validates files, from Crosswalk or other tools. */
export function validateCommand(): Command {
  const command = new Command('validate')
    .description('Validates artifacts and mapping files, from Crosswalk or other tools: detects the kind of each file, then checks its '
      + 'structure and content.')
    .argument('<FILE...>', 'files, folders, globs or https:// addresses')
    .option('--attack <file>', 'ATT&CK STIX bundle to use for look-ups')
    .option('--ca <file>', 'certificates (PEM) of your own authority, for files that are https:// addresses')
    .addOption(new Option('--for <platforms>', 'also report what these platforms reject, drop or merge in a STIX bundle: opencti, misp')
      .argParser(parsePlatforms))
  addLimitOptions(command)
  addReportOptions(command)
  withExamples(command, [
    'crosswalk validate output/',
    'crosswalk validate bundle.json --for opencti,misp',
    'crosswalk validate layer.json bundle.json --report sarif --report-file findings.sarif',
  ])
  return command.action(async (inputs: readonly string[]) => runValidate(inputs, command.opts<ValidateOptions>()))
}

async function runValidate(inputs: readonly string[], options: ValidateOptions): Promise<void> {
  const terminal = openTerminal(options)
  const network = await openNetwork(options.ca)
  const host = createDiskHost({ output: '', extensions, network, ...toHostLimits(options), ...(terminal.progress && { progress: terminal.progress.show }) })
  const sources = await readAttackSources(options.attack)
  const { files, diagnostics } = await validate({ inputs, platforms: options.for ?? [], ...sources }, host)
  terminal.progress?.clear()
  if (options.quiet !== true) terminal.printResult(renderFiles(files.map(describeFile)))
  await reportDiagnostics(diagnostics, files.map(({ file }) => file), options, terminal, 'reads')
  process.exitCode = chooseExitCode(diagnostics, options.failOn)
}

function parsePlatforms(text: string, previous: readonly PlatformId[] = []): readonly PlatformId[] {
  const known = platforms.map(({ id }) => id)
  const words = text.split(',').map((word) => word.trim()).filter((word) => word !== '')
  if (words.length === 0) throw new InvalidArgumentError(`Available: ${known.join(', ')}.`)
  const unknown = words.find((word) => !known.some((id) => id === word))
  if (unknown !== undefined) throw new InvalidArgumentError(describeUnknown('platform', unknown, known))
  return known.filter((id) => words.includes(id) || previous.includes(id))
}

function describeFile({ file, title, counts, diagnostics }: FileValidation): readonly string[] {
  const found = Object.entries(counts).map(([name, count]) => `${count} ${name}`).join(', ')
  const validity = countSeverities(diagnostics).errors > 0 ? 'invalid' : 'valid'
  return [file.path, validity, title ?? 'unknown kind', found, summariseCases(diagnostics) ?? '']
}
