import { Command, InvalidArgumentError } from 'commander'
import { wrapText } from '../../analyses/report/fit-width.js'
import { addFullRelease, type AttackIndex, describeLacks, type ReleaseLack, releaseName } from '../../attack/attack-index.js'
import { type OfferedRelease, readCollectionIndex } from '../../attack/collection-index.js'
import { countNoun } from '../../diagnostics/counts-in-words.js'
import { neutralise } from '../../diagnostics/reporters/terminal-text.js'
import { downloadBytes, type DownloadOptions } from '../../io/download-file.js'
import type { Domain } from '../../model/mapping.js'
import { attackDomains } from '../../model/vocabulary.js'
import { openNetwork } from '../reading.js'
import { openTerminal, renderTable, type Terminal, resultWidth } from '../terminal.js'
import { withExamples } from '../usage.js'
import { bundleOption, fail, formatOption, openAttack, renderJson } from './open-attack.js'

interface ListOptions extends RemoteOptions {
  readonly attack?: string
  readonly remote?: true
  readonly format: 'text' | 'json'
}

/** `crosswalk attack list`. */
export function listCommand(): Command {
  const command = new Command('list')
    .summary('List the available ATT&CK releases')
    .description('Lists the available ATT&CK releases: those shipped with Crosswalk and those that you added; with --remote, those that '
      + "MITRE's collection index offers.")
    .addOption(bundleOption())
    .addOption(formatOption())
    .option('--remote', "list the releases that MITRE's collection index offers, and which of them are available (uses the network)")
    .action(listReleases)
  addRemoteOptions(command)
  return withExamples(command, ['crosswalk attack list', 'crosswalk attack list --format json', 'crosswalk attack list --remote'])
}

async function listReleases({ attack, format, remote, ...options }: ListOptions): Promise<void> {
  const opened = await openAttack(attack)
  if (!opened) return
  if (remote === true) {
    const read = await readRemoteReleases(options, openTerminal({ color: false }))
    if ('problem' in read) {
      fail([read.problem], adviseOnDownload(read.problem))
      return
    }
    const offered = describeRemoteReleases(read.releases, opened.index, opened.origins)
    process.stdout.write(format === 'json' ? renderJson(offered) : renderRemoteReleases(offered))
    return
  }
  const releases = describeReleases(opened.index, opened.origins)
  process.stdout.write(format === 'json' ? renderJson(releases) : renderReleases(releases))
}

function renderRemoteReleases(releases: readonly RemoteRelease[]): string {
  const rows = releases.map(({ domain, version, modified, available, from }) =>
    [domain, version, modified?.slice(0, 10) ?? '', available ? (from === undefined ? 'included' : 'added') : 'no'])
  const missing = releases.filter(({ available }) => !available).length
  const advice = missing === 0 ? 'All of them are available.' : `${countNoun(missing, 'release')} can be fetched: crosswalk attack fetch VERSION, or --all`
  return `${renderTable([['domain', 'release', 'modified', 'available'], ...rows], new Set([1]))}\n${advice}\n`
}

function renderReleases(releases: readonly ReleaseDescription[]): string {
  const heading = ['domain', 'release', 'tactics', 'techniques', 'sub-techniques', 'deprecated', 'revoked']
  const rows = releases.map(({ domain, version, tactics, techniques, subtechniques, deprecated, revoked }) =>
    [domain, version, ...[tactics, techniques, subtechniques, deprecated, revoked].map(String)])
  const added = releases.flatMap((release) => (release.from === undefined ? [] : [[releaseName(release), 'from', release.from]]))
  const table = renderTable([heading, ...rows], new Set([1, 2, 3, 4, 5, 6]))
  const width = resultWidth()
  const partial = releases.flatMap((release) => {
    const lacks = describeLacks(release)
    return lacks === undefined ? [] : [wrapText(`${releaseName(release)} lacks ${lacks}`, width - 2).replaceAll('\n', '\n  ')]
  })
  return [
    table,
    ...(added.length === 0 ? [] : [`Added to the releases shipped with Crosswalk:\n${renderTable(added)}`]),
    ...(partial.length === 0 ? [] : [`${[wrapText(`Known in part (${addFullRelease}):`, width), ...partial].join('\n')}\n`]),
  ].join('\n')
}

/** An available release and its counts. */
interface ReleaseDescription {
  readonly domain: Domain
  readonly version: string
  /** Path or URL; absent for releases shipped with Crosswalk. */
  readonly from?: string
  readonly tactics: number
  /** Active ones, without sub-techniques. */
  readonly techniques: number
  /** Active ones. */
  readonly subtechniques: number
  readonly deprecated: number
  readonly revoked: number
  /** What a partial release lacks; absent if it is complete. */
  readonly lacks?: readonly ReleaseLack[]
}

/** Describes all releases of the index, by domain, oldest first. `origins`: paths or URLs by release name. */
function describeReleases(index: AttackIndex, origins: ReadonlyMap<string, string>): readonly ReleaseDescription[] {
  return attackDomains.flatMap((domain) => index.versions(domain).map((version) => {
    const from = origins.get(releaseName({ domain, version }))
    return { ...describeRelease(index, domain, version), ...(from !== undefined && { from }) }
  }))
}

