import { Command } from 'commander'
import { compareReleases, listSuccessions } from '../../analyses/releases/compare-releases.js'
import { releaseChangesLayer, reportReleaseChanges, reportSuccessions } from '../../analyses/releases/release-report.js'
import { reportLayerArtifact } from '../../emitters/navigator/report-layer.js'
import { type AttackIndex, type AttackReleaseView, isRequested } from '../../attack/attack-index.js'
import type { Domain } from '../../model/mapping.js'
import { attackDomains } from '../../model/vocabulary.js'
import { addDeliveryOptions, deliverReport, type DeliveryOptions } from '../deliver-report.js'
import { addReportOptions, chooseExitCode, reportDiagnostics, type ReportOptions } from '../report-diagnostics.js'
import { openTerminal } from '../terminal.js'
import { UsageError, withExamples } from '../usage.js'
import { bundleOption, domainOption, openAttack } from './open-attack.js'

interface ChangesOptions extends DeliveryOptions, ReportOptions {
  readonly domain?: Domain
  readonly attack?: string
  readonly json?: true
  readonly csv?: true
  readonly from?: string
  readonly to?: string
}

/** `crosswalk attack changes`: what a release changes. */
export function changesCommand(): Command {
  const command = new Command('changes')
    .summary('Show what changes between two ATT&CK releases')
    .description('Shows what changes between two ATT&CK releases: techniques added, renamed, moved to other tactics, revoked (with their '
      + 'successors), deprecated and gone; tactics added, renamed and gone.')
    .argument('<FROM>', 'older release, such as 18.1')
    .argument('<TO>', 'newer release, such as 19.1')
    .addOption(domainOption('only this domain (default: all)'))
    .addOption(bundleOption())
  addForms(addDeliveryOptions(command, ['text', 'json', 'csv', 'xlsx', 'layer']))
  addReportOptions(command)
  withExamples(command, ['crosswalk attack changes 18.1 19.1 --domain enterprise', 'crosswalk attack changes 18.1 19.1 --format layer'])
  return command.action((from: string, to: string) => showChanges(from, to, command.opts<ChangesOptions>()))
}

/** `crosswalk attack successors`: what to use for techniques that are no longer in use. */
export function successorsCommand(): Command {
  const command = new Command('successors')
    .summary('List what replaces techniques that are no longer in use')
    .description('Lists the techniques that are no longer in use, with what replaces them, the release in which that happened, and the '
      + 'techniques between. Prints a table of JSON (schemas/attack-successors.schema.json) with --json.')
    .option('--from <version>', 'only techniques that were in use in this release or later (default: in any)')
    .option('--to <version>', 'release whose techniques may replace them (default: the newest)')
    .addOption(domainOption('only this domain (default: all)'))
    .addOption(bundleOption())
  addForms(addDeliveryOptions(command, ['text', 'json', 'csv', 'xlsx']))
  addReportOptions(command)
  withExamples(command, ['crosswalk attack successors --json', 'crosswalk attack successors --from 18.1 --to 19.1 --domain enterprise'])
  return command.action(() => showSuccessors(command.opts<ChangesOptions>()))
}

function addForms(command: Command): void {
  command.option('--json', 'as --format json').option('--csv', 'as --format csv')
}

async function showChanges(from: string, to: string, options: ChangesOptions): Promise<void> {
  const opened = await openAttack(options.attack)
  if (!opened) return
  const { index } = opened
  const comparisons = domainsOf(options).flatMap((domain) => {
    const [old, now] = [index.release(domain, from), index.release(domain, to)]
    return isRequested(old) && isRequested(now) ? [compareReleases(old, now)] : []
  })
  if (comparisons.length === 0) throw new UsageError(describeMissing(index, [from, to], options))
  await deliver(options, {
    analysis: reportReleaseChanges(comparisons, from, to),
    layers: (report) => comparisons.map((one) => reportLayerArtifact(releaseChangesLayer(one), report)),
  })
}

async function showSuccessors(options: ChangesOptions): Promise<void> {
  const opened = await openAttack(options.attack)
  if (!opened) return
  const { index } = opened
  const { from, to } = options
  const targets = domainsOf(options).map((domain) => index.release(domain, to)).filter((one) => to === undefined || isRequested(one))
  const sources = targets.map(({ domain }) => (from === undefined ? undefined : index.release(domain, from)))
  if (targets.length === 0 || sources.some((one) => one && !isRequested(one))) {
    throw new UsageError(describeMissing(index, [from, to], options))
  }
  const found = targets.flatMap((target: AttackReleaseView, position) =>
    listSuccessions(index, target.domain, sources[position]?.version, target))
  await deliver(options, { analysis: reportSuccessions(found, targets, from) })
}

function domainsOf({ domain }: ChangesOptions): readonly Domain[] {
  return domain ? [domain] : attackDomains
}

function describeMissing(index: AttackIndex, wanted: readonly (string | undefined)[], options: ChangesOptions): string {
  const known = domainsOf(options).map((domain) => `${domain} ${index.versions(domain).join(', ')}`)
  const stated = wanted.filter((version) => version !== undefined).join(' and ')
  return `ATT&CK ${stated}: not all are available. Available releases: ${known.join('; ')}; \`crosswalk attack fetch\` adds others`
}

async function deliver(options: ChangesOptions, delivery: Parameters<typeof deliverReport>[0]): Promise<void> {
  const { attack: _attack, domain: _domain, from: _from, ...printing } = options
  const terminal = openTerminal(options)
  const format = options.json === true ? 'json' : options.csv === true ? 'csv' : options.format
  const diagnostics = await deliverReport(delivery, { ...printing, format }, terminal)
  await reportDiagnostics(diagnostics, [], options, terminal)
  process.exitCode = chooseExitCode(diagnostics, options.failOn)
}
