import path from 'node:path'
import { Command } from 'commander'
import { type ReleaseFacts, releaseName } from '../../attack/attack-index.js'
import { loadShippedSources } from '../../attack/load-attack.js'
import { readPartialReleases } from '../../attack/partial-release.js'
import { createPack, releaseFacts, type ReleaseSource, renderIndexFiles, renderPack } from '../../attack/stored-index.js'
import { countNoun } from '../../diagnostics/counts-in-words.js'
import { neutralise } from '../../diagnostics/reporters/terminal-text.js'
import { sha256Of } from '../../io/files.js'
import { writeFileAtomically } from '../../io/write-files.js'
import { readSource } from '../../io/read-bundle.js'
import type { Domain } from '../../model/mapping.js'
import { compareText } from '../../model/text.js'
import { attackDomains } from '../../model/vocabulary.js'
import { schemaErrors } from '../../schemas/schema-errors.js'
import { formatSize } from '../terminal.js'
import { UsageError, withExamples } from '../usage.js'
import { parseVersion } from './add-command.js'
import { domainOption, fail, openAttack, readReleases, type ReadReleases } from './open-attack.js'

interface ExportOptions {
  readonly attackVersion?: readonly string[]
  readonly domain?: Domain
}

/** `crosswalk attack export`. */
export function exportCommand(): Command {
  const command = new Command('export')
    .summary('Write the available releases as one data pack')
    .description('Writes the available ATT&CK releases, those shipped with Crosswalk and those that you added, as one data pack. '
      + '`crosswalk attack add` adds its releases on another machine, without a network.')
    .argument('<FILE>', 'pack to write')
    .option('--attack-version <version>', 'only this release; can be repeated', (text: string, all?: readonly string[]) =>
      [...all ?? [], parseVersion(text)])
    .addOption(domainOption('only this domain'))
    .action(exportPack)
  return withExamples(command, [
    'crosswalk attack export attack.pack.json',
    'crosswalk attack export ics.pack.json --domain ics --attack-version 18.1 --attack-version 19.1',
  ])
}

async function exportPack(file: string, { attackVersion, domain }: ExportOptions): Promise<void> {
  const domains = domain ? [domain] : attackDomains
  const opened = await openAttack(undefined, domains)
  if (!opened) return
  const { index, origins } = opened
  const missing = attackVersion?.filter((version) => !domains.some((one) => index.versions(one).includes(version))) ?? []
  if (missing.length > 0) {
    const available = domains.map((one) => `${one} ${index.versions(one).join(', ')}`).join('; ')
    fail(missing.map((version) => `ATT&CK ${version} is not available; available releases: ${available}`))
    return
  }
  const shipped = await loadShippedSources()
  const releases = domains.flatMap((one) => index.versions(one)
    .filter((version) => attackVersion?.includes(version) ?? true)
    .map((version) => {
      const from = origins.get(releaseName({ domain: one, version }))
      const known = shipped.find((source) => source.domain === one && source.version === version)
      return { ...releaseFacts(index.release(one, version)), ...(from === undefined ? pickSource(known) : { source: nameSource(from) }) }
    }))
  const pack = createPack(releases, (text) => sha256Of(new TextEncoder().encode(text)))
  const [error] = await schemaErrors('attack-pack', pack)
  if (error) {
    fail([`the pack does not match attack-pack.schema.json and was not written: ${error.instancePath} ${error.message ?? 'is invalid'}`])
    return
  }
  const bytes = new TextEncoder().encode(renderPack(pack))
  try {
    await writeFileAtomically(file, bytes)
  } catch (cause) {
    throw new UsageError(`${file} could not be written: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
  }
  process.stdout.write(`${neutralise(file)}: ${countNoun(releases.length, 'release')}, ${formatSize(bytes.byteLength)}\n`)
}

function pickSource(known: ReleaseSource | undefined): Partial<ReleaseSource> {
  return known ? { source: known.source, sha256: known.sha256 } : {}
}

/** Addresses in full; of paths only the name, since a pack is for other machines. */
function nameSource(from: string): string {
  return /^https?:/.test(from) ? from : from.split(/[\\/]/).at(-1) ?? from
}

/** `crosswalk attack index`. */
export function indexCommand(): Command {
  const command = new Command('index')
    .summary('Compile STIX bundles into the index shipped with Crosswalk')
    .description('Compiles ATT&CK STIX bundles into the data files that are shipped with Crosswalk: one for each domain, and a manifest.')
    .argument('<FILE...>', 'STIX 2.0 or 2.1 bundles, one per domain and release, and files of facts about releases without one')
    .requiredOption('-o, --output <folder>', 'folder to write the data files to')
    .action(async (sources: readonly string[], { output }: { readonly output: string }) => {
      const { files, releases, problems, notes } = await indexBundles(sources)
      if (!files) {
        fail(problems)
        return
      }
      process.stderr.write(notes.map((note) => `${neutralise(note)}\n`).join(''))
      let size = 0
      for (const [name, text] of files) {
        const bytes = new TextEncoder().encode(text)
        await writeFileAtomically(path.join(output, name), bytes)
        size += bytes.byteLength
      }
      process.stdout.write(`${neutralise(output)}: ${releases.length} releases, ${formatSize(size)}\n`)
    })
  return withExamples(command, ['crosswalk attack index enterprise-attack-*.json ics-attack-*.json --output data'])
}

/** The compiled index, if all bundles were usable, and problems and notes. */
interface IndexedBundles extends Pick<ReadReleases, 'problems' | 'notes'> {
  /** Contents of the data files, by name; absent if there are problems. */
  readonly files?: ReadonlyMap<string, string>
  readonly releases: readonly ReleaseFacts[]
}

/** Compiles bundles and facts files into an index. The order of the files does not matter. */
export async function indexBundles(files: readonly string[]): Promise<IndexedBundles> {
  const sources = new Map<string, ReleaseSource>()
  const facts = new Map<string, Parameters<typeof readPartialReleases>[0]>()
  for (const file of files.toSorted(compareText)) {
    const read = await readSource(file)
    if (!read) continue
    sources.set(file, { source: path.basename(file), sha256: read.sha256 })
    if (read.facts) facts.set(file, read.facts)
  }
  const { releases: found, problems: unread, notes } = await readReleases(files.filter((file) => !facts.has(file)))
  const complete = found.map(({ release }) => release)
  const releases = found.flatMap(({ release, file }) => withSource(release, file))
  const problems = [...unread]
  for (const [file, value] of facts) {
    const read = readPartialReleases(value, complete)
    if ('problem' in read) problems.push(`${file} ${read.problem}`)
    // A bundle of the same release is complete.
    else releases.push(...read.releases.filter((release) => !hasRelease(complete, release)).flatMap((release) => withSource(release, file)))
  }
  return { releases, problems, notes, ...(problems.length === 0 && { files: renderIndexFiles(releases) }) }

  function withSource(release: ReleaseFacts, file: string): readonly (ReleaseFacts & ReleaseSource)[] {
    const source = sources.get(file)
    return source ? [{ ...release, ...source }] : []
  }
}

function hasRelease(releases: readonly ReleaseFacts[], { domain, version }: ReleaseFacts): boolean {
  return releases.some((release) => release.domain === domain && release.version === version)
}
