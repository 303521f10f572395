import { Command, InvalidArgumentError, Option } from 'commander'
import { bridgeReport, choosePairs } from '../../analyses/bridge/bridge-report.js'
import { type Bridge, bridgeSets } from '../../analyses/bridge/bridge-sets.js'
import { createDiagnosticLog } from '../../diagnostics/diagnostic.js'
import type { ResolvedSet } from '../../model/mapping-set.js'
import { addDeliveryOptions, deliverReport, type DeliveryOptions } from '../deliver-report.js'
import { describeUnknown } from '../../library/request-error.js'
import { addReadingOptions, type ReadingOptions } from '../reading.js'
import { addReportOptions, chooseExitCode, reportDiagnostics, type ReportOptions } from '../report-diagnostics.js'
import { openTerminal } from '../terminal.js'
import { listSets, listTitles, reportEmptySide, understandSide } from '../understand-sides.js'
import { UsageError, withExamples } from '../usage.js'

interface BridgeOptions extends DeliveryOptions, ReadingOptions, ReportOptions {
  readonly capability?: string
  readonly minStrength?: number
  readonly limit?: number
}

/** `crosswalk bridge`: relates two frameworks through shared techniques. */
export function bridgeCommand(): Command {
  const command = new Command('bridge')
    .description('Relates the capabilities of two frameworks that map to the same ATT&CK techniques, with a strength '
      + 'from 0 to 1. The relations are derived by Crosswalk, not stated by CTID or the owners of the frameworks.')
    .argument('<LEFT>', 'a file, folder or glob with a mapping set')
    .argument('<RIGHT>', 'a file, folder or glob with a mapping set of another framework')
    .option('--capability <id>', 'only pairs with this capability, on either side')
    .addOption(new Option('--min-strength <number>', 'only pairs with at least this strength, from 0 to 1').argParser(parseStrength))
    .addOption(new Option('--limit <number>', 'only the strongest pairs, at most this many').argParser(parseLimit))
  addDeliveryOptions(command, ['text', 'json', 'csv', 'xlsx'])
  addReadingOptions(command)
  addReportOptions(command)
  withExamples(command, [
    'crosswalk bridge nist.json aws.json --capability AC-02',
    'crosswalk bridge nist.json aws.json --min-strength 0.2 --format xlsx',
  ])
  return command.action(async (left: string, right: string) => runBridge(left, right, command.opts<BridgeOptions>()))
}

async function runBridge(leftInput: string, rightInput: string, options: BridgeOptions): Promise<void> {
  const terminal = openTerminal(options)
  const sides = [await understandSide(leftInput, options, terminal), await understandSide(rightInput, options, terminal)]
  if (await reportEmptySide([leftInput, rightInput], sides, options, terminal)) return
  const [left, right] = chooseBridgedSets(listSets(sides[0]), listSets(sides[1]))
  const { capability, minStrength, limit } = options
  const attack = sides[1]?.understanding.attack
  const filter = { ...(capability !== undefined && { capability }), ...(minStrength !== undefined && { minStrength }) }
  const bridge = attack && bridgeSets(left, right, attack, filter)
  if (!bridge) throw new UsageError('the mapping sets are too large to relate all capabilities; choose one with --capability')
  if (capability !== undefined) checkCapability(capability, bridge)
  const log = createDiagnosticLog()
  const delivery = await deliverReport({ analysis: bridgeReport(bridge, choosePairs(bridge, limit, log.report)) }, options, terminal)
  const diagnostics = [...sides.flatMap((side) => side.diagnostics), ...log.entries, ...delivery]
  await reportDiagnostics(diagnostics, sides.flatMap((side) => side.files), options, terminal, 'reads')
  process.exitCode = chooseExitCode(diagnostics, options.failOn)
}

/** Throws UsageError if neither side has the capability; one without pairs is valid. */
function checkCapability(id: string, { left, right }: Bridge): void {
  if (left.capabilities.has(id) || right.capabilities.has(id)) return
  throw new UsageError(describeUnknown('capability', id, [...left.capabilities.keys(), ...right.capabilities.keys()]))
}

function parseStrength(text: string): number {
  const strength = Number(text)
  if (text.trim() === '' || !(strength >= 0 && strength <= 1)) throw new InvalidArgumentError('Expected a number from 0 to 1.')
  return strength
}

function parseLimit(text: string): number {
  const limit = Number(text)
  if (!Number.isInteger(limit) || limit < 1) throw new InvalidArgumentError('Expected a whole number, 1 or more.')
  return limit
}

/** Chooses the pair of sets with the same domain. Throws UsageError if there is none or more than one. */
function chooseBridgedSets(
  lefts: readonly ResolvedSet[], rights: readonly ResolvedSet[],
): readonly [ResolvedSet, ResolvedSet] {
  const candidates = lefts.flatMap((left) =>
    rights.filter(({ attack }) => attack.domain === left.attack.domain).map((right) => [left, right] as const))
  const [only] = candidates
  if (only && candidates.length === 1) return only
  const problem = only ? 'bridge relates one mapping set on each side, but the inputs contain several'
    : 'the two sides have no ATT&CK domain in common'
  throw new UsageError(`${problem}. LEFT has ${listTitles(lefts)}; RIGHT has ${listTitles(rights)}.`)
}
