import { Command } from 'commander'
import type { ReleaseFacts } from '../../attack/attack-index.js'
import { compileAttackIndex, renderIndexData } from '../../attack/stored-index.js'
import { neutralise } from '../../diagnostics/reporters/terminal-text.js'
import { writeFileAtomically } from '../../io/files.js'
import { formatSize } from '../render-table.js'
import { withExamples } from '../usage.js'
import { fail, readReleases, type ReadReleases } from './open-attack.js'

/** `crosswalk attack index`. */
export function indexCommand(): Command {
  const command = new Command('index')
    .description("Compiles ATT&CK's STIX bundles into the index that Crosswalk ships with.")
    .argument('<BUNDLE...>', 'STIX 2.0 or 2.1 bundles, one per domain and release')
    .requiredOption('-o, --output <file>', 'the index to write')
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

/** What became of the bundles: the index's text when every one was understood, and what there is to tell. */
interface IndexedBundles extends Pick<ReadReleases, 'problems' | 'notes'> {
  /** Absent when there are problems. */
  readonly text?: string
  readonly releases: readonly ReleaseFacts[]
}

/** Compiles the bundles of some files into an index. The order of the files makes no difference. */
export async function indexBundles(files: readonly string[]): Promise<IndexedBundles> {
  const { releases: found, problems, notes } = await readReleases(files)
  const releases = found.map(({ release }) => release)
  return { releases, problems, notes, ...(problems.length === 0 && { text: renderIndexData(compileAttackIndex(releases)) }) }
}
