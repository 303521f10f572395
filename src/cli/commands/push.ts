import { setTimeout as sleep } from 'node:timers/promises'
import { Command, InvalidArgumentError } from 'commander'
import { countNoun } from '../../diagnostics/counts-in-words.js'
import { createDiagnosticLog } from '../../diagnostics/diagnostic.js'
import { neutralise } from '../../diagnostics/reporters/terminal-text.js'
import { createDiskHost } from '../../io/disk-host.js'
import { checkAddress } from '../../io/addresses.js'
import { createTaxiiExchange } from '../../io/taxii-exchange.js'
import { type CollectionAddress, readCollectionAddress } from '../../taxii/client/read-collection.js'
import { planBatches, type PlannedFile } from '../../taxii/client/outgoing-bundle.js'
import { pushBundles, type PushReport } from '../../taxii/client/push-bundles.js'
import type { PushedFile } from '../../taxii/client/push-run.js'
import { leaveOutOwn, selectBundles } from '../../node/select-bundles.js'
import { addLimitOptions, openNetwork, type ReadingOptions, readAttackSources, readGivenFile, toHostLimits } from '../reading.js'
import { formatSize, openTerminal, renderFiles } from '../terminal.js'
import { addReportOptions, chooseExitCode, reportDiagnostics, type ReportOptions } from '../report-diagnostics.js'
import { UsageError, withExamples } from '../usage.js'

interface PushOptions extends ReportOptions, CredentialOptions, Pick<ReadingOptions, 'maxSize' | 'max'> {
  readonly batch: number
  readonly retries: number
  /** Seconds. */
  readonly timeout: number
  readonly dryRun?: boolean
  readonly insecureHttp?: boolean
  readonly attack?: string
  readonly ca?: string
}

/** Largest response to read, in bytes: a manifest of 60 objects in many versions, or a status that lists every object. */
const maxResponseBytes = 16_000_000