function describeRelease(index: AttackIndex, domain: Domain, version: string): ReleaseDescription {
  const release = index.release(domain, version)
  const techniques = release.techniques()
  const active = techniques.filter(({ status }) => status === 'active')
  const subtechniques = active.filter(({ id }) => id.includes('.')).length
  return {
    domain,
    version,
    tactics: release.tactics.filter(({ deprecated }) => deprecated !== true).length,
    techniques: active.length - subtechniques,
    subtechniques,
    deprecated: techniques.filter(({ status }) => status === 'deprecated').length,
    revoked: techniques.filter(({ status }) => status === 'revoked').length,
    ...(release.lacks && { lacks: release.lacks }),
  }
}

/** Options of commands that ask a collection index. */
export interface RemoteOptions {
  /** The collection index. */
  readonly index: URL
  readonly ca?: string
  /** Seconds. */
  readonly timeout: number
}

const officialIndex = 'https://raw.githubusercontent.com/mitre-attack/attack-stix-data/master/index.json'
const megabyte = 1_000_000
/** Largest collection index to read, in bytes; MITRE's has 60 kB. */
const maxIndexBytes = 16 * megabyte

/** Adds the options of `RemoteOptions`. */
export function addRemoteOptions(command: Command): Command {
  return command
    .option('--index <url>', 'collection index that lists the releases; https, or http on this machine', parseAddress, new URL(officialIndex))
    .option('--ca <file>', 'certificates (PEM) of your own authority, trusted besides those of Node.js')
    .option('--timeout <seconds>', 'time without data after which an attempt fails', parsePositive, 30)
}

/** Parses an absolute URL. Throws InvalidArgumentError. */
export function parseAddress(text: string): URL {
  if (!URL.canParse(text)) throw new InvalidArgumentError('Expected a URL, such as https://example.org/attack-stix-data.')
  return new URL(text)
}

/** Parses a number greater than 0. Throws InvalidArgumentError. */
export function parsePositive(text: string): number {
  const number = Number(text)
  if (!(number > 0) || number > 1_000_000) throw new InvalidArgumentError('Expected a number greater than 0.')
  return number
}

/** Options of a download, which shows its progress and its retries. `what` is the name of the file. Throws UsageError for `ca`. */
export async function downloadOptions(
  { ca, timeout, maxBytes }: Pick<RemoteOptions, 'ca' | 'timeout'> & { readonly maxBytes: number },
  what: string, address: URL, terminal: Terminal,
): Promise<DownloadOptions> {
  return {
    maxBytes,
    stall: timeout * 1000,
    network: await openNetwork(ca),
    progress: (done, total) =>
      terminal.progress?.show(`Fetching ${what} (MB)`, Math.round(done / megabyte), Math.round((total ?? done) / megabyte)),
    retrying: (reason) => {
      terminal.progress?.clear()
      terminal.printMessage(`${neutralise(`${address.href} ${reason}; retrying`)}\n`)
    },
  }
}

/** The releases that an index offers, by domain, oldest first; or a sentence that says why there are none. Prints what it skips. */
export async function readRemoteReleases(
  options: RemoteOptions, terminal: Terminal,
): Promise<{ releases: readonly OfferedRelease[] } | { problem: string }> {
  const { index } = options
  const got = await downloadBytes(index, await downloadOptions({ ...options, maxBytes: maxIndexBytes }, 'index', index, terminal))
  terminal.progress?.clear()
  const read = 'problem' in got ? got : readCollectionIndex(new TextDecoder().decode(got.bytes), index.href)
  if ('problem' in read) return { problem: `${index.href} ${read.problem}` }
  for (const note of read.notes) terminal.printMessage(`${neutralise(`${index.href}: skipped: ${note}`)}\n`)
  return { releases: read.releases }
}

/** What to do about a problem of a download, if it is of a known kind. */
export function adviseOnDownload(problem: string): readonly string[] {
  if (/HTTP (?:404|410)/.test(problem)) {
    return ['The file was moved or removed. `--index URL` names another index, `--from URL` a mirror; or download the bundle with your '
      + 'browser and run `crosswalk attack add FILE`.']
  }
  if (problem.includes('could not be reached')) {
    return ['Check the network. HTTPS_PROXY names a proxy, NO_PROXY the hosts without it. Without network, download the bundle elsewhere '
      + 'and run `crosswalk attack add FILE`.']
  }
  return []
}

/** Whether a release is available as a whole: one that is known only in part is worth fetching. */
export function isAtHand(index: AttackIndex, { domain, version }: Pick<OfferedRelease, 'domain' | 'version'>): boolean {
  if (!index.versions(domain).includes(version)) return false
  const view = index.release(domain, version)
  return !('lacks' in view && view.lacks !== undefined)
}

/** A release of an index, as `attack list --remote` shows it. */
interface RemoteRelease extends OfferedRelease {
  readonly name: string
  /** Whether it needs no `attack fetch`. */
  readonly available: boolean
  /** Path or URL, if it was added; absent if it is shipped with Crosswalk. */
  readonly from?: string
}

/** Describes the releases of an index. `origins`: paths or URLs by release name. */
function describeRemoteReleases(
  releases: readonly OfferedRelease[], index: AttackIndex, origins: ReadonlyMap<string, string>,
): readonly RemoteRelease[] {
  return releases.map((release) => {
    const from = origins.get(releaseName(release))
    return { name: releaseName(release), ...release, available: isAtHand(index, release), ...(from !== undefined && { from }) }
  })
}
