import { Command } from 'commander'
import { addFullRelease, type AttackIndex, describeLacks, type ReleaseLack, releaseName } from '../../attack/attack-index.js'
import type { Domain } from '../../model/mapping.js'
import { attackDomains } from '../../model/vocabulary.js'
import { renderTable } from '../terminal.js'
import { withExamples } from '../usage.js'
import { bundleOption, formatOption, openAttack, renderJson } from './open-attack.js'

interface ListOptions {
  readonly attack?: string
  readonly format: 'text' | 'json'
}

/** `crosswalk attack list`. */
export function listCommand(): Command {
  const command = new Command('list')
    .summary('List the available ATT&CK releases')
    .description('Lists the available ATT&CK releases: those shipped with Crosswalk and those that you added.')
    .addOption(bundleOption())
    .addOption(formatOption())
    .action(async ({ attack, format }: ListOptions) => {
      const opened = await openAttack(attack)
      if (!opened) return
      const releases = describeReleases(opened.index, opened.origins)
      process.stdout.write(format === 'json' ? renderJson(releases) : renderReleases(releases))
    })
  return withExamples(command, ['crosswalk attack list', 'crosswalk attack list --format json'])
}

function renderReleases(releases: readonly ReleaseDescription[]): string {
  const heading = ['domain', 'release', 'tactics', 'techniques', 'sub-techniques', 'deprecated', 'revoked']
  const rows = releases.map(({ domain, version, tactics, techniques, subtechniques, deprecated, revoked }) =>
    [domain, version, ...[tactics, techniques, subtechniques, deprecated, revoked].map(String)])
  const added = releases.flatMap((release) => (release.from === undefined ? [] : [[releaseName(release), 'from', release.from]]))
  const table = renderTable([heading, ...rows], new Set([1, 2, 3, 4, 5, 6]))
  const partial = releases.flatMap((release) => {
    const lacks = describeLacks(release)
    return lacks === undefined ? [] : [[releaseName(release), 'lacks', lacks]]
  })
  return [
    table,
    ...(added.length === 0 ? [] : [`Added to the releases shipped with Crosswalk:\n${renderTable(added)}`]),
    ...(partial.length === 0 ? [] : [`Known in part (${addFullRelease}):\n${renderTable(partial)}`]),
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
