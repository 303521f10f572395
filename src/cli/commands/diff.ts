import { Command } from 'commander'
import { describeDiff, type DescribedDiff } from '../../analyses/diff/describe-diff.js'
import { diffLayer } from '../../analyses/diff/diff-layer.js'
import { diffReport } from '../../analyses/diff/diff-report.js'
import { diffSets } from '../../analyses/diff/diff-sets.js'
import { pairSets } from '../../analyses/diff/pair-sets.js'
import { setTitle } from '../../emitters/table/set-title.js'
import type { ResolvedSet } from '../../model/mapping-set.js'
import { reportLayerArtifact } from '../../reports/report-layer.js'
import { chooseExitCode } from '../choose-exit-code.js'
import { deliverReport } from '../deliver-report.js'
import { exitCode } from '../exit-code.js'
import { addDeliveryOptions, type DeliveryOptions } from '../options/delivery-options.js'
import { addReadingOptions, type ReadingOptions } from '../options/reading-options.js'
import { addReportOptions, type ReportOptions } from '../options/report-options.js'
import { tellDiagnostics } from '../tell-diagnostics.js'
import { openTerminal } from '../terminal.js'
import { understandSide, type Side } from '../understand-side.js'
import { UsageError } from '../usage-error.js'
import { withExamples } from '../with-examples.js'

interface DiffOptions extends DeliveryOptions, ReadingOptions, ReportOptions {
  readonly exitCode?: true
}

/** `crosswalk diff`: how two mapping sets, or two folders of them, differ. */
export function diffCommand(): Command {
  const command = new Command('diff')
    .description('Compares mapping sets of a framework: rows added, removed and changed, capabilities and techniques that came and went.')
    .argument('<OLD>', 'a file, folder or glob')
    .argument('<NEW>', 'a file, folder or glob')
  addDeliveryOptions(command, ['text', 'json', 'csv', 'xlsx', 'layer'])
  command.option('--exit-code', 'end with 1 when there are differences')
  addReadingOptions(command)
  addReportOptions(command)
  withExamples(command, [
    'crosswalk diff aws-2021.json aws-2024.json',
    'crosswalk diff old/ new/ --format xlsx --output changes',
  ])
  return command.action(async (old: string, fresh: string) => runDiff(old, fresh, command.opts<DiffOptions>()))
}

async function runDiff(oldInput: string, newInput: string, options: DiffOptions): Promise<void> {
  const terminal = openTerminal(options)
  const sides = [await understandSide(oldInput, options, terminal), await understandSide(newInput, options, terminal)] as const
  const [old, fresh] = sides
  const files = sides.flatMap((side) => side.files)
  const diagnostics = sides.flatMap((side) => side.diagnostics)
  const [oldSets, newSets] = [setsOf(old), setsOf(fresh)]
  const empty = oldSets.length === 0 ? oldInput : newSets.length === 0 ? newInput : undefined
  if (empty !== undefined) {
    await tellDiagnostics(diagnostics, files, options, terminal)
    terminal.printMessage(`${terminal.palette.error('error')}: ${empty} holds no mapping set: there is nothing to compare\n`)
    process.exitCode = exitCode.inputErrors
    return
  }
  const pairing = pairSets(oldSets, newSets)
  if (pairing.pairs.length === 0) throw new UsageError(describeMismatch(oldSets, newSets))
  const diffs = pairing.pairs.map(([before, after]) => describeDiff(diffSets(before, after), fresh.understanding.attack))
  const analysis = diffReport(diffs, pairing)
  const told = await deliverReport({
    analysis,
    layers: (report) => diffs.map((diff) => reportLayerArtifact(diffLayer(diff), report)),
  }, options, terminal)
  const all = [...diagnostics, ...told]
  await tellDiagnostics(all, files, options, terminal)
  const isDifferent = diffs.some(differs) || pairing.added.length + pairing.removed.length > 0
  process.exitCode = options.exitCode === true && isDifferent ? exitCode.inputErrors : chooseExitCode(all, options.failOn)
}

function setsOf({ understanding }: Side): readonly ResolvedSet[] {
  return understanding.sets.map(({ set }) => set)
}

function differs({ diff }: DescribedDiff): boolean {
  const { facts, changed, added, removed, capabilities } = diff
  return facts.length + changed.length + added.length + removed.length + capabilities.length > 0
}

function describeMismatch(old: readonly ResolvedSet[], fresh: readonly ResolvedSet[]): string {
  const list = (sets: readonly ResolvedSet[]): string => sets.map(setTitle).join(', ')
  return `there is nothing to compare: OLD has ${list(old)}; NEW has ${list(fresh)}.
diff compares sets of one framework and domain; \`crosswalk bridge\` relates two frameworks.`
}
