import { Command } from 'commander'
import { convert } from '../../pipeline/convert.js'
import { applyConfig } from '../apply-config.js'
import {
  addEmitterOptions, addWritingOptions, renderArtifacts, summariseRun, toConvertRequest, warnOfUnusedOptions, type WritingOptions,
} from '../writing.js'
import { addMergingOption, addReadingOptions, listReadFiles, openHost, type ReadingOptions, toUnderstandRequest } from '../reading.js'
import { addReportOptions, chooseExitCode, reportDiagnostics, type ReportOptions } from '../report-diagnostics.js'
import { openTerminal } from '../terminal.js'
import { withExamples } from '../usage.js'

interface ConvertOptions extends WritingOptions, ReadingOptions, ReportOptions {
  readonly config?: string
}

/** `crosswalk convert`: converts documents to artifacts. */
export function convertCommand(): Command {
  const command = new Command('convert')
    .description('Converts documents: reads their mappings, checks them against ATT&CK, and writes validated artifacts and a manifest.')
    .argument('[INPUT...]', 'files, folders, globs, https:// addresses, or - for standard input (default: input/)')
  addWritingOptions(command, 'output')
  command.option('--config <file>', 'file with settings named like these options (default: crosswalk.config.yaml, if it exists)')
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
  const reading = await toUnderstandRequest(inputs.length > 0 ? inputs : configured.inputs ?? ['input'], options)
  if (options.quiet !== true) warnOfUnusedOptions(command, options.to, terminal)
  const report = await convert(toConvertRequest(reading, command, options), await openHost(options, terminal))
  terminal.progress?.clear()

  if (options.quiet !== true) terminal.printResult(renderArtifacts(report.artifacts, options))
  await reportDiagnostics(report.diagnostics, listReadFiles(report), options, terminal)
  if (options.quiet !== true && options.report === 'text') terminal.printMessage(summariseRun(report, options))
  process.exitCode = chooseExitCode(report.diagnostics, options.failOn)
}
