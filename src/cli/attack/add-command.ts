import path from 'node:path'
import { Argument, Command, InvalidArgumentError } from 'commander'
import { type ReleaseFacts, releaseName } from '../../attack/attack-index.js'
import { loadAttackIndex } from '../../attack/load-attack.js'
import { countNoun } from '../../diagnostics/counts-in-words.js'
import { neutralise } from '../../diagnostics/reporters/terminal-text.js'
import { removeStoredRelease, storeRelease, userDataFolder } from '../../io/release-store.js'
import type { Domain } from '../../model/mapping.js'
import { attackDomains } from '../../model/vocabulary.js'
import { UsageError, withExamples } from '../usage.js'
import { domainOption, fail, readReleases } from './open-attack.js'

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
    const fault = describeReleaseDifference(release)
    return fault === undefined ? [] : [`${file} ${fault}`]
  })]
  if (problems.length > 0) {
    fail([...problems, ...(files.length > 1 ? ['nothing was added'] : [])])
    return
  }
  process.stderr.write(notes.map((note) => `${neutralise(note)}\n`).join(''))
  for (const { release, file } of releases) await keepRelease(userDataFolder(), release, path.resolve(file))
}

/** "19.0" or "v19.0". */
export function parseVersion(text: string): string {
  const [, version] = /^v?(\d{1,3}\.\d{1,3})$/.exec(text.trim()) ?? []
  if (version === undefined) throw new InvalidArgumentError('It is a release in full, such as 19.0.')
  return version
}

/** `crosswalk attack remove`. */
export function removeCommand(): Command {
  const command = new Command('remove')
    .description('Removes releases that you added. Those that come with Crosswalk stay.')
    .addArgument(new Argument('<VERSION>', 'the release, such as 19.0').argParser(parseVersion))
    .addOption(domainOption('only this domain (default: all)'))
    .action(async (version: string, { domain }: { readonly domain?: Domain }) => {
      const removed: string[] = []
      for (const one of domain ? [domain] : attackDomains) {
        const release = { domain: one, version }
        if (await removeStoredRelease(userDataFolder(), release)) removed.push(releaseName(release))
      }
      if (removed.length === 0) fail([`no release ${version} was added; \`crosswalk attack list\` names those that were`])
      else process.stdout.write(`removed: ${removed.join(', ')}\n`)
    })
  return withExamples(command, ['crosswalk attack remove 19.0', 'crosswalk attack remove 19.0 --domain mobile'])
}

/** Keeps a release in the user's data folder, and says what was kept. A folder that can't be written is the user's to mend. */
export async function keepRelease(dataFolder: string, release: ReleaseFacts, from: string): Promise<void> {
  const name = releaseName(release)
  let file: string
  try {
    file = await storeRelease(dataFolder, release, from)
  } catch (error) {
    throw new UsageError(`${name} could not be kept: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  }
  const counts = `${countNoun(release.tactics.length, 'tactic')}, ${countNoun(release.techniques.length, 'technique')}`
  const isShipped = (await loadAttackIndex()).versions(release.domain).includes(release.version)
  const note = isShipped ? '\nIt is used in place of the one that comes with Crosswalk.' : ''
  process.stdout.write(`${neutralise(`${name}: ${counts}, kept in ${file}`)}${note}\n`)
}

/**
 * Whether a release may be kept for later runs. One without tactics is a bundle that merely refers to techniques, as our own do:
 * it would hide the release that it names. Undefined when it may; else a sentence that follows the file's name.
 */
export function describeReleaseDifference({ tactics }: ReleaseFacts): string | undefined {
  return tactics.length === 0 ? 'holds no ATT&CK tactics: it is no release of ATT&CK' : undefined
}
