import path from 'node:path'
import { Argument, Command, InvalidArgumentError } from 'commander'
import { describeLacks, type ReleaseFacts, releaseName } from '../../attack/attack-index.js'
import { loadAttack, loadAttackIndex } from '../../attack/load-attack.js'
import { releaseFacts, renderStoredRelease } from '../../attack/stored-index.js'
import { countNoun } from '../../diagnostics/counts-in-words.js'
import { neutralise } from '../../diagnostics/reporters/terminal-text.js'
import { describeUnusableRelease, removeStoredRelease, storeRelease, userDataFolder } from '../../io/release-store.js'
import type { Domain } from '../../model/mapping.js'
import { attackDomains } from '../../model/vocabulary.js'
import { readAttackSources } from '../reading.js'
import { UsageError, withExamples } from '../usage.js'
import { domainOption, fail, readReleases } from './open-attack.js'

interface AddOptions {
  readonly attackVersion?: string
  readonly domain?: Domain
}

/** `crosswalk attack add`. */
export function addCommand(): Command {
  const command = new Command('add')
    .summary('Add ATT&CK releases from STIX bundles and data packs')
    .description('Adds ATT&CK releases from STIX bundles, and from data packs (`crosswalk attack export`). Ids, names, tactics, status, '
      + 'successors and dates are stored in your data folder; the files are not needed afterwards. If one of the files is unusable, none '
      + 'is added. Of packs, releases that are available already are skipped.')
    .argument('<FILE...>', 'STIX 2.0 or 2.1 bundles as published by MITRE, one per domain and release, and data packs')
    .option('--attack-version <version>', 'release, such as 19.0, if neither the bundle nor its file name states it; of packs: only this one',
      parseVersion)
    .addOption(domainOption('domain, if neither the bundle nor its file name states it; of packs: only this one'))
    .action(addBundles)
  return withExamples(command, [
    'crosswalk attack add enterprise-attack-19.0.json',
    'crosswalk attack add enterprise-attack.json --attack-version 6.3',
    'crosswalk attack add attack.pack.json',
  ])
}

async function addBundles(files: readonly string[], { attackVersion, domain }: AddOptions): Promise<void> {
  const stated = { ...(attackVersion !== undefined && { version: attackVersion }), ...(domain && { domain }) }
  const { releases, problems: unread, notes } = await readReleases(files, stated)
  const problems = [...unread, ...releases.flatMap(({ file, release }) => {
    const fault = describeUnusableRelease(release)
    return fault === undefined ? [] : [`${file} ${fault}`]
  })]
  if (problems.length > 0) {
    fail([...problems, ...(files.length > 1 ? ['no release was added'] : [])])
    return
  }
  process.stderr.write(notes.map((note) => `${neutralise(note)}\n`).join(''))
  const packed = releases.filter(({ isPacked }) => isPacked).map(({ release }) => release)
  const skipped = packed.length === 0 ? new Set<ReleaseFacts>() : await findAvailable(packed)
  for (const { release, file } of releases) {
    if (!skipped.has(release)) await saveRelease(userDataFolder(), release, path.resolve(file))
  }
  if (skipped.size > 0) process.stdout.write(`${countNoun(skipped.size, 'release')} not saved: available already\n`)
}

/** The releases that are available just as they are, or complete where these are partial. */
async function findAvailable(releases: readonly ReleaseFacts[]): Promise<ReadonlySet<ReleaseFacts>> {
  const index = await loadAttack(await readAttackSources(undefined), () => undefined)
  return new Set(releases.filter((release) => {
    const { domain, version } = release
    if (!index.versions(domain).includes(version)) return false
    const known = index.release(domain, version)
    const isSame = renderStoredRelease(releaseFacts(known), '') === renderStoredRelease(release, '')
    return isSame || (release.lacks !== undefined && known.lacks === undefined)
  }))
}

/** Parses "19.0" or "v19.0". Throws InvalidArgumentError. */
export function parseVersion(text: string): string {
  const [, version] = /^v?(\d{1,3}\.\d{1,3})$/.exec(text.trim()) ?? []
  if (version === undefined) throw new InvalidArgumentError('Expected a complete release number, such as 19.0.')
  return version
}

/** `crosswalk attack remove`. */
export function removeCommand(): Command {
  const command = new Command('remove')
    .summary('Remove releases that you added')
    .description('Removes releases that you added. Releases shipped with Crosswalk are not affected.')
    .addArgument(new Argument('<VERSION>', 'release, such as 19.0').argParser(parseVersion))
    .addOption(domainOption('only this domain (default: all)'))
    .action(async (version: string, { domain }: { readonly domain?: Domain }) => {
      const removed: string[] = []
      for (const one of domain ? [domain] : attackDomains) {
        const release = { domain: one, version }
        if (await removeStoredRelease(userDataFolder(), release)) removed.push(releaseName(release))
      }
      if (removed.length === 0) fail([`you have not added a release ${version}; run \`crosswalk attack list\` to see yours`])
      else process.stdout.write(`removed: ${removed.join(', ')}\n`)
    })
  return withExamples(command, ['crosswalk attack remove 19.0 --domain mobile', 'crosswalk attack remove 19.0'])
}

/** Stores a release in the user's data folder and prints a summary. Throws UsageError if the folder is not writable. */
export async function saveRelease(dataFolder: string, release: ReleaseFacts, from: string): Promise<void> {
  const name = releaseName(release)
  let file: string
  try {
    file = await storeRelease(dataFolder, release, from)
  } catch (error) {
    throw new UsageError(`${name} could not be saved: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  }
  const counts = `${countNoun(release.tactics.length, 'tactic')}, ${countNoun(release.techniques.length, 'technique')}`
  const isShipped = (await loadAttackIndex()).versions(release.domain).includes(release.version)
  const lacks = describeLacks(release)
  if (lacks !== undefined) process.stderr.write(`${neutralise(`${name} is known in part; it lacks ${lacks}`)}\n`)
  const note = isShipped ? '\nIt replaces the same release shipped with Crosswalk.' : ''
  process.stdout.write(`${neutralise(`${name}: ${counts}, saved to ${file}`)}${note}\n`)
}
