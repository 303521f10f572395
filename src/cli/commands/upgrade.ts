import { Command } from 'commander'
import { renderReportText } from '../../analyses/report/render-report-text.js'
import { upgrade, type UpgradeReport } from '../../analyses/upgrade/upgrade.js'
import {
  addEmitterOptions, addWritingOptions, renderArtifacts, summariseRun, toConvertRequest, warnOfUnusedOptions, type WritingOptions,
} from '../writing.js'
import { addMergingOption, addReadingOptions, listReadFiles, openHost, readGivenFile, type ReadingOptions, toUnderstandRequest } from '../reading.js'
import { addReportOptions, chooseExitCode, reportDiagnostics, type ReportOptions } from '../report-diagnostics.js'
import { openTerminal, resultPalette, resultWidth } from '../terminal.js'
import { withExamples } from '../usage.js'

interface UpgradeOptions extends WritingOptions, ReadingOptions, ReportOptions {
  readonly toAttack: string
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
  const decisions = await Promise.all((options.accept ?? []).map((file) => readGivenFile('--accept', file, maxReportBytes)))
  if (options.quiet !== true) warnOfUnusedOptions(command, options.to, terminal)
  const request = { ...toConvertRequest(reading, command, options), to: options.toAttack, decisions }
  const report = await upgrade(request, await openHost(options, terminal))
  terminal.progress?.clear()

  if (options.quiet !== true) terminal.printResult(renderUpgrades(report, options))
  await reportDiagnostics(report.diagnostics, [...listReadFiles(report), ...decisions], options, terminal)
  if (options.quiet !== true && options.report === 'text') {
    terminal.printMessage(summariseRun({ ...report, sets: report.upgrades }, options))
  }
  process.exitCode = chooseExitCode(report.diagnostics, options.failOn)
}

/** Reports of all upgrades, and the artifacts written. */
function renderUpgrades({ upgrades, artifacts }: UpgradeReport, options: UpgradeOptions): string {
  const { verbose = false, color } = options
  const limits = verbose ? {} : { mostRows, moreHint: 'the change report lists all' }
  const look = { width: resultWidth(), palette: resultPalette(color), ...limits }
  const texts = upgrades.map(({ analysis }) => renderReportText(analysis, look))
  return [...texts, renderArtifacts(artifacts, options)].join('\n')
}
