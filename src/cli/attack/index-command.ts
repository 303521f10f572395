import { readFile, stat } from 'node:fs/promises'
import { Command } from 'commander'
import type { ReleaseFacts } from '../../attack/attack-index.js'
import type { StixObject } from '../../attack/bundle/stix-object.js'
import { isFactsFile, readPartialReleases } from '../../attack/partial-release.js'
import { compileAttackIndex, renderIndexData } from '../../attack/stored-index.js'
import { neutralise } from '../../diagnostics/reporters/terminal-text.js'
import { writeFileAtomically } from '../../io/files.js'
import { compareText } from '../../model/text.js'
import { formatSize } from '../terminal.js'
import { withExamples } from '../usage.js'
import { fail, readReleases, type ReadReleases } from './open-attack.js'

/** `crosswalk attack index`. */
export function indexCommand(): Command {
  const command = new Command('index')
    .summary('Compile STIX bundles into the index shipped with Crosswalk')
    .description('Compiles ATT&CK STIX bundles into the index that is shipped with Crosswalk.')
    .argument('<FILE...>', 'STIX 2.0 or 2.1 bundles, one per domain and release, and files of facts')
    .requiredOption('-o, --output <file>', 'index file to write')
    .action(async (bundles: readonly string[], { output }: { readonly output: string }) => {
      const { text, releases, problems, notes } = await indexBundles(bundles)
      if (text === undefined) {
        fail(problems)
        return
      }
      process.stderr.write(notes.map((note) => `${neutralise(note)}\n`).join(''))
      const bytes = new TextEncoder().encode(text)
      await writeFileAtomically(output, bytes)
      process.stdout.write(`${neutralise(output)}: ${releases.length} releases, ${formatSize(bytes.byteLength)}\n`)
    })
  return withExamples(command, ['crosswalk attack index enterprise-attack-*.json ics-attack-*.json --output attack-index.json'])
}

/** The compiled index, if all bundles were usable, and problems and notes. */
interface IndexedBundles extends Pick<ReadReleases, 'problems' | 'notes'> {
  /** Content of the index file; absent if there are problems. */
  readonly text?: string
  readonly releases: readonly ReleaseFacts[]
}

/** Compiles bundles and facts files into an index. The order of the files does not matter. */
export async function indexBundles(files: readonly string[]): Promise<IndexedBundles> {
  const facts = await readFactsFiles(files)
  const { releases: found, problems: unread, notes } = await readReleases(files.filter((file) => !facts.has(file)))
  const complete = found.map(({ release }) => release)
  const releases = [...complete]
  const problems = [...unread]
  for (const [file, value] of facts) {
    const read = readPartialReleases(value, complete)
    if ('problem' in read) problems.push(`${file} ${read.problem}`)
    else releases.push(...read.releases)
  }
  return { releases, problems, notes, ...(problems.length === 0 && { text: renderIndexData(compileAttackIndex(releases)) }) }
}

/** Facts files are smaller than any bundle of a release. */
const maxFactsBytes = 4_000_000

/** The facts files among files, parsed, in the order of their names. Bundles, and what cannot be read, are left to `readReleases`. */
async function readFactsFiles(files: readonly string[]): Promise<ReadonlyMap<string, StixObject>> {
  const found = new Map<string, StixObject>()
  for (const file of files.toSorted(compareText)) {
    try {
      if ((await stat(file)).size > maxFactsBytes) continue
      const value: unknown = JSON.parse(await readFile(file, 'utf8'))
      if (isFactsFile(value)) found.set(file, value)
    } catch {
      continue
    }
  }
  return found
}
