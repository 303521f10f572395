import { Command } from 'commander'
import { type AttackIndex, releaseName } from '../../attack/attack-index.js'
import { countNoun } from '../../diagnostics/counts-in-words.js'
import type { Domain } from '../../model/mapping.js'
import { attackDomains } from '../../model/vocabulary.js'
import { openTerminal, renderTable } from '../terminal.js'
import { withExamples } from '../usage.js'
import { bundleOption, fail, formatOption, openAttack, renderJson } from './open-attack.js'
import { addRemoteOptions, adviseOnDownload, describeRemoteReleases, type RemoteOptions, type RemoteRelease, readRemoteReleases } from './remote-releases.js'

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
  return added.length === 0 ? table : `${table}\nAdded to the releases shipped with Crosswalk:\n${renderTable(added)}`
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
  }
}
