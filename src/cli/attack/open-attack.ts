import path from 'node:path'
import { Option } from 'commander'
import { type AttackIndex, type ReleaseFacts, releaseName } from '../../attack/attack-index.js'
import { readAttackBundle, type ReleaseHints } from '../../attack/bundle/read-attack-bundle.js'
import { loadAttack, withBundle } from '../../attack/load-attack.js'
import { parseStoredRelease } from '../../attack/stored-index.js'
import { createDiagnosticLog } from '../../diagnostics/diagnostic.js'
import { neutralise, neutraliseJson } from '../../diagnostics/reporters/terminal-text.js'
import { readBundle } from '../../io/read-bundle.js'
import { attackDomains } from '../../model/vocabulary.js'
import { readAttackSources } from '../read-given-files.js'
import { exitCode } from '../usage.js'

/** What is known of ATT&CK, and where what does not come with Crosswalk is from. */
interface OpenedAttack {
  readonly index: AttackIndex
  /** By the release's name ("Enterprise ATT&CK 19.0"): a path or an address. */
  readonly origins: ReadonlyMap<string, string>
}

/** The releases at hand and that of a bundle named for this run. Undefined, and told, when the bundle cannot be used. */
export async function openAttack(bundle: string | undefined): Promise<OpenedAttack | undefined> {
  const sources = await readAttackSources(undefined)
  const log = createDiagnosticLog()
  const index = await loadAttack(sources, log.report)
  for (const { severity, message, found } of log.entries) {
    process.stderr.write(`${severity}: ${neutralise(found === undefined ? message : `${message}: ${found}`)}\n`)
  }
  const origins = new Map((sources.attackReleases ?? []).flatMap(({ bytes }) => {
    const stored = parseStoredRelease(new TextDecoder().decode(bytes))
    return stored ? [[releaseName(stored.release), stored.from]] : []
  }))
  if (bundle === undefined) return { index, origins }
  const { releases: [named], problems } = await readReleases([bundle])
  if (!named) {
    fail(problems.map((problem) => `--attack ${problem}`))
    return undefined
  }
  return { index: withBundle(index, named.release), origins: origins.set(releaseName(named.release), bundle) }
}

/** A release and the file that it was read from. */
interface ReleaseFile {
  readonly file: string
  readonly release: ReleaseFacts
}

/** What became of some bundles. */
export interface ReadReleases {
  readonly releases: readonly ReleaseFile[]
  /** Sentences, each of a bundle that cannot be used. */
  readonly problems: readonly string[]
  /** Sentences about objects left out. */
  readonly notes: readonly string[]
}

/** Reads the bundles of some files, one after the other. Two of the same release are a problem: which would count? */
export async function readReleases(files: readonly string[], stated: ReleaseHints = {}): Promise<ReadReleases> {
  const releases = new Map<string, ReleaseFile>()
  const problems: string[] = []
  const notes: string[] = []
  for (const file of files) {
    const read = await readBundle(file)
    const result = 'problem' in read ? read : readAttackBundle(read.value, { ...stated, fileName: path.basename(file) })
    if ('problem' in result) {
      problems.push(`${file} ${result.problem}`)
      continue
    }
    const { release, skipped } = result
    const name = releaseName(release)
    const other = releases.get(name)
    if (other) problems.push(`${file} and ${other.file} are both ${name}`)
    if (skipped.length > 0) notes.push(`${file}: left out, for want of an id, a name or a date: ${skipped.join(', ')}`)
    releases.set(name, { release, file })
  }
  return { releases: [...releases.values()], problems, notes }
}

/** How `attack list` and `attack show` print. */
export function formatOption(): Option {
  return new Option('--format <form>', 'how to print').choices(['text', 'json']).default('text')
}

/** A bundle for this run. */
export function bundleOption(): Option {
  return new Option('--attack <file>', 'an ATT&CK STIX bundle to look things up in too, this once')
}

/** One of ATT&CK's domains; what that means is the command's affair. */
export function domainOption(description: string): Option {
  return new Option('--domain <domain>', description).choices(attackDomains)
}

/** Tells what is wrong with what the user gave, a line each, then what may be meant; and has the process end with that. */
export function fail(problems: readonly string[], suggestions: readonly string[] = []): void {
  process.stderr.write(problems.map((problem) => `error: ${neutralise(problem)}\n`).join(''))
  process.stderr.write(suggestions.map((suggestion) => `  ${neutralise(suggestion)}\n`).join(''))
  process.exitCode = exitCode.inputErrors
}

/** A result as JSON that is safe on a terminal. */
export function renderJson(value: unknown): string {
  return neutraliseJson(`${JSON.stringify(value, undefined, 2)}\n`)
}
