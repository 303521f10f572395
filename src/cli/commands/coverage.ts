import { Command, Option } from 'commander'
import { coverageLayer } from '../../analyses/coverage/coverage-layer.js'
import { coverageReport } from '../../analyses/coverage/coverage-report.js'
import { againstLayer } from '../../emitters/navigator/against-layer.js'
import { reportLayerArtifact } from '../../emitters/navigator/report-layer.js'
import { coverAgainst } from '../../coverage/cover-against.js'
import { coverSet, labelSets } from '../../coverage/cover-set.js'
import { type Threshold, thresholds } from '../../coverage/row-state.js'
import { listScopes, uniteCoverage } from '../../coverage/unite-coverage.js'
import { understand } from '../../pipeline/convert.js'
import { addDeliveryOptions, deliverReport, type DeliveryOptions } from '../deliver-report.js'
import { addMergingOption, addReadingOptions, listReadFiles, openHost, type ReadingOptions, toUnderstandRequest } from '../reading.js'
import { addReportOptions, chooseExitCode, reportDiagnostics, type ReportOptions } from '../report-diagnostics.js'
import { chooseNamed, parseNames } from '../adversaries.js'
import { openTerminal } from '../terminal.js'
import { exitCode, withExamples } from '../usage.js'

interface CoverageOptions extends DeliveryOptions, ReadingOptions, ReportOptions {
  readonly threshold?: Threshold
  readonly against?: readonly string[]
}

/** `crosswalk coverage`: ATT&CK coverage of mapping sets, and the gaps. */
export function coverageCommand(): Command {
  const command = new Command('coverage')
    .description('Counts the ATT&CK techniques of each tactic that are mapped, declared unmappable, or not mentioned, also by capability '
      + 'group and score. Several mapping sets are shown side by side, and those of one domain also together. A layer shows '
      + 'the gaps.')
    .argument('<INPUT...>', 'files, folders, globs, https:// addresses, or - for standard input')
    .addOption(new Option('--threshold <score>', 'count only mappings with at least this score').choices(thresholds))
  command.option('--against <names>', "also what of these adversaries' techniques is covered: ids, names or aliases of groups, campaigns and "
    + 'software, separated by commas; needs --attack with a bundle of MITRE', parseNames)
  addDeliveryOptions(command, ['text', 'json', 'csv', 'xlsx', 'layer'])
  addReadingOptions(command)
  addMergingOption(command)
  addReportOptions(command)
  withExamples(command, [
    'crosswalk coverage aws.json --threshold partial',
    'crosswalk coverage aws.json --against APT29,G0007 --attack enterprise-attack.json',
    'crosswalk coverage aws.json azure.json gcp.json --format layer --output gaps',
  ])
  return command.action(async (inputs: readonly string[]) => runCoverage(inputs, command.opts<CoverageOptions>()))
}

async function runCoverage(inputs: readonly string[], options: CoverageOptions): Promise<void> {
  const terminal = openTerminal(options)
  const host = await openHost({ ...options, output: '' }, terminal)
  const understanding = await understand(await toUnderstandRequest(inputs, options), host)
  terminal.progress?.clear()
  const files = listReadFiles(understanding)
  if (understanding.sets.length === 0) {
    await reportDiagnostics(understanding.diagnostics, files, options, terminal, 'reads')
    terminal.printMessage(`${terminal.palette.error('error')}: no mapping set found in ${inputs.join(', ')}\n`)
    process.exitCode = exitCode.inputErrors
    return
  }
  const sets = labelSets(understanding.sets).map((labelled) => coverSet(labelled, understanding.attack, options.threshold))
  const scopes = { sets, unions: uniteCoverage(sets) }
  const against = options.against ? chooseNamed(understanding.attack, options.against) : undefined
  const plans = against ? coverAgainst(scopes, against).map(againstLayer) : listScopes(scopes).map(coverageLayer)
  const delivery = await deliverReport({
    analysis: coverageReport(scopes, against),
    layers: (report) => plans.map((plan) => reportLayerArtifact(plan, report)),
  }, options, terminal)
  const diagnostics = [...understanding.diagnostics, ...delivery]
  await reportDiagnostics(diagnostics, files, options, terminal, 'reads')
  process.exitCode = chooseExitCode(diagnostics, options.failOn)
}
