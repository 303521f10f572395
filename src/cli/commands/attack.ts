import { Command, Option } from 'commander'
import { attackDomains } from '../../attack/attack-domains.js'
import { loadAttackIndex } from '../../attack/load-attack-index.js'
import { neutralise, neutraliseJson } from '../../diagnostics/reporters/neutralise.js'
import { writeFileAtomically } from '../../io/write-file-atomically.js'
import type { Domain } from '../../model/mapping.js'
import { describeReleases, type ReleaseDescription } from '../attack/describe-releases.js'
import { describeTactic, renderTactic } from '../attack/describe-tactic.js'
import { describeTechnique } from '../attack/describe-technique.js'
import { findAttackId } from '../attack/find-attack-id.js'
import { indexBundles } from '../attack/index-bundles.js'
import { renderTechnique } from '../attack/render-technique.js'
import { exitCode } from '../exit-code.js'
import { formatSize } from '../format-size.js'
import { renderTable } from '../render-table.js'
import { withExamples } from '../with-examples.js'

interface ShowOptions {
  readonly history?: true
  readonly attackVersion?: string
  readonly domain?: Domain
  readonly format: 'text' | 'json'
}

/** `crosswalk attack`: what is known of ATT&CK offline. */
export function attackCommand(): Command {
  const command = new Command('attack').description('Looks things up in the ATT&CK releases that are at hand, without a network.')
  command.addCommand(listCommand()).addCommand(showCommand()).addCommand(indexCommand())
  return withExamples(command, ['crosswalk attack list', 'crosswalk attack show T1086 --history'])
}

function listCommand(): Command {
  const command = new Command('list')
    .description('Lists the ATT&CK releases at hand.')
    .addOption(formatOption())
    .action(async ({ format }: Pick<ShowOptions, 'format'>) => {
      const releases = describeReleases(await loadAttackIndex())
      process.stdout.write(format === 'json' ? renderJson(releases) : renderReleases(releases))
    })
  return withExamples(command, ['crosswalk attack list', 'crosswalk attack list --format json'])
}

function showCommand(): Command {
  const command = new Command('show')
    .description('Shows a technique or a tactic: name, tactics, status, successor.')
    .argument('<ID>', 'T1553, T1553.002 or TA0001')
    .option('--history', 'what it was in each release')
    .option('--attack-version <version>', 'the release to look in (default: the newest that has it)')
    .addOption(new Option('--domain <domain>', 'the domain to look in (default: the one that has it)').choices(attackDomains))
    .addOption(formatOption())
    .action(showId)
  return withExamples(command, ['crosswalk attack show T1086', 'crosswalk attack show T1055.011 --history'])
}

async function showId(id: string, { history, attackVersion, domain, format }: ShowOptions): Promise<void> {
  const index = await loadAttackIndex()
  const scope = { ...(domain && { domain }), ...(attackVersion !== undefined && { version: attackVersion }) }
  const found = findAttackId(index, id, scope)
  if (found.kind === 'none') {
    fail([found.problem])
  } else if (found.kind === 'tactic') {
    const description = describeTactic(found.release, found.tactic)
    process.stdout.write(format === 'json' ? renderJson(description) : renderTactic(description, found.release))
  } else {
    const description = describeTechnique(index, found.release, found.technique, history === true)
    process.stdout.write(format === 'json' ? renderJson(description) : renderTechnique(description, found.release))
  }
}

function indexCommand(): Command {
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

function formatOption(): Option {
  return new Option('--format <form>', 'how to print').choices(['text', 'json']).default('text')
}

function renderReleases(releases: readonly ReleaseDescription[]): string {
  const heading = ['domain', 'release', 'tactics', 'techniques', 'sub-techniques', 'deprecated', 'revoked']
  const rows = releases.map(({ domain, version, tactics, techniques, subtechniques, deprecated, revoked }) =>
    [domain, version, ...[tactics, techniques, subtechniques, deprecated, revoked].map(String)])
  return renderTable([heading, ...rows], new Set([1, 2, 3, 4, 5, 6]))
}

function renderJson(value: unknown): string {
  return neutraliseJson(`${JSON.stringify(value, undefined, 2)}\n`)
}

function fail(problems: readonly string[]): void {
  process.stderr.write(problems.map((problem) => `error: ${neutralise(problem)}\n`).join(''))
  process.exitCode = exitCode.inputErrors
}
