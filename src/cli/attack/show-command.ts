import { Command } from 'commander'
import { type AttackIndex, type AttackReleaseView, type AttackTactic, type AttackTechnique, releaseName } from '../../attack/attack-index.js'
import { nearestTechniques } from '../../attack/find-techniques.js'
import type { Domain } from '../../model/mapping.js'
import { attackDomains } from '../../model/vocabulary.js'
import { findNearest, withExamples } from '../usage.js'
import { resultWidth } from '../terminal.js'
import { describeTactic, describeTechnique, renderTactic, renderTechnique } from './describe-attack-object.js'
import { bundleOption, domainOption, fail, formatOption, openAttack, renderJson } from './open-attack.js'

interface ShowOptions {
  readonly history?: true
  readonly attackVersion?: string
  readonly domain?: Domain
  readonly attack?: string
  readonly format: 'text' | 'json'
}

/** `crosswalk attack show`. */
export function showCommand(): Command {
  const command = new Command('show')
    .summary('Show a technique or a tactic')
    .description('Shows a technique or a tactic: name, tactics, status, successor.')
    .argument('<ID>', 'ATT&CK id: T1553, T1553.002 or TA0001')
    .option('--history', 'show how the technique changed from release to release')
    .option('--attack-version <version>', 'release to search (default: the newest that contains the id)')
    .addOption(domainOption('domain to search (default: the one that contains the id)'))
    .addOption(bundleOption())
    .addOption(formatOption())
    .action(showId)
  return withExamples(command, ['crosswalk attack show T1086', 'crosswalk attack show T1055.011 --history'])
}

async function showId(id: string, { history, attackVersion, domain, attack, format }: ShowOptions): Promise<void> {
  const opened = await openAttack(attack)
  if (!opened) return
  const { index } = opened
  const scope = { ...(domain && { domain }), ...(attackVersion !== undefined && { version: attackVersion }) }
  const found = findAttackId(index, id, scope)
  if (found.kind === 'none') {
    fail([found.problem], found.suggestions)
  } else if (found.kind === 'tactic') {
    const description = describeTactic(found.release, found.tactic)
    process.stdout.write(format === 'json' ? renderJson(description) : renderTactic(description, found.release, resultWidth()))
  } else {
    const description = describeTechnique(index, found.release, found.technique, history === true)
    process.stdout.write(format === 'json' ? renderJson(description) : renderTechnique(description, index, resultWidth()))
  }
}

const maxSuggestions = 3

/** Where to search; by default the newest release of the first domain that contains the id. */
interface AttackScope {
  readonly domain?: Domain
  readonly version?: string
}

/** The object with an id; or why it was not found, as a sentence, and suggestions. */
type FoundAttackId =
  | { readonly kind: 'technique'; readonly release: AttackReleaseView; readonly technique: AttackTechnique }
  | { readonly kind: 'tactic'; readonly release: AttackReleaseView; readonly tactic: AttackTactic }
  | { readonly kind: 'none'; readonly problem: string; readonly suggestions?: readonly string[] }

/** Finds a technique (T1553.002) or a tactic (TA0001). Ignores letter case; accepts "/" instead of ".". */
function findAttackId(index: AttackIndex, text: string, scope: AttackScope): FoundAttackId {
  const id = text.trim().toUpperCase().replace('/', '.')
  const domains = scope.domain ? [scope.domain] : attackDomains
  if (scope.version !== undefined && domains.every((domain) => index.release(domain, scope.version).match === 'newest')) {
    return none(`ATT&CK ${scope.version} is not available. Available releases: ${listVersions(index, domains)}`)
  }
  const entries = index.history(id).filter(({ domain }) => domains.includes(domain))
  const tacticReleases = findTacticReleases(index, id, domains)
  const releases = entries.length > 0 ? entries.map(({ domain, version }) => index.release(domain, version)) : tacticReleases
  const release =
    scope.version === undefined ? newestOfFirst(releases) : releases.find((candidate) => isRequested(index, candidate, scope.version))
  if (!release) return explainMissing(index, id, domains, releases, scope)
  const technique = release.technique(id)
  if (technique) return { kind: 'technique', release, technique }
  const tactic = release.tactics.find((candidate) => candidate.id === id)
  return tactic ? { kind: 'tactic', release, tactic } : none(`${id} was not found`)
}

function findTacticReleases(index: AttackIndex, id: string, domains: readonly Domain[]): readonly AttackReleaseView[] {
  if (!id.startsWith('TA')) return []
  return domains
    .flatMap((domain) => index.versions(domain).map((version) => index.release(domain, version)))
    .filter((release) => release.tactics.some((tactic) => tactic.id === id))
}

function newestOfFirst(releases: readonly AttackReleaseView[]): AttackReleaseView | undefined {
  return releases.findLast(({ domain }) => domain === releases[0]?.domain)
}

function isRequested(index: AttackIndex, { domain, version }: AttackReleaseView, wanted: string | undefined): boolean {
  const requested = index.release(domain, wanted)
  return requested.match !== 'newest' && requested.version === version
}

function explainMissing(
  index: AttackIndex,
  id: string,
  domains: readonly Domain[],
  releases: readonly AttackReleaseView[],
  scope: AttackScope,
): FoundAttackId {
  const [first] = releases
  const last = releases.at(-1)
  if (first && last) {
    return none(`${id} is not in ATT&CK ${scope.version ?? ''}; it is in ${releaseName(first)} to ${last.version}`)
  }
  const elsewhere = index.domainsOf(id)
  if (elsewhere.length > 0) {
    return none(`${id} is a technique of the ${elsewhere.join(' and ')} domain, not of ${domains.join(' and ')}`)
  }
  const searched = domains.map((domain) => index.release(domain, scope.version))
  const suggestions = id.startsWith('TA') ? suggestTactics(id, searched) : suggestTechniques(id, searched)
  const form = id.startsWith('TA') ? 'Tactic ids look like TA0001.' : 'Technique ids look like T1553 or T1553.002.'
  return {
    kind: 'none',
    problem: `Unknown ATT&CK id ${id}. ${suggestions.length === 0 ? form : 'Did you mean one of these?'}`,
    suggestions,
  }
}

function suggestTechniques(id: string, searched: readonly AttackReleaseView[]): readonly string[] {
  const nearest = searched.flatMap((release) => nearestTechniques(release, id).map((technique) => ({ release, technique })))
  return nearest.slice(0, maxSuggestions).map(({ release, technique: { id: near, name } }) => `${near} ${name} (${releaseName(release)})`)
}

function suggestTactics(id: string, searched: readonly AttackReleaseView[]): readonly string[] {
  const tactics = searched.flatMap((release) => release.tactics.map((tactic) => ({ release, tactic })))
  const nearest = findNearest(id, tactics.map(({ tactic }) => tactic.id))
  return tactics
    .filter(({ tactic }) => tactic.id === nearest)
    .map(({ release, tactic }) => `${tactic.id} ${tactic.name} (${releaseName(release)})`)
}

function listVersions(index: AttackIndex, domains: readonly Domain[]): string {
  return domains.map((domain) => `${domain} ${index.versions(domain).join(', ')}`).join('; ')
}

function none(problem: string): FoundAttackId {
  return { kind: 'none', problem }
}
