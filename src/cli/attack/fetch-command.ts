import { Argument, Command, InvalidArgumentError } from 'commander'
import { attackDomains } from '../../attack/attack-domains.js'
import type { Domain } from '../../model/mapping.js'
import { withExamples } from '../with-examples.js'
import { openTerminal } from '../terminal.js'
import { parseVersion } from './add-command.js'
import { domainOption } from './attack-options.js'
import { fetchRelease } from './fetch-release.js'
import { fail } from './fail.js'

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
