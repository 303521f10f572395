import path from 'node:path'
import { Command, InvalidArgumentError } from 'commander'
import { neutralise } from '../../diagnostics/reporters/neutralise.js'
import { userDataFolder } from '../../io/user-data-folder.js'
import type { Domain } from '../../model/mapping.js'
import { withExamples } from '../with-examples.js'
import { domainOption } from './attack-options.js'
import { fail } from './fail.js'
import { judgeRelease } from './judge-release.js'
import { readReleases } from './read-releases.js'
import { storeAndTell } from './store-and-tell.js'

interface AddOptions {
  readonly attackVersion?: string
  readonly domain?: Domain
}

/** `crosswalk attack add`. */
export function addCommand(): Command {
  const command = new Command('add')
    .description('Adds ATT&CK releases out of STIX bundles: ids, names, tactics, status, successors and dates are kept, in your '
      + 'data folder; the bundles are not needed any more. When one of the files cannot be used none is added.')
    .argument('<FILE...>', 'STIX 2.0 or 2.1 bundles as MITRE publishes them, one per domain and release')
    .option('--attack-version <version>', 'the release, such as 19.0, where neither the bundle nor its name says', parseVersion)
    .addOption(domainOption('the domain, where neither the bundle nor its name says'))
    .action(addBundles)
  return withExamples(command, [
    'crosswalk attack add enterprise-attack-19.0.json',
    'crosswalk attack add enterprise-attack.json --attack-version 6.3',
  ])
}

async function addBundles(files: readonly string[], { attackVersion, domain }: AddOptions): Promise<void> {
  const stated = { ...(attackVersion !== undefined && { version: attackVersion }), ...(domain && { domain }) }
  const { releases, problems: unread, notes } = await readReleases(files, stated)
  const problems = [...unread, ...releases.flatMap(({ file, release }) => {
    const fault = judgeRelease(release)
    return fault === undefined ? [] : [`${file} ${fault}`]
  })]
  if (problems.length > 0) {
    fail([...problems, ...(files.length > 1 ? ['nothing was added'] : [])])
    return
  }
  process.stderr.write(notes.map((note) => `${neutralise(note)}\n`).join(''))
  for (const { release, file } of releases) await storeAndTell(userDataFolder(), release, path.resolve(file))
}

/** "19.0" or "v19.0". */
export function parseVersion(text: string): string {
  const [, version] = /^v?(\d{1,3}\.\d{1,3})$/.exec(text.trim()) ?? []
  if (version === undefined) throw new InvalidArgumentError('It is a release in full, such as 19.0.')
  return version
}
