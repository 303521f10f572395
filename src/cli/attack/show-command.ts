import { Command } from 'commander'
import {
  type AttackIndex, type AttackReleaseView, type AttackTactic, type AttackTechnique, isRequested, releaseName,
} from '../../attack/attack-index.js'
import { nearestTechniques } from '../../attack/find-techniques.js'
import type { Domain } from '../../model/mapping.js'
import { attackDomains } from '../../model/vocabulary.js'
import { findNearest } from '../../library/request-error.js'
import { resultWidth } from '../terminal.js'
import { withExamples } from '../usage.js'
import { describeTactic, describeTechnique, renderTactic, renderTechnique } from './describe-attack-object.js'
import { describeObject, describeOtherKind, namedObjects, namesakesIn, nearestNames } from './attack-names.js'
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
    .summary('Show a technique or a tactic, by id or name')
    .description('Shows a technique or a tactic: name, tactics, status, successor, page, and what has its name in other domains.')
    .argument('<ID...>', 'ATT&CK id (T1553, T1553.002 or TA0001), name ("Brute Force"), or address of its page')
    .option('--history', 'show how the technique changed from release to release')
    .option('--attack-version <version>', 'release to search (default: the newest that contains the id)')
    .addOption(domainOption('domain to search (default: the one that contains the id)'))
    .addOption(bundleOption())
    .addOption(formatOption())
    .action(showObject)
  return withExamples(command, [
    'crosswalk attack show T1086', 'crosswalk attack show T1055.011 --history', 'crosswalk attack show "Brute Force"',
  ])
}

async function showObject(words: readonly string[], { history, attackVersion, domain, attack, format }: ShowOptions): Promise<void> {
  const opened = await openAttack(attack)
  if (!opened) return
  const { index } = opened
  const scope = { ...(domain && { domain }), ...(attackVersion !== undefined && { version: attackVersion }) }
  const found = findObject(index, words.join(' '), scope)
  if (found.kind === 'none') {
    fail([found.problem], found.suggestions)
  } else if (found.kind === 'tactic') {
    const description = describeTactic(index, found.release, found.tactic)
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

/** Finds an object by its id, its STIX id, the address of its page, or its name. */
function findObject(index: AttackIndex, text: string, scope: AttackScope): FoundAttackId {
  const written = text.trim()
  const [, fromPage] = /attack\.mitre\.org\/(?:versions\/v\d{1,3}\/)?[a-z]{1,30}\/([A-Z]{1,3}\d{4}(?:\/\d{3})?)\/?$/i.exec(written) ?? []
  const id = (fromPage ?? index.techniqueIdOf(written.toLowerCase()) ?? written).toUpperCase().replace('/', '.')
  const other = describeOtherKind(id)
  if (other !== undefined) return none(other)
  const ids = id.split(/[\s,]+/)
  if (ids.length > 1 && ids.every((one) => idForm.test(one))) return none(`Show one object at a time: ${ids.slice(0, 5).join(', ')}`)
  const domains = scope.domain ? [scope.domain] : attackDomains
  if (scope.version !== undefined && !domains.some((domain) => isRequested(index.release(domain, scope.version)))) {
    return none(`ATT&CK ${scope.version} is not available. Available releases: ${listVersions(index, domains)}`)
  }
  return idForm.test(id) ? findAttackId(index, id, scope) : findNamed(index, written, scope)
}

/** Anything that looks like the id of a technique or a tactic. */
const idForm = /^TA?\d[\d.]{0,20}$/

/** Finds a technique or a tactic by its name: in the newest release of the first domain that has it, else in an older one. */
function findNamed(index: AttackIndex, name: string, scope: AttackScope): FoundAttackId {
  const domains = scope.domain ? [scope.domain] : attackDomains
  for (const older of [false, true]) {
    for (const domain of domains) {
      const versions = older ? index.versions(domain).toReversed() : [scope.version]
      for (const version of scope.version === undefined ? versions : [scope.version]) {
        const release = index.release(domain, version)
        const named = namedObjects(release, name)
        const [first] = named
        if (named.length > 1) return none(`${named.length} objects of ${releaseName(release)} are called "${name}". Show one by its id:`, named.map(describeObject))
        if (first) return 'tactic' in first ? { kind: 'tactic', ...first } : { kind: 'technique', ...first }
      }
    }
  }
  const searched = domains.map((domain) => index.release(domain, scope.version))
  const suggestions = nearestNames(searched, name)
  if (suggestions.length > 0) return none(`No technique or tactic is called "${name}". Did you mean one of these?`, suggestions)
  return none(`Unknown ATT&CK id ${name.toUpperCase()}. Technique ids look like T1553 or T1553.002. No technique or tactic has a similar name either; `
    + 'groups and software are not in the index, see https://attack.mitre.org/')
}

/** Finds a technique (T1553.002) or a tactic (TA0001). */
function findAttackId(index: AttackIndex, id: string, scope: AttackScope): FoundAttackId {
  const domains = scope.domain ? [scope.domain] : attackDomains
  const entries = index.history(id).filter(({ domain }) => domains.includes(domain))
  const tacticReleases = findTacticReleases(index, id, domains)
  const releases = entries.length > 0 ? entries.map(({ domain, version }) => index.release(domain, version)) : tacticReleases
  const release =
    scope.version === undefined ? newestOfFirst(releases) : releases.find((candidate) => isWanted(index, candidate, scope.version))
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

function isWanted(index: AttackIndex, { domain, version }: AttackReleaseView, wanted: string | undefined): boolean {
  const requested = index.release(domain, wanted)
  return isRequested(requested) && requested.version === version
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
  const searched = domains.map((domain) => index.release(domain, scope.version))
  const kind = id.startsWith('TA') ? 'tactic' : 'technique'
  const elsewhere = id.startsWith('TA') ? attackDomains.filter((domain) => findTacticReleases(index, id, [domain]).length > 0) : index.domainsOf(id)
  if (elsewhere.length > 0) {
    const namesakes = searched.flatMap((release) => namesakesIn(index, release, id))
    const problem = `${id} is a ${kind} of the ${elsewhere.join(' and ')} domain, not of ${domains.join(' and ')}`
    return none(namesakes.length === 0 ? problem : `${problem}, where this has its name:`, namesakes.map(describeObject))
  }
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

function none(problem: string, suggestions: readonly string[] = []): FoundAttackId {
  return { kind: 'none', problem, suggestions }
}
