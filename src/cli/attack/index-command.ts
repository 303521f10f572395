import { Command } from 'commander'
import type { ReleaseFacts } from '../../attack/attack-index.js'
import { compileAttackIndex, renderIndexData } from '../../attack/stored-index.js'
import { neutralise } from '../../diagnostics/reporters/terminal-text.js'
import { writeFileAtomically } from '../../io/files.js'
import { formatSize } from '../terminal.js'
import { withExamples } from '../usage.js'
import { fail, readReleases, type ReadReleases } from './open-attack.js'

/** `crosswalk attack index`. */
export function indexCommand(): Command {
  const command = new Command('index')
    .summary('Compile STIX bundles into the index shipped with Crosswalk')
    .description('Compiles ATT&CK STIX bundles into the index that is shipped with Crosswalk.')
    .argument('<BUNDLE...>', 'STIX 2.0 or 2.1 bundles, one per domain and release')
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

/** Compiles bundles into an index. The order of the files does not matter. */
export async function indexBundles(files: readonly string[]): Promise<IndexedBundles> {
  const { releases: found, problems, notes } = await readReleases(files)
  const releases = found.map(({ release }) => release)
  return { releases, problems, notes, ...(problems.length === 0 && { text: renderIndexData(compileAttackIndex(releases)) }) }
}
