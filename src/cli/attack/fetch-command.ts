import path from 'node:path'
import { Argument, Command, InvalidArgumentError } from 'commander'
import { releaseName } from '../../attack/attack-index.js'
import { readAttackBundle } from '../../attack/bundle/read-attack-bundle.js'
import { neutralise } from '../../diagnostics/reporters/terminal-text.js'
import { downloadFile, type DownloadLimits } from '../../io/download-file.js'
import { readBundle } from '../../io/read-bundle.js'
import { releaseFolder, userDataFolder } from '../../io/release-store.js'
import { removePartial } from '../../io/request-download.js'
import type { Domain } from '../../model/mapping.js'
import { attackDomains } from '../../model/vocabulary.js'
import { openTerminal, type Terminal } from '../terminal.js'
import { withExamples } from '../usage.js'
import { describeReleaseDifference, keepRelease, parseVersion } from './add-command.js'
import { domainOption, fail } from './open-attack.js'

interface FetchOptions {
  readonly domain?: Domain
  readonly from: URL
  readonly timeout: number
  readonly maxSize: number
}

const officialBase = 'https://raw.githubusercontent.com/mitre-attack/attack-stix-data/master'
const megabyte = 1_000_000

/** `crosswalk attack fetch`: the only one of these commands that uses the network. */
export function fetchCommand(): Command {
  const command = new Command('fetch')
    .description("Downloads an ATT&CK release from MITRE's repository and adds it as `attack add` does. Domains that cannot be "
      + 'had leave the others in place. A download that broke off is resumed by the next fetch.')
    .addArgument(new Argument('<VERSION>', 'the release, such as 19.0, or latest').argParser(parseWanted))
    .addOption(domainOption('only this domain (default: all)'))
    .option('--from <url>', "where to download from: a copy of the repository's folders enterprise-attack, mobile-attack and "
      + 'ics-attack; https, or http on this machine', parseBase, new URL(officialBase))
    .option('--timeout <seconds>', 'how long the server may be silent', parsePositive, 30)
    .option('--max-size <megabytes>', 'the largest bundle to download', parsePositive, 256)
    .action(fetchReleases)
  return withExamples(command, ['crosswalk attack fetch 19.0', 'crosswalk attack fetch latest --domain enterprise'])
}

async function fetchReleases(version: string, { domain, from, timeout, maxSize }: FetchOptions): Promise<void> {
  const terminal = openTerminal({ color: false })
  const limits = { stall: timeout * 1000, maxBytes: maxSize * megabyte }
  const problems: string[] = []
  for (const one of domain ? [domain] : attackDomains) {
    const problem = await fetchRelease({ base: from, domain: one, version, limits }, terminal)
    if (problem !== undefined) problems.push(problem)
  }
  if (problems.length > 0) fail(problems)
}

function parseWanted(text: string): string {
  return text === 'latest' ? text : parseVersion(text)
}

function parseBase(text: string): URL {
  if (!URL.canParse(text)) throw new InvalidArgumentError('It is an address, such as https://example.org/attack-stix-data.')
  return new URL(text)
}

function parsePositive(text: string): number {
  const number = Number(text)
  if (!(number > 0) || number > 1_000_000) throw new InvalidArgumentError('It is a number above 0.')
  return number
}

/** Which release to download, from where. */
interface FetchRequest {
  /** Holds folders and files as MITRE's repository attack-stix-data does. */
  readonly base: URL
  readonly domain: Domain
  /** "19.0", or "latest". */
  readonly version: string
  readonly limits: Pick<DownloadLimits, 'stall' | 'maxBytes'>
}

/** Milliseconds before the second, third and fourth attempt. */
const pauses = [1000, 3000, 9000]

/** Downloads a release, makes sure that it is the one asked for, and keeps it. Undefined, or what went wrong. */
async function fetchRelease(request: FetchRequest, terminal: Terminal): Promise<string | undefined> {
  const { base, domain, version, limits } = request
  const name = version === 'latest' ? `${domain}-attack.json` : `${domain}-attack-${version}.json`
  const address = new URL(`${base.href.replace(/\/$/, '')}/${domain}-attack/${name}`)
  const file = path.join(releaseFolder(userDataFolder()), 'downloads', `${name}.part`)
  const problem = await downloadFile(address, file, {
    ...limits,
    pauses,
    progress: (done, total) =>
      terminal.progress?.tell(`Fetching ${name} (MB)`, Math.round(done / megabyte), Math.round((total ?? done) / megabyte)),
    retrying: (reason) => {
      terminal.progress?.clear()
      terminal.printMessage(`${neutralise(`${address.href} ${reason}; trying again`)}\n`)
    },
  })
  terminal.progress?.clear()
  if (problem !== undefined) return `${address.href} ${problem}`
  const read = await readBundle(file)
  // From here on the download is either kept in our own form, or no good: to resume it would mend nothing.
  await removePartial(file)
  const result = 'problem' in read ? read : readAttackBundle(read.value, { fileName: name })
  if ('problem' in result) return `${address.href} ${result.problem}; nothing was changed`
  const { release } = result
  const fault = describeReleaseDifference(release)
  if (fault !== undefined) return `${address.href} ${fault}; nothing was changed`
  if (release.domain !== domain || (version !== 'latest' && release.version !== version)) {
    return `${address.href} holds ${releaseName(release)}; nothing was changed`
  }
  await keepRelease(userDataFolder(), release, address.href)
  return undefined
}
