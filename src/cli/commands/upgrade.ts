import { Command, Option } from 'commander'
import { renderReportText } from '../../analyses/report/render-report-text.js'
import { type OnDuplicate, onDuplicateChoices } from '../../analyses/upgrade/upgrade-row.js'
import { upgrade, type UpgradeReport } from '../../analyses/upgrade/upgrade.js'
import { renderArtifacts, summariseRun } from '../run-summary.js'
import { readSingleOutput } from '../single-output.js'
import { addEmitterOptions, addWritingOptions, toConvertRequest, warnOfUnusedOptions, type WritingOptions } from '../writing.js'
import { addMergingOption, addReadingOptions, listReadFiles, openHost, readGivenFile, toUnderstandRequest } from '../reading.js'
import { addReportOptions, chooseExitCode, reportDiagnostics } from '../report-diagnostics.js'
import { openTerminal, resultPalette, resultWidth } from '../terminal.js'
import type { InPlaceCommandOptions } from '../upgrade-in-place.js'
import { UsageError, withExamples } from '../usage.js'

interface UpgradeOptions extends WritingOptions, Omit<InPlaceCommandOptions, 'output'> {
  readonly onDuplicate: OnDuplicate
  readonly accept?: readonly string[]
}

/** Maximum number of rows of a printed table. */
const mostRows = 20
/** Largest change report to read, in bytes. */
const maxReportBytes = 256_000_000

/** `crosswalk upgrade`: upgrades mapping sets to another ATT&CK release and reports the outcome of each row. */
export function upgradeCommand(): Command {
  const command = new Command('upgrade')
    .description('Upgrades mapping sets to another ATT&CK release. A row is upgraded automatically where ATT&CK states the technique to '
      + 'use now; all others are left unchanged for review. Prints the outcomes; writes the upgraded sets, change reports '
      + '(JSON, CSV, workbook sheets) and a layer of the changes.')
    .argument('<INPUT...>', 'files, folders, globs, https:// addresses, or - for standard input')
    .requiredOption('--to-attack <version>', 'ATT&CK release to upgrade to, also an older one; see `crosswalk attack list`')
    .option('--accept <file...>', 'change reports with your decisions filled in: keep, drop, or a technique id')
  command.addOption(new Option('--on-duplicate <choice>', 'rows that become the same: keep both, merge them where nothing contradicts, or '
    + 'ask: keep both, list them in the change report, and exit with 1 until you decided')
    .choices(onDuplicateChoices).default('keep'))
  addInPlaceOptions(command)
  addWritingOptions(command, 'upgraded')
  addReadingOptions(command)
  addMergingOption(command)
  addReportOptions(command)
  addEmitterOptions(command)
  withExamples(command, [
    'crosswalk upgrade aws.json --to-attack 18.1',
    'crosswalk upgrade aws.json --to-attack 18.1 --accept decided.csv --output aws-18',
    'crosswalk upgrade rules/ layer.json --in-place --to-attack 19.1',
  ])
  return command.action(async (inputs: readonly string[]) => runUpgrade(inputs, command))
}

const inPlaceHeading = 'Updating files in place:'

function addInPlaceOptions(command: Command): void {
  const options = [
    new Option('--in-place', 'replace technique ids, and names and tactics beside them, in the files themselves: layers, Sigma rules, '
      + 'JSON, YAML, CSV, .xlsx; all else stays byte for byte'),
    new Option('--check', 'as --in-place, but write nothing, and exit with 1 if a file would change'),
    new Option('--replace <OLD=NEW...>', 'with --in-place: technique to use where ATT&CK names none, or several, such as T0803=T1691.001'),
    new Option('--prose', 'with --in-place: also replace ids in sentences'),
    new Option('--json', 'with --in-place: print the report as JSON'),
  ]
  for (const option of options) command.addOption(option.helpGroup(inPlaceHeading))
}

function flagOf(name: string): string {
  return `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
}

async function runUpgrade(inputs: readonly string[], command: Command): Promise<void> {
  const options = command.opts<UpgradeOptions>()
  if (options.inPlace === true || options.check === true) {
    const given = ['output', 'accept', 'to', 'dryRun', 'onDuplicate'].filter((name) => command.getOptionValueSource(name) === 'cli')
    if (given.length > 0) throw new UsageError(`--in-place changes files themselves: it has no use for ${given.map(flagOf).join(', ')}`)
    await (await import('../upgrade-in-place.js')).upgradeInPlace(inputs, options)
    return
  }
  if (await readSingleOutput(command)) throw new UsageError('upgrade writes several artifacts, not one: name a folder with --output')
  const terminal = openTerminal(options)
  const reading = await toUnderstandRequest(inputs, options)
  const decisions = await Promise.all((options.accept ?? []).map((file) => readGivenFile('--accept', file, maxReportBytes)))
  if (options.quiet !== true) warnOfUnusedOptions(command, options.to, terminal)
  const request = { ...toConvertRequest(reading, command, options), to: options.toAttack, decisions, onDuplicate: options.onDuplicate }
  const report = await upgrade(request, await openHost({ ...options, overwrite: options.overwrite ?? options.accept ?? false }, terminal))
  terminal.progress?.clear()

  if (options.quiet !== true) {
    terminal.printResult(renderUpgrades(report, options))
    terminal.printResult(await summariseRun({ ...report, sets: report.upgrades, output: options.output, dryRun: options.dryRun === true }))
  }
  await reportDiagnostics(report.diagnostics, [...listReadFiles(report), ...decisions], options, terminal)
  process.exitCode = chooseExitCode(report.diagnostics, options.failOn)
}

/** Reports of all upgrades, and the artifacts written. */
function renderUpgrades({ upgrades, artifacts }: UpgradeReport, options: UpgradeOptions): string {
  const { verbose = false, color } = options
  const limits = verbose ? {} : { mostRows, moreHint: 'the change report lists all' }
  const look = { width: resultWidth(), palette: resultPalette(color), ...limits }
  const texts = upgrades.map(({ analysis }) => renderReportText(analysis, look))
  return [...texts, verbose ? renderArtifacts(artifacts, options.output) : ''].join('\n')
}
