import { setTimeout as sleep } from 'node:timers/promises'
import { Command, InvalidArgumentError } from 'commander'
import { createDiagnosticLog } from '../../diagnostics/diagnostic-log.js'
import { neutralise } from '../../diagnostics/reporters/neutralise.js'
import { createDiskWorld } from '../../io/disk-world.js'
import { createTaxiiExchange } from '../../io/create-taxii-exchange.js'
import { planBatches } from '../../taxii/client/plan-batches.js'
import { pushBundles } from '../../taxii/client/push-bundles.js'
import { selectBundles } from '../push/select-bundles.js'
import { chooseExitCode } from '../choose-exit-code.js'
import { addReportOptions, type ReportOptions } from '../options/report-options.js'
import { readAuthorization, type CredentialOptions } from '../push/read-authorization.js'
import { readTarget } from '../push/read-target.js'
import { renderPlan, renderPush, summarisePlan, summarisePush } from '../push/render-push.js'
import { readAttackSources } from '../read-attack-sources.js'
import { tellDiagnostics } from '../tell-diagnostics.js'
import { openTerminal } from '../terminal.js'
import { withExamples } from '../with-examples.js'

interface PushOptions extends ReportOptions, CredentialOptions {
  readonly batch: number
  readonly retries: number
  /** Seconds. */
  readonly timeout: number
  readonly dryRun?: boolean
  readonly insecureHttp?: boolean
  readonly attack?: string
}

/** The largest answer to read, in bytes: a manifest of sixty objects in many versions, or a status that names each object. */
const largestAnswer = 16_000_000

/** `crosswalk push`: adds bundles to a collection. */
export function pushCommand(): Command {
  const command = new Command('push')
    .description('Adds STIX bundles to a collection of a TAXII 2.1 server, and tells what became of their objects. Bundles are '
      + 'validated first; one with errors is not sent. Nothing is added twice: a run may be repeated.')
    .argument('<URL>', 'the collection: https://…/collections/{id}/, with objects/ or without')
    .argument('<FILE...>', 'bundles, folders that hold some, or globs')
    .option('--user <name>', 'the user name for the server, with --password-file')
    .option('--password-file <file>', 'a file that holds the password, on one line')
    .option('--token-file <file>', 'a file that holds a bearer token, on one line')
    .option('--batch <objects>', 'the most objects in one request', parseCount(1), 1000)
    .option('--retries <number>', 'how often to send a request again: after 429, 502 to 504, a broken connection', parseCount(0), 5)
    .option('--timeout <seconds>', 'how long the server may take to answer, and to settle what was sent', parseSeconds, 300)
    .option('--dry-run', 'validate and tell what would be sent; ask the server nothing')
    .option('--insecure-http', 'allow http to other machines: for test networks')
    .option('--attack <file>', 'an ATT&CK STIX bundle to validate with')
  addReportOptions(command)
  withExamples(command, [
    'crosswalk push https://tip.example.org/api1/collections/mappings/ output/ --token-file token.txt',
    'crosswalk push http://localhost:5000/api1/collections/mappings/ aws.stix.json --dry-run',
  ])
  return command.action(async (url: string, inputs: readonly string[]) => runPush(url, inputs, command.opts<PushOptions>()))
}

async function runPush(url: string, inputs: readonly string[], options: PushOptions): Promise<void> {
  const terminal = openTerminal(options)
  const address = readTarget(url, options.insecureHttp ?? false)
  const authorization = await readAuthorization(options)
  const progress = terminal.progress?.tell
  const world = createDiskWorld({ output: '', extensions: ['json'], ...(progress && { progress }) })
  const { report, entries } = createDiagnosticLog()

  const files = await world.readDocuments(inputs, report)
  const named = new Set(inputs.map((input) => (input === '-' ? 'stdin' : input.replaceAll('\\', '/'))))
  const bundles = await selectBundles({ files, named, attack: await readAttackSources(options.attack), world, report })
  const { batch, retries } = options
  const timeout = options.timeout * 1000
  let summary = ''
  if (options.dryRun === true) {
    const plan = planBatches(bundles, batch)
    if (options.quiet !== true) terminal.printResult(renderPlan(plan))
    summary = summarisePlan(plan, address.objects)
  } else if (bundles.length > 0) {
    const pushed = await pushBundles(bundles, { address, batch, retries, timeout }, {
      exchange: createTaxiiExchange({ timeout, maxBytes: largestAnswer, ...(authorization !== undefined && { authorization }) }),
      sleep: (duration) => sleep(duration),
      now: () => Date.now(),
      report,
      ...(progress && { progress }),
    })
    terminal.progress?.clear()
    if (options.quiet !== true) terminal.printResult(renderPush(pushed))
    summary = summarisePush(pushed, address.collection)
  }
  terminal.progress?.clear()
  await tellDiagnostics(entries, files, options, terminal)
  if (summary !== '' && options.quiet !== true && options.report === 'text') terminal.printMessage(`${neutralise(summary)}\n`)
  process.exitCode = chooseExitCode(entries, options.failOn)
}

function parseCount(least: number) {
  return (text: string): number => {
    const count = Number(text)
    if (!/^\d{1,6}$/.test(text) || count < least) throw new InvalidArgumentError(`It is a whole number, ${least} or more.`)
    return count
  }
}

function parseSeconds(text: string): number {
  const seconds = Number(text)
  if (!(seconds > 0) || seconds > 86_400) throw new InvalidArgumentError('It is a number of seconds above 0, a day at most.')
  return seconds
}
