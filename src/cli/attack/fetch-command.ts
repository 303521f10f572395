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
import { describeUnusableRelease, parseVersion, saveRelease } from './add-command.js'
import { domainOption, fail } from './open-attack.js'

interface FetchOptions {
  readonly domain?: Domain
  readonly from: URL
  readonly timeout: number
  readonly maxSize: number
}

const officialBase = 'https://raw.githubusercontent.com/mitre-attack/attack-stix-data/master'
const megabyte = 1_000_000

/** `crosswalk attack fetch`: the only `attack` command that uses the network. */
export function fetchCommand(): Command {
  const command = new Command('fetch')
    .summary('Download an ATT&CK release from MITRE and add it')
    .description("Downloads an ATT&CK release from MITRE's repository and adds it, as `attack add` does. If a domain fails, the others "
      + 'are still added. An interrupted download is resumed by the next fetch.')
    .addArgument(new Argument('<VERSION>', 'release, such as 19.0, or latest').argParser(parseRequestedVersion))
    .addOption(domainOption('only this domain (default: all)'))
    .option('--from <url>', "base URL of the repository or a mirror with its folders enterprise-attack, mobile-attack and "
      + 'ics-attack; https, or http on this machine', parseBase, new URL(officialBase))
    .option('--timeout <seconds>', 'time without data after which an attempt fails', parsePositive, 30)
    .option('--max-size <megabytes>', 'largest bundle to download', parsePositive, 256)
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

function parseRequestedVersion(text: string): string {
  return text === 'latest' ? text : parseVersion(text)
}

function parseBase(text: string): URL {
  if (!URL.canParse(text)) throw new InvalidArgumentError('Expected a URL, such as https://example.org/attack-stix-data.')
  return new URL(text)
}

function parsePositive(text: string): number {
  const number = Number(text)
  if (!(number > 0) || number > 1_000_000) throw new InvalidArgumentError('Expected a number greater than 0.')
  return number
}

/** Which release to download, from where. */
interface FetchRequest {
  /** URL with the same folders and files as MITRE's repository attack-stix-data. */
  readonly base: URL
  readonly domain: Domain
  /** "19.0", or "latest". */
  readonly version: string
  readonly limits: Pick<DownloadLimits, 'stall' | 'maxBytes'>
}

/** Milliseconds before the second, third and fourth attempts. */
const pauses = [1000, 3000, 9000]

/** Downloads a release, checks that it is the requested one, and stores it. Undefined on success, else the problem as a sentence. */
async function fetchRelease(request: FetchRequest, terminal: Terminal): Promise<string | undefined> {
  const { base, domain, version, limits } = request
  const name = version === 'latest' ? `${domain}-attack.json` : `${domain}-attack-${version}.json`
  const address = new URL(`${base.href.replace(/\/$/, '')}/${domain}-attack/${name}`)
  const file = path.join(releaseFolder(userDataFolder()), 'downloads', `${name}.part`)
  const problem = await downloadFile(address, file, {
    ...limits,
    pauses,
    progress: (done, total) =>
      terminal.progress?.show(`Fetching ${name} (MB)`, Math.round(done / megabyte), Math.round((total ?? done) / megabyte)),
    retrying: (reason) => {
      terminal.progress?.clear()
      terminal.printMessage(`${neutralise(`${address.href} ${reason}; retrying`)}\n`)
    },
  })
  terminal.progress?.clear()
  if (problem !== undefined) return `${address.href} ${problem}`
  const read = await readBundle(file)
  // The download is complete: it is stored in our own form, or it is unusable and resuming it would not help.
  await removePartial(file)
  const result = 'problem' in read ? read : readAttackBundle(read.value, { fileName: name })
  if ('problem' in result) return `${address.href} ${result.problem}; nothing was changed`
  const { release } = result
  const fault = describeUnusableRelease(release)
  if (fault !== undefined) return `${address.href} ${fault}; nothing was changed`
  if (release.domain !== domain || (version !== 'latest' && release.version !== version)) {
    return `${address.href} contains ${releaseName(release)}; nothing was changed`
  }
  await saveRelease(userDataFolder(), release, address.href)
  return undefined
}
