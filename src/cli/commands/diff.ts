import { Command } from 'commander'
import { type DescribedDiff, describeDiff } from '../../analyses/diff/describe-diff.js'
import { diffPage } from '../../analyses/diff/diff-page.js'
import { diffLayer, diffReport } from '../../analyses/diff/diff-report.js'
import { diffSets, pairSets } from '../../analyses/diff/diff-sets.js'
import { reportLayerArtifact } from '../../emitters/navigator/report-layer.js'
import type { ResolvedSet } from '../../model/mapping-set.js'
import { addDeliveryOptions, deliverReport, type DeliveryOptions } from '../deliver-report.js'
import { addReadingOptions, type ReadingOptions } from '../reading.js'
import { addReportOptions, chooseExitCode, reportDiagnostics, type ReportOptions } from '../report-diagnostics.js'
import { openTerminal } from '../terminal.js'
import { listSets, listTitles, reportEmptySide, understandSide } from '../understand-sides.js'
import { exitCode, UsageError, withExamples } from '../usage.js'

interface DiffOptions extends DeliveryOptions, ReadingOptions, ReportOptions {
  readonly exitCode?: true
}

/** `crosswalk diff`: compares two mapping sets, or two folders of them. */
export function diffCommand(): Command {
  const command = new Command('diff')
    .description('Compares mapping sets of a framework: rows added, removed and changed; capabilities and techniques added and removed.')
    .argument('<OLD>', 'a file, folder or glob')
    .argument('<NEW>', 'a file, folder or glob')
  addDeliveryOptions(command, ['text', 'json', 'csv', 'xlsx', 'layer', 'html'])
  command.option('--exit-code', 'exit with 1 if there are differences')
  addReadingOptions(command)
  addReportOptions(command)
  withExamples(command, [
    'crosswalk diff aws-2021.json aws-2024.json',
    'crosswalk diff old/ new/ --format xlsx --output changes',
    'crosswalk diff aws-2021.json aws-2024.json --format html',
  ])
  return command.action(async (old: string, fresh: string) => runDiff(old, fresh, command.opts<DiffOptions>()))
}

async function runDiff(oldInput: string, newInput: string, options: DiffOptions): Promise<void> {
  const terminal = openTerminal(options)
  const sides = [await understandSide(oldInput, options, terminal), await understandSide(newInput, options, terminal)] as const
  if (await reportEmptySide([oldInput, newInput], sides, options, terminal)) return
  const [oldSets, newSets] = [listSets(sides[0]), listSets(sides[1])]
  const pairing = pairSets(oldSets, newSets)
  // A page shows two frameworks side by side, too.
  if (pairing.pairs.length === 0 && options.format !== 'html') throw new UsageError(describeMismatch(oldSets, newSets))
  const diffs = pairing.pairs.map(([before, after]) => describeDiff(diffSets(before, after), sides[1].understanding.attack))
  const analysis = diffReport(diffs, pairing)
  const delivery = await deliverReport({
    analysis,
    layers: (report) => diffs.map((diff) => reportLayerArtifact(diffLayer(diff), report)),
    page: async (report) => diffPage({ analysis, pairing }, {
      attack: sides[1].understanding.attack, report, diagnostics: sides.flatMap((side) => side.diagnostics),
    }),
  }, options, terminal)
  const all = [...sides.flatMap((side) => side.diagnostics), ...delivery]
  await reportDiagnostics(all, sides.flatMap((side) => side.files), options, terminal, 'reads')
  const isDifferent = diffs.some(differs) || pairing.added.length + pairing.removed.length > 0
  const chosen = chooseExitCode(all, options.failOn)
  process.exitCode = options.exitCode === true && isDifferent && chosen !== exitCode.internal ? exitCode.inputErrors : chosen
}

function differs({ diff }: DescribedDiff): boolean {
  const { facts, changed, added, removed, capabilities } = diff
  return facts.length + changed.length + added.length + removed.length + capabilities.length > 0
}

function describeMismatch(old: readonly ResolvedSet[], fresh: readonly ResolvedSet[]): string {
  return `no mapping sets to compare: OLD has ${listTitles(old)}; NEW has ${listTitles(fresh)}.
diff compares mapping sets of the same framework and domain; use \`crosswalk bridge\` for two frameworks.`
}
