import { Command } from 'commander'
import { renderReportText } from '../../analyses/report/render-report-text.js'
import { upgrade, type UpgradeReport } from '../../analyses/upgrade/upgrade.js'
import { addEmitterOptions } from '../emitter-options.js'
import { readGivenFile } from '../read-given-files.js'
import { addMergingOption, addReadingOptions, listReadFiles, openHost, type ReadingOptions, toUnderstandRequest } from '../reading.js'
import { addReportOptions, chooseExitCode, reportDiagnostics, type ReportOptions } from '../report-diagnostics.js'
import { openTerminal, resultPalette, resultWidth } from '../terminal.js'
import { withExamples } from '../usage.js'
import { addWritingOptions, renderArtifacts, summariseRun, toConvertRequest, warnOfIdleOptions, type WritingOptions } from '../writing.js'

interface UpgradeOptions extends WritingOptions, ReadingOptions, ReportOptions {
  readonly toAttack: string
  readonly accept?: readonly string[]
}

/** The most rows of a table on a terminal. */
const mostRows = 20
/** The largest change report to read, in bytes. */
const largestReport = 256_000_000

/** `crosswalk upgrade`: mapping sets of one ATT&CK release in, of another out, and what became of each row. */
export function upgradeCommand(): Command {
  const command = new Command('upgrade')
    .description('Brings mapping sets to another ATT&CK release. Rows go on by themselves where ATT&CK says what to use now; '
      + 'the others wait for a person, as they were. Prints what became of the rows; writes the upgraded sets, change reports '
      + '(JSON, CSV, sheets of the workbook) and a layer of the changes.')
    .argument('<INPUT...>', 'files, folders, globs, or - for standard input')
    .requiredOption('--to-attack <version>', 'the ATT&CK release to upgrade to, older ones too; see `crosswalk attack list`')
    .option('--accept <file...>', 'change reports in which you filled in decisions: keep, drop, or the id of a technique')
  addWritingOptions(command, 'upgraded')
  addReadingOptions(command)
  addMergingOption(command)
  addReportOptions(command)
  addEmitterOptions(command)
  withExamples(command, [
    'crosswalk upgrade aws.json --to-attack 18.1',
    'crosswalk upgrade aws.json --to-attack 18.1 --accept decided.csv --output aws-18',
  ])
  return command.action(async (inputs: readonly string[]) => runUpgrade(inputs, command))
}

async function runUpgrade(inputs: readonly string[], command: Command): Promise<void> {
  const options = command.opts<UpgradeOptions>()
  const terminal = openTerminal(options)
  const reading = await toUnderstandRequest(inputs, options)
  const decisions = await Promise.all((options.accept ?? []).map((file) => readGivenFile('--accept', file, largestReport)))
  if (options.quiet !== true) warnOfIdleOptions(command, options.to, terminal)
  const request = { ...toConvertRequest(reading, command, options), to: options.toAttack, decisions }
  const report = await upgrade(request, openHost(options, terminal))
  terminal.progress?.clear()

  if (options.quiet !== true) terminal.printResult(renderUpgrades(report, options))
  await reportDiagnostics(report.diagnostics, [...listReadFiles(report), ...decisions], options, terminal)
  if (options.quiet !== true && options.report === 'text') {
    terminal.printMessage(summariseRun({ ...report, sets: report.upgrades }, options))
  }
  process.exitCode = chooseExitCode(report.diagnostics, options.failOn)
}

/** What became of each set, and what was written. */
function renderUpgrades({ upgrades, artifacts }: UpgradeReport, options: UpgradeOptions): string {
  const { verbose = false, color } = options
  const limits = verbose ? {} : { mostRows, moreHint: 'the change report has all' }
  const look = { width: resultWidth(), palette: resultPalette(color), ...limits }
  const texts = upgrades.map(({ analysis }) => renderReportText(analysis, look))
  return [...texts, renderArtifacts(artifacts, options)].join('\n')
}
