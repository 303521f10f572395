import { Command } from 'commander'
import { releaseName } from '../../attack/release-name.js'
import { renderTable } from '../render-table.js'
import { withExamples } from '../with-examples.js'
import { bundleOption, formatOption } from './attack-options.js'
import { describeReleases, type ReleaseDescription } from './describe-releases.js'
import { openAttack } from './open-attack.js'
import { renderJson } from './render-json.js'

interface ListOptions {
  readonly attack?: string
  readonly format: 'text' | 'json'
}

/** `crosswalk attack list`. */
export function listCommand(): Command {
  const command = new Command('list')
    .description('Lists the ATT&CK releases at hand: those that come with Crosswalk, and those that you added.')
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
  return added.length === 0 ? table : `${table}\nBeside those that come with Crosswalk:\n${renderTable(added)}`
}
