import path from 'node:path'
import { Option } from 'commander'
import { type AttackIndex, type ReleaseFacts, releaseName } from '../../attack/attack-index.js'
import { readAttackBundle, type ReleaseHints } from '../../attack/bundle/read-attack-bundle.js'
import { loadAttack, withBundle } from '../../attack/load-attack.js'
import { parseStoredRelease } from '../../attack/stored-index.js'
import { createDiagnosticLog } from '../../diagnostics/diagnostic.js'
import { neutralise, neutraliseJson } from '../../diagnostics/reporters/terminal-text.js'
import { readBundle } from '../../io/files.js'
import { attackDomains } from '../../model/vocabulary.js'
import { readAttackSources } from '../reading.js'
import { exitCode } from '../usage.js'

/** The available ATT&CK releases, and the origin of those not shipped with Crosswalk. */
interface OpenedAttack {
  readonly index: AttackIndex
  /** Paths or URLs by release name ("Enterprise ATT&CK 19.0"). */
  readonly origins: ReadonlyMap<string, string>
}

/** Opens the available releases and the bundle of `--attack`. If the bundle is unusable, prints why and returns undefined. */
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

/** Releases read from bundles, problems and notes. */
export interface ReadReleases {
  readonly releases: readonly ReleaseFile[]
  /** A sentence for each unusable bundle. */
  readonly problems: readonly string[]
  /** Sentences about skipped objects. */
  readonly notes: readonly string[]
}

/** Reads bundles, one after the other. Two bundles of the same release are a problem, since it is not clear which one to use. */
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
    if (skipped.length > 0) notes.push(`${file}: skipped objects without an id, a name or a date: ${skipped.join(', ')}`)
    releases.set(name, { release, file })
  }
  return { releases: [...releases.values()], problems, notes }
}

/** Option `--format` of `attack list` and `attack show`. */
export function formatOption(): Option {
  return new Option('--format <format>', 'output format').choices(['text', 'json']).default('text')
}

/** Option `--attack` of `attack list` and `attack show`. */
export function bundleOption(): Option {
  return new Option('--attack <file>', 'also use this ATT&CK STIX bundle, for this run only')
}

/** Option `--domain`, with a description for the command. */
export function domainOption(description: string): Option {
  return new Option('--domain <domain>', description).choices(attackDomains)
}

/** Prints problems and suggestions, a line each, and sets exit code 1. */
export function fail(problems: readonly string[], suggestions: readonly string[] = []): void {
  process.stderr.write(problems.map((problem) => `error: ${neutralise(problem)}\n`).join(''))
  process.stderr.write(suggestions.map((suggestion) => `  ${neutralise(suggestion)}\n`).join(''))
  process.exitCode = exitCode.inputErrors
}

/** Renders a result as JSON that is safe to print on a terminal. */
export function renderJson(value: unknown): string {
  return neutraliseJson(`${JSON.stringify(value, undefined, 2)}\n`)
}
