import { Command } from 'commander'
import { neutralise } from '../../diagnostics/reporters/neutralise.js'
import { writeFileAtomically } from '../../io/write-file-atomically.js'
import { formatSize } from '../format-size.js'
import { withExamples } from '../with-examples.js'
import { fail } from './fail.js'
import { indexBundles } from './index-bundles.js'

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
