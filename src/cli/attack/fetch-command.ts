import { Argument, Command } from 'commander'
import { releaseName } from '../../attack/attack-index.js'
import { describeMissingRelease } from '../../attack/collection-index.js'
import { countNoun } from '../../diagnostics/counts-in-words.js'
import { checkAddress } from '../../io/addresses.js'
import { bundleName, downloadRelease, type WantedRelease } from '../../io/read-bundle.js'
import { userDataFolder } from '../../io/release-store.js'
import type { Domain } from '../../model/mapping.js'
import { attackDomains } from '../../model/vocabulary.js'
import { openTerminal, type Terminal } from '../terminal.js'
import { UsageError, withExamples } from '../usage.js'
import { parseVersion, saveRelease } from './add-command.js'
import { domainOption, fail, openAttack } from './open-attack.js'
import {
  addRemoteOptions, adviseOnDownload, downloadOptions, isAtHand, parseAddress, parsePositive, readRemoteReleases, type RemoteOptions,
} from './list-command.js'

interface FetchOptions extends RemoteOptions {
  readonly domain?: Domain
  readonly all?: true
  readonly from?: URL
  readonly maxSize: number
}

const megabyte = 1_000_000

/** `crosswalk attack fetch`: with `attack list --remote` the only `attack` command that uses the network. */
export function fetchCommand(): Command {
  const command = new Command('fetch')
    .summary('Download ATT&CK releases from MITRE and add them')
    .description("Downloads ATT&CK releases that MITRE's collection index offers and adds them, as `attack add` does: a release; or the "
      + 'newest of each domain, or --all, except those that are available. If one fails, the others are still added. An interrupted '
      + 'download is resumed by the next fetch. Proxies: HTTPS_PROXY, HTTP_PROXY and NO_PROXY.')
    .addArgument(new Argument('[VERSION]', 'release, such as 19.0, or latest (default: latest)').argParser(parseRequestedVersion))
    .addOption(domainOption('only this domain (default: all)'))
    .option('--all', 'every release that the index offers and that is not available')
    .option('--from <url>', 'mirror of the repository, with its folders enterprise-attack, mobile-attack and ics-attack and, for --all and '
      + 'without VERSION, index.json; https, or http on this machine', parseAddress)
    .option('--max-size <megabytes>', 'largest bundle to download', parsePositive, 256)
    .action(async (version: string | undefined, options: FetchOptions, self: Command) =>
      fetchReleases(version, { ...options, hasIndex: self.getOptionValueSource('index') !== 'default' }))
  addRemoteOptions(command)
  return withExamples(command, [
    'crosswalk attack fetch', 'crosswalk attack fetch 19.0', 'crosswalk attack fetch latest --domain enterprise',
    'crosswalk attack fetch --all --index https://mirror.example.org/attack/index.json',
  ])
}

function parseRequestedVersion(text: string): string {
  return text === 'latest' ? text : parseVersion(text)
}

async function fetchReleases(version: string | undefined, options: FetchOptions & { readonly hasIndex: boolean }): Promise<void> {
  const { all, from, hasIndex } = options
  if (all === true && version !== undefined) throw new UsageError('--all fetches every release: leave out VERSION')
  if (from && hasIndex) throw new UsageError('--index and --from cannot be combined: an index states where its bundles are')
  if (from?.pathname.endsWith('.json') === true) throw new UsageError(`${from.href} is a file: use --index for a collection index`)
  const terminal = openTerminal({ color: false })
  const chosen = from && version !== undefined
    ? mirroredReleases(from, version, options.domain)
    : await chooseReleases(version, from ? { ...options, index: new URL(`${from.href.replace(/\/$/, '')}/index.json`) } : options, terminal)
  const problems = [...chosen.problems]
  for (const wanted of chosen.releases) {
    const problem = await fetchRelease(wanted, options, terminal)
    if (problem !== undefined) problems.push(problem)
  }
  if (problems.length > 0) fail(problems, from ? [] : [...new Set(problems.flatMap(adviseOnDownload))])
}

interface ChosenReleases {
  readonly releases: readonly WantedRelease[]
  readonly problems: readonly string[]
}

/** The bundles of a mirror with the same folders and files as MITRE's repository. */
function mirroredReleases(base: URL, version: string, domain: Domain | undefined): ChosenReleases {
  const releases = (domain ? [domain] : attackDomains).map((one): WantedRelease => {
    const wanted = { domain: one, ...(version !== 'latest' && { version }) }
    return { ...wanted, url: `${base.href.replace(/\/$/, '')}/${one}-attack/${bundleName(wanted)}` }
  })
  return { releases, problems: [] }
}

/** Chooses releases from the index. Prints which ones are available already; a version that was asked for is fetched again. */
async function chooseReleases(version: string | undefined, options: FetchOptions, terminal: Terminal): Promise<ChosenReleases> {
  const read = await readRemoteReleases(options, terminal)
  if ('problem' in read) return { releases: [], problems: [read.problem] }
  const opened = await openAttack(undefined)
  if (!opened) return { releases: [], problems: [] }
  const releases: WantedRelease[] = []
  const problems: string[] = []
  const available: string[] = []
  for (const domain of options.domain ? [options.domain] : attackDomains) {
    const offered = read.releases.filter((release) => release.domain === domain)
    const isNewest = version === undefined || version === 'latest'
    const wanted = options.all === true ? offered : isNewest ? offered.slice(-1) : offered.filter((release) => release.version === version)
    if (wanted.length === 0) problems.push(`${options.index.href}: ${describeMissingRelease(read.releases, domain, version)}`)
    for (const release of wanted) {
      if (isNewest && isAtHand(opened.index, release)) available.push(releaseName(release))
      else releases.push(release)
    }
  }
  if (available.length > 0) {
    const list = available.length > 3 ? countNoun(available.length, 'release') : available.join(', ')
    process.stdout.write(`already available: ${list}\n`)
  }
  return { releases, problems }
}

/** Downloads a release, checks that it is the requested one, and stores it. Undefined on success, else the problem as a sentence. */
async function fetchRelease(wanted: WantedRelease, options: FetchOptions, terminal: Terminal): Promise<string | undefined> {
  const { domain, version } = wanted
  const address = new URL(wanted.url)
  const fault = options.from ? undefined : checkAddress(address, options.index)
  if (fault !== undefined) return `${address.href}, the address of ${domain} ${version ?? ''} in the index, ${fault}; nothing was changed`
  const download = await downloadOptions({ ...options, maxBytes: options.maxSize * megabyte }, bundleName(wanted), address, terminal)
  const got = await downloadRelease(wanted, userDataFolder(), download)
  terminal.progress?.clear()
  if ('problem' in got) return `${address.href} ${got.problem}${got.isDownloaded ? '; nothing was changed' : ''}`
  await saveRelease(userDataFolder(), got.release, address.href)
  return undefined
}
