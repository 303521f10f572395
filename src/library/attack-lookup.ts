import type {
  AttackHistoryEntry, AttackIndex, AttackReleaseView, AttackTactic, AttackTechnique,
} from '../attack/attack-index.js'
import { followSuccessors, nearestTechniques, normaliseName } from '../attack/find-techniques.js'
import { type AttackSources, loadAttack } from '../attack/load-attack.js'
import { createDiagnosticLog, type Diagnostic } from '../diagnostics/diagnostic.js'
import type { Domain } from '../model/mapping.js'
import { attackDomains } from '../model/vocabulary.js'
import { requests } from './check-request.js'
import { text } from './check-value.js'
import { findNearest, RequestError } from './request-error.js'

/** Where to search. By default: every domain, and the newest release that has the object. */
export interface AttackScope {
  readonly domain?: Domain
  /** "16.1", or "16" for the newest 16.x. */
  readonly version?: string
}

/** A technique, its release, and what replaced it. */
export interface TechniqueLookup extends AttackTechnique {
  readonly domain: Domain
  readonly version: string
  /** What replaced a revoked technique, step by step: the last one is the technique to use. */
  readonly successors: readonly AttackTechnique[]
}

/** A tactic, its release, and the ids of its active techniques without sub-techniques. */
export interface TacticLookup extends AttackTactic {
  readonly domain: Domain
  readonly version: string
  readonly techniques: readonly string[]
}

/** ATT&CK releases for look-ups. Ids are read in any letter case. */
export interface Attack {
  /** All available releases, by domain, oldest first. */
  readonly releases: readonly { readonly domain: Domain; readonly version: string }[]
  /** A technique (T1553.002); undefined if the scope has none. Throws RequestError for an unknown domain or release. */
  readonly technique: (id: string, scope?: AttackScope) => TechniqueLookup | undefined
  /** A tactic (TA0001); undefined if the scope has none. Throws RequestError for an unknown domain or release. */
  readonly tactic: (id: string, scope?: AttackScope) => TacticLookup | undefined
  /** The technique in every release that has it, oldest first. */
  readonly history: (id: string) => readonly AttackHistoryEntry[]
  /** Techniques with an id or a name like this one, of the newest release of each domain in the scope. */
  readonly suggest: (idOrName: string, scope?: AttackScope) => readonly TechniqueLookup[]
  /** For requests: `convert({ attack: attack.index, … })` does not load it again. */
  readonly index: AttackIndex
  /** Added releases that cannot be used. */
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Loads the ATT&CK releases of the package, and those of `sources`, for look-ups. Throws RequestError.
 *
 * ```ts
 * import { openAttack } from 'attack-crosswalk'
 *
 * const attack = await openAttack()
 * const found = attack.technique('T1086')
 * console.log(found?.status, found?.successors.map(({ id, name }) => `${id} ${name}`))
 * console.log(attack.suggest('powershel').length, attack.suggest('PowerShell', { domain: 'enterprise' }).map(({ id }) => id))
 * ```
 */
export async function openAttack(sources: AttackSources = {}): Promise<Attack> {
  requests.attack(sources, 'request')
  const log = createDiagnosticLog()
  const index = await loadAttack(sources, log.report)
  return {
    releases: attackDomains.flatMap((domain) => index.versions(domain).map((version) => ({ domain, version }))),
    technique(id, scope = {}) {
      const found = listReleases(index, scope).flatMap((release) => {
        const technique = release.technique(readId(id))
        return technique ? [describeTechnique(release, technique)] : []
      })
      return newestOfFirst(found)
    },
    tactic(id, scope = {}) {
      const wanted = readId(id)
      const found = listReleases(index, scope).flatMap((release) =>
        release.tactics.filter((tactic) => tactic.id === wanted).map((tactic) => describeTactic(release, tactic)))
      return newestOfFirst(found)
    },
    history: (id) => index.history(readId(id)),
    suggest(idOrName, scope = {}) {
      text(idOrName, 'idOrName')
      return newestOfEach(listReleases(index, scope)).flatMap((release) =>
        findSimilar(release, idOrName).map((technique) => describeTechnique(release, technique)))
    },
    index,
    diagnostics: log.entries,
  }
}

function readId(id: string): string {
  text(id, 'id')
  return id.trim().toUpperCase().replace('/', '.')
}

/** The releases of a scope, by domain, oldest first. Throws RequestError if the version is not available. */
function listReleases(index: AttackIndex, scope: AttackScope): readonly AttackReleaseView[] {
  requests.search(scope, 'scope')
  const domains = scope.domain ? [scope.domain] : attackDomains
  const { version } = scope
  if (version === undefined) return domains.flatMap((domain) => index.versions(domain).map((one) => index.release(domain, one)))
  const isWhole = version.includes('.')
  const found = domains.map((domain) => index.release(domain, version)).filter(({ match }) => match === 'exact' || (match === 'major' && !isWhole))
  if (found.length > 0) return found
  const allowed = [...new Set(domains.flatMap((domain) => index.versions(domain)))]
  const suggestion = findNearest(version, allowed)
  throw new RequestError({
    code: 'unknown-release', at: 'scope.version', problem: `ATT&CK ${version} is not available`, allowed,
    ...(suggestion !== undefined && { suggestion }),
  })
}

function describeTechnique(release: AttackReleaseView, technique: AttackTechnique): TechniqueLookup {
  const { domain, version } = release
  return { ...technique, domain, version, successors: followSuccessors(release, technique) }
}

function describeTactic(release: AttackReleaseView, tactic: AttackTactic): TacticLookup {
  const { domain, version } = release
  const techniques = release.techniques()
    .filter(({ id, status, tactics }) => status === 'active' && !id.includes('.') && tactics.includes(tactic.shortname))
  return { ...tactic, domain, version, techniques: techniques.map(({ id }) => id) }
}

/** The last of those of the first domain. */
function newestOfFirst<Found extends { readonly domain: Domain }>(found: readonly Found[]): Found | undefined {
  return found.findLast(({ domain }) => domain === found[0]?.domain)
}

function newestOfEach(releases: readonly AttackReleaseView[]): readonly AttackReleaseView[] {
  return attackDomains.flatMap((domain) => releases.findLast((release) => release.domain === domain) ?? [])
}

/** Techniques with the name or a similar id; else those whose names contain the text. */
function findSimilar(release: AttackReleaseView, wanted: string): readonly AttackTechnique[] {
  const near = nearestTechniques(release, wanted, wanted)
  if (near.length > 0) return near
  const part = normaliseName(wanted)
  return release.techniques().filter(({ name, status }) => status === 'active' && normaliseName(name).includes(part))
}
