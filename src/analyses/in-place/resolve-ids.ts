import {
  type AttackIndex, type AttackReleaseView, type AttackTactic, isRequested, parentOf, releaseName, techniqueIdForm,
} from '../../attack/attack-index.js'
import { domainsOfTechnique, inferDomain, normaliseName } from '../../attack/find-techniques.js'
import type { Domain, TechniqueRef } from '../../model/mapping.js'
import { attackDomains } from '../../model/vocabulary.js'
import { pairReleases, type ReleasePair } from '../upgrade/release-pair.js'
import { upgradeTechnique } from '../upgrade/upgrade-technique.js'

/** What becomes of an id. */
export type ResolvedId =
  | { readonly kind: 'same' }
  | { readonly kind: 'replaced'; readonly id: string; readonly why: string }
  /** A person must choose: it is left as it is. */
  | { readonly kind: 'left'; readonly why: string; readonly suggestions: readonly TechniqueRef[] }

/** What becomes of the ids, names, tactics and versions of a document. `from`: the version that the id's row states, if it does. */
export interface IdResolver {
  readonly domain: Domain
  /** The release that the document is of; undefined if the index has none. */
  readonly source: AttackReleaseView | undefined
  /** How `source` was found. */
  readonly sourceBy: 'stated' | 'assumed'
  readonly target: AttackReleaseView
  resolve(id: string, from?: string): ResolvedId
  /** Names that the technique has or had, with and without its parent's. */
  names(id: string): readonly string[]
  /** The new name for a name that ATT&CK gave the technique; undefined if it does not change, or is another text. */
  rename(id: string, name: string, from?: string): string | undefined
  /** The tactic that a text names, in the newest release that has it. */
  tactic(text: string): AttackTactic | undefined
  /** The tactics of the target that a tactic of a technique is now: itself, if the technique keeps it. Undefined if it did not have it. */
  moveTactic(id: string, tactic: AttackTactic, from?: string): readonly AttackTactic[] | undefined
  /** The release that a stated version is; undefined if it is the target, or none that is available. */
  olderRelease(version: string): AttackReleaseView | undefined
}

/** What a document and the user state. */
export interface ResolverFacts {
  readonly to: string
  readonly ids: ReadonlySet<string>
  /** Words that may be tactics: a name that only older releases have shows that the document is older. */
  readonly tactics: ReadonlySet<string>
  readonly domain?: Domain
  readonly version?: string
  /** The user's choices: successors by id. */
  readonly choices: ReadonlyMap<string, string>
}

/** Unknown ids for which similar ones are suggested. */
const mostUnknown = 50

/** Creates the resolver of a document; undefined if the target release is not available in its domain. */
export function createIdResolver(attack: AttackIndex, facts: ResolverFacts): IdResolver | undefined {
  const { to, ids, choices } = facts
  const domain = facts.domain ?? inferDomain(ids, attack).domain
  const stated = facts.version === undefined ? undefined : attack.release(domain, facts.version)
  const isStated = stated !== undefined && stated.match !== 'newest'
  const source = isStated ? stated : newestWithAll(attack, domain, facts)
  const target = attack.release(domain, to)
  if (!isRequested(target)) return undefined
  const pairs = new Map<string, ReleasePair | undefined>()
  const resolved = new Map<string, ResolvedId>()
  const names = new Map<string, readonly string[]>()
  let tactics: ReadonlyMap<string, AttackTactic> | undefined
  let unknown = 0

  /** The releases for an id: those of its own domain. A source that is the target says nothing about what changed. */
  function pairOf(id: string, from: string | undefined): ReleasePair | undefined {
    const own = attack.domainsOf(id).includes(domain) ? domain : (domainsOfTechnique(id, attack)[0] ?? domain)
    const version = from ?? source?.version
    const key = JSON.stringify([own, version])
    if (!pairs.has(key)) {
      const pair = pairReleases(attack, own, version, to)
      pairs.set(key, pair?.source?.version === pair?.target.version ? pairReleases(attack, own, undefined, to) : pair)
    }
    return pairs.get(key)
  }

  function resolve(id: string, from: string | undefined): ResolvedId {
    const pair = pairOf(id, from)
    const choice = choices.get(id)
    if (choice !== undefined) return choice === id ? { kind: 'same' } : { kind: 'replaced', id: choice, why: 'your choice' }
    // Similar ids are looked for only so often: a document may contain any number of ids that do not exist.
    if (attack.domainsOf(id).length === 0 && (unknown += 1) > mostUnknown) return { kind: 'left', why: 'in no available release', suggestions: [] }
    if (!pair) return { kind: 'left', why: `ATT&CK ${to} is not available for its domain`, suggestions: [] }
    const { class: outcome, technique, why = '', suggestions } = upgradeTechnique({ id }, pair, attack)
    if (outcome === 'replaced') return { kind: 'replaced', id: technique.id, why }
    return pair.target.technique(id)?.status === 'active' ? { kind: 'same' } : { kind: 'left', why, suggestions }
  }

  function namesOf(id: string): readonly string[] {
    const known = names.get(id)
    if (known) return known
    const parent = parentOf(id)
    const own = [...new Set(attack.history(id).map(({ technique }) => technique.name))]
    const parents = parent === undefined ? [] : [...new Set(attack.history(parent).map(({ technique }) => technique.name))]
    const all = [...parents.flatMap((before) => own.map((name) => `${before}: ${name}`)), ...own]
    names.set(id, all)
    return all
  }

  return {
    domain,
    source,
    sourceBy: isStated ? 'stated' : 'assumed',
    target,
    resolve(id, from) {
      const key = JSON.stringify([id, from])
      const found = resolved.get(key) ?? resolve(id, from)
      resolved.set(key, found)
      return found
    },
    names: namesOf,
    rename(id, name, from) {
      const written = normaliseName(name)
      const pair = pairOf(id, from)
      if (!pair || !namesOf(id).some((known) => normaliseName(known) === written)) return undefined
      const outcome = this.resolve(id, from)
      const now = outcome.kind === 'replaced' && choices.has(id) ? pair.target.technique(outcome.id)?.name
        : outcome.kind === 'left' ? undefined : upgradeTechnique({ id, name }, pair, attack).technique.name
      return now === name ? undefined : now
    },
    tactic(text) {
      tactics ??= mapTactics(attack, domain, source)
      return tactics.get(tacticWord(text))
    },
    moveTactic(id, tactic, from) {
      const pair = pairOf(id, from)
      const outcome = this.resolve(id, from)
      const before = pair?.source?.technique(id)
      const now = pair?.target.technique(outcome.kind === 'replaced' ? outcome.id : id)
      if (!pair || !before?.tactics.includes(tactic.shortname) || now?.status !== 'active') return undefined
      const current = pair.target.tactics.filter(({ shortname }) => now.tactics.includes(shortname))
      const same = current.filter(({ shortname }) => shortname === tactic.shortname)
      if (same.length > 0) return same
      // A tactic that was renamed keeps its id.
      return current.filter(({ id: tacticId, shortname }) => tacticId === tactic.id || !before.tactics.includes(shortname))
    },
    olderRelease(version) {
      const release = attack.release(domain, version)
      return !isRequested(release) || release.version === target.version ? undefined : release
    },
  }
}