/** `crosswalk push`: adds bundles to a TAXII collection. */
export function pushCommand(): Command {
  const command = new Command('push')
    .description('Adds STIX bundles to a collection on a TAXII 2.1 server and reports the result for each bundle. Bundles are validated '
      + 'first; one with errors is not sent. Objects that the collection already contains are not sent again, so a run can be '
      + 'repeated. Proxies: HTTPS_PROXY, HTTP_PROXY and NO_PROXY.')
    .argument('<URL>', 'URL of the collection: https://…/collections/{id}/, with or without objects/')
    .argument('<FILE...>', 'bundles, folders with bundles, or globs')
    .option('--user <name>', 'user name for the server, with --password-file')
    .option('--password-file <file>', 'file with the password on a single line')
    .option('--token-file <file>', 'file with a bearer token on a single line')
    .option('--batch <objects>', 'maximum number of objects per request', parseCount(1), 1000)
    .option('--retries <number>', 'how often to retry a request after 429, 502 to 504, or a broken connection', parseCount(0), 5)
    .option('--timeout <seconds>', 'time limit for a response, and for the server to process what was sent', parseSeconds, 300)
    .option('--ca <file>', 'certificates (PEM) of your own authority, trusted besides those of Node.js')
    .option('--dry-run', 'validate and report what would be sent, without contacting the server')
    .option('--insecure-http', 'allow http to other machines, for test networks')
    .option('--attack <file>', 'ATT&CK STIX bundle to validate with')
  addLimitOptions(command)
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
  const network = await openNetwork(options.ca)
  const progress = terminal.progress?.show
  const host = createDiskHost({ output: '', extensions: ['json'], ...toHostLimits(options), ...(progress && { progress }) })
  const { report, entries } = createDiagnosticLog()

  const files = await host.readDocuments(inputs, report)
  const named = new Set(inputs.map((input) => (input === '-' ? 'stdin' : input.replaceAll('\\', '/'))))
  const bundles = await selectBundles({ files, named, attack: await readAttackSources(options.attack), host, report })
  const { batch, retries } = options
  const timeout = options.timeout * 1000
  let summary = ''
  if (options.dryRun === true) {
    const plan = planBatches(bundles, batch)
    if (options.quiet !== true) terminal.printResult(renderPlan(plan))
    summary = summarisePlan(plan, address.objects)
  } else if (bundles.length > 0) {
    const pushed = await pushBundles(bundles, { address, batch, retries, timeout }, {
      exchange: createTaxiiExchange({ timeout, maxBytes: maxResponseBytes, network, ...(authorization !== undefined && { authorization }) }),
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
  await reportDiagnostics(leaveOutOwn(entries, files), files, options, terminal)
  if (summary !== '' && options.quiet !== true && options.report === 'text') terminal.printMessage(`${neutralise(summary)}\n`)
  process.exitCode = chooseExitCode(entries, options.failOn)
}

function parseCount(min: number) {
  return (text: string): number => {
    const count = Number(text)
    if (!/^\d{1,6}$/.test(text) || count < min) throw new InvalidArgumentError(`Expected a whole number, ${min} or more.`)
    return count
  }
}

function parseSeconds(text: string): number {
  const seconds = Number(text)
  if (!(seconds > 0) || seconds > 86_400) throw new InvalidArgumentError('Expected a number of seconds, greater than 0 and at most 86400.')
  return seconds
}

const header = ['FILE', 'OBJECTS', 'SENT', 'ADDED', 'ALREADY THERE', 'FAILED', 'PENDING']
const planHeader = ['FILE', 'OBJECTS', 'TO SEND', 'REQUESTS', 'SIZE']

/** Table of the results for each bundle, and the total. */
function renderPush({ files }: PushReport): string {
  if (files.length === 0) return ''
  const rows = files.map(({ path, ...counts }) => [path, ...listCounts(counts).map(String)])
  const total = ['total', ...sumColumns(files.map(listCounts)).map(String)]
  return renderFiles([...rows, ...(files.length > 1 ? [total] : [])], new Set([1, 2, 3, 4, 5, 6]), header)
}

/** Table of what would be sent for each bundle. */
function renderPlan(files: readonly PlannedFile[]): string {
  if (files.length === 0) return ''
  const rows = files.map(({ path, objects, toSend, requests, bytes }) =>
    [path, String(objects), String(toSend), String(requests), formatSize(bytes)])
  return renderFiles(rows, new Set([1, 2, 3, 4]), planHeader)
}

/** "12 objects added to "Mappings" (https://…), 3 already there" */
function summarisePush({ collection, files }: PushReport, address: URL): string {
  if (collection === undefined) return ''
  const [, , added = 0, already = 0] = sumColumns(files.map(listCounts))
  return `${countNoun(added, 'object')} added to "${collection}" (${address.href}), ${already} already there`
}

/** "12 objects would be sent to https://…, except those already there (dry run)" */
function summarisePlan(files: readonly PlannedFile[], address: URL): string {
  const objects = files.reduce((sum, { toSend }) => sum + toSend, 0)
  return `${countNoun(objects, 'object')} would be sent to ${address.href}, except those already there (dry run)`
}

function listCounts({ objects, sent, added, already, failed, pending }: Omit<PushedFile, 'path'>): readonly number[] {
  return [objects, sent, added, already, failed, pending]
}

function sumColumns(rows: readonly (readonly number[])[]): readonly number[] {
  return rows.reduce((sums, row) => row.map((count, column) => count + (sums[column] ?? 0)), [])
}

/** Parses the URL of a collection: https, or http to this machine or with `insecureHttp`. Throws UsageError. */
function readTarget(text: string, insecureHttp: boolean): CollectionAddress {
  if (!URL.canParse(text)) throw new UsageError(`"${text}" is not a URL, such as https://example.org/api1/collections/mappings/`)
  const address = new URL(text)
  if (address.username !== '' || address.password !== '') {
    throw new UsageError('the URL contains a user name or a password; use --user and --password-file instead')
  }
  const fault = checkAddress(address)
  if (fault !== undefined && !(insecureHttp && address.protocol === 'http:')) {
    const isHttp = address.protocol === 'http:'
    const hint = isHttp ? '; --insecure-http allows it, but everyone on the network path can read what is sent' : ''
    throw new UsageError(`${address.href} ${fault}${hint}`)
  }
  const target = readCollectionAddress(address)
  if (!target) throw new UsageError(`${address.href} is not the URL of a collection; expected …/collections/{id}/`)
  return target
}

/** Credentials given on the command line; secrets are read from files. */
interface CredentialOptions {
  readonly user?: string
  readonly passwordFile?: string
  readonly tokenFile?: string
}

/** Largest file with a secret, in bytes. */
const maxSecretBytes = 65_536

/** Authorization header: Basic (RFC 7617, UTF-8) or Bearer (RFC 6750); undefined without credentials. Throws UsageError. */
async function readAuthorization({ user, passwordFile, tokenFile }: CredentialOptions): Promise<string | undefined> {
  if (tokenFile !== undefined) {
    if (user !== undefined || passwordFile !== undefined) {
      throw new UsageError('--token-file cannot be combined with --user and --password-file')
    }
    const token = await readSecret('--token-file', tokenFile)
    if (!/^[\x21-\x7E]+$/.test(token)) {
      throw new UsageError(`--token-file ${tokenFile}: a token must be ASCII without spaces`)
    }
    return `Bearer ${token}`
  }
  if (user === undefined && passwordFile === undefined) return undefined
  if (user === undefined || passwordFile === undefined) throw new UsageError('--user and --password-file must be used together')
  if (user.includes(':')) throw new UsageError('--user must not contain a colon (RFC 7617)')
  return `Basic ${Buffer.from(`${user}:${await readSecret('--password-file', passwordFile)}`).toString('base64')}`
}

/** Content of a file with a single line, without the line break. */
async function readSecret(flag: string, file: string): Promise<string> {
  const { bytes } = await readGivenFile(flag, file, maxSecretBytes)
  const secret = new TextDecoder().decode(bytes).replace(/\r?\n$/, '')
  if (secret === '' || /\p{Cc}/u.test(secret)) {
    throw new UsageError(`${flag} ${file}: the file must contain the secret on a single line and nothing else`)
  }
  return secret
}