/**
 * The newest release in which all ids are active and that has all the tactics; if there is none, the newest of those that have most of
 * them. What no release of the domain has does not count.
 */
function newestWithAll(attack: AttackIndex, domain: Domain, { ids, tactics }: ResolverFacts): AttackReleaseView | undefined {
  let best: { readonly release: AttackReleaseView; readonly count: number } | undefined
  for (const version of attack.versions(domain)) {
    const release = attack.release(domain, version)
    let count = 0
    for (const id of ids) if (release.technique(id)?.status === 'active') count += 1
    for (const tactic of tactics) if (findTactic(release, tactic)) count += 1
    if (!best || count >= best.count) best = { release, count }
  }
  return best?.release
}

/** A tactic by its id, name or shortname, as tags and tables write them: "attack.defense_evasion", "Defense Evasion", "TA0005". */
export function findTactic({ tactics }: AttackReleaseView, text: string): AttackTactic | undefined {
  const word = tacticWord(text)
  return tactics.find((tactic) => tacticWords(tactic).includes(word))
}

function tacticWord(text: string): string {
  return text.trim().toLowerCase().replace(/^attack\./, '').replaceAll(/[ _]/g, '-')
}

function tacticWords({ id, name, shortname }: AttackTactic): readonly string[] {
  return [shortname, id.toLowerCase(), tacticWord(name)]
}

/** The tactics of all releases of a domain by what they are called; those of the source win, then those of newer releases. */
function mapTactics(attack: AttackIndex, domain: Domain, source: AttackReleaseView | undefined): ReadonlyMap<string, AttackTactic> {
  const releases = [...attack.versions(domain).map((version) => attack.release(domain, version)), ...(source ? [source] : [])]
  return new Map(releases.flatMap(({ tactics }) => tactics.flatMap((tactic) => tacticWords(tactic).map((word) => [word, tactic] as const))))
}

/** Parses the user's choices (`T0803=T1691.001`, or an id alone to keep it); or says which is invalid, and why. */
export function readChoices(
  texts: readonly string[], to: string, attack: AttackIndex,
): { readonly choices: ReadonlyMap<string, string> } | { readonly problem: string } {
  const choices = new Map<string, string>()
  for (const text of texts) {
    const [old = '', now = old] = text.toUpperCase().split('=').map((part) => part.trim())
    if (!techniqueIdForm.test(old) || !techniqueIdForm.test(now)) return { problem: `${text}: expected OLD=NEW, such as T0803=T1691.001` }
    const releases = attackDomains.map((domain) => attack.release(domain, to)).filter(isRequested)
    if (now !== old && !releases.some((release) => release.technique(now)?.status === 'active')) {
      return { problem: `${text}: ${now} is not an active technique of ${releases.map(releaseName).join(' or ')}` }
    }
    const former = choices.get(old)
    if (former !== undefined && former !== now) return { problem: `${text} contradicts ${old}=${former}` }
    choices.set(old, now)
  }
  return { choices }
}
