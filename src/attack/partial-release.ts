import type { Domain } from '../model/mapping.js'
import { isRecord } from '../model/stated.js'
import { compareText } from '../model/text.js'
import { attackDomains } from '../model/vocabulary.js'
import {
  type AttackTactic, type AttackTechnique, compareVersions, type ReleaseFacts, type ReleaseLack, tacticIdForm, techniqueIdForm,
} from './attack-index.js'
import { describePlatforms, objectsOf, type StixObject, textOf, textsOf } from './bundle/stix-object.js'

/** The partial releases of a facts file, a domain each, or why there are none: a predicate that completes "<file> …". */
type PartialReleases = { readonly releases: readonly ReleaseFacts[] } | { readonly problem: string }

/** Whether parsed JSON has the form of a facts file: see docs/decisions/0003-attack-index.md. */
export function isFactsFile(value: unknown): value is StixObject {
  return isRecord(value) && typeof value['release'] === 'string' && Array.isArray(value['techniques']) && Array.isArray(value['tactics'])
}

/**
 * Reads the facts of a release of which there is no bundle: ids, names, STIX ids and tactics of its active techniques, and techniques
 * that it revoked, with successors. What the facts lack comes from the newest complete release before it among `complete`, and the
 * release states it (`lacks`): dates of known techniques, and what was deprecated or revoked before. Nothing else is added: new
 * techniques have no dates, and techniques that are gone without a stated successor are not in the release.
 */
export function readPartialReleases(facts: StixObject, complete: readonly ReleaseFacts[]): PartialReleases {
  const version = textOf(facts, 'release')
  if (version === undefined || !/^\d{1,3}\.\d{1,3}$/.test(version)) return { problem: 'does not state its ATT&CK release' }
  const releases: ReleaseFacts[] = []
  for (const domain of attackDomains) {
    const stated = readDomain(facts, domain)
    if (typeof stated === 'string') return { problem: stated }
    if (stated.techniques.length === 0) continue
    const before = complete
      .filter((release) => release.domain === domain && compareVersions(release.version, version) < 0)
      .toSorted((left, right) => compareVersions(left.version, right.version))
      .at(-1)
    if (!before) return { problem: `needs a complete release of ${domain} before ${version}, which it is completed from` }
    releases.push(completeRelease({ domain, version, ...stated }, before))
  }
  return releases.length === 0 ? { problem: 'contains no ATT&CK techniques' } : { releases }
}

/** What the facts state of a domain. */
interface StatedFacts {
  /** In the stated order of the matrix, if there is one. */
  readonly tactics: readonly AttackTactic[]
  readonly hasOrder: boolean
  /** Active ones, with ids of tactics in the place of shortnames, and revoked ones, without tactics. */
  readonly techniques: readonly AttackTechnique[]
  /** Whether techniques are gone without a stated reason. */
  readonly hasGone: boolean
}

/** Reads the facts of a domain; or why an entry is unusable, as a predicate. */
function readDomain(facts: StixObject, domain: Domain): StatedFacts | string {
  const order = textsOf(facts, `${domain}_tactic_order`)
  const isOwn = (entry: StixObject): boolean => entry['domain'] === domain
  const tactics: AttackTactic[] = []
  const techniques: AttackTechnique[] = []
  for (const entry of objectsOf(facts, 'tactics').filter(isOwn)) {
    const [id, stixId, name, shortname] = ['id', 'stix', 'name', 'shortname'].map((property) => textOf(entry, property))
    if (id === undefined || stixId === undefined || name === undefined || shortname === undefined || !tacticIdForm.test(id)) {
      return `has a tactic without id, stix, name or shortname: ${JSON.stringify(entry).slice(0, 100)}`
    }
    tactics.push({ id, stixId, shortname, name })
  }
  const gone = objectsOf(facts, goneProperty(facts)).filter(isOwn)
  const revoked = gone.filter((entry) => entry['status'] === 'revoked')
  for (const entry of [...objectsOf(facts, 'techniques').filter(isOwn), ...revoked]) {
    const [id, stixId, name, successor] = ['id', 'stix', 'name', 'successor'].map((property) => textOf(entry, property))
    if (id === undefined || stixId === undefined || name === undefined || !techniqueIdForm.test(id)) {
      return `has a technique without id, stix or name: ${JSON.stringify(entry).slice(0, 100)}`
    }
    const status = entry['status'] === 'revoked' ? 'revoked' : 'active'
    techniques.push({
      id, stixId, name, tactics: textsOf(entry, 'tactics'), status, ...(successor !== undefined && { successor }), ...describePlatforms(textsOf(entry, 'platforms')),
    })
  }
  const position = (id: string): number => (order.includes(id) ? order.indexOf(id) : order.length)
  return {
    tactics: tactics.toSorted((left, right) => position(left.id) - position(right.id)),
    hasOrder: order.length > 0,
    techniques,
    hasGone: revoked.length < gone.length,
  }
}

/** The list of techniques that are gone names the release before: "since_18.1_gone". */
function goneProperty(facts: StixObject): string {
  return Object.keys(facts).find((property) => /^since_[\d.]{1,10}_gone$/.test(property)) ?? 'gone'
}

type StatedRelease = StatedFacts & Pick<ReleaseFacts, 'domain' | 'version'>

function completeRelease(stated: StatedRelease, before: ReleaseFacts): ReleaseFacts {
  const tactics = completeTactics(stated, before)
  const shortnames = new Map(stated.tactics.map(({ id, shortname }) => [id, shortname]))
  const order = tactics.map(({ shortname }) => shortname)
  const known = new Map(before.techniques.map((technique) => [technique.id, technique]))
  const spellings = new Map(before.techniques.flatMap(({ platforms = [] }) => platforms).map((name) => [foldName(name), name]))
  const techniques = new Map<string, AttackTechnique>()
  for (const technique of before.techniques) {
    // A tactic that the release no longer has is not stated of it.
    const kept = technique.tactics.filter((name) => order.includes(name))
    if (technique.status !== 'active') techniques.set(technique.id, { ...technique, tactics: kept })
  }
  for (const technique of stated.techniques) {
    const former = known.get(technique.id)
    const own = technique.status === 'revoked'
      ? former?.tactics.filter((name) => order.includes(name)) ?? []
      : technique.tactics.flatMap((id) => shortnames.get(id) ?? [])
    techniques.set(technique.id, {
      ...technique,
      tactics: own.toSorted((left, right) => order.indexOf(left) - order.indexOf(right)),
      // Copies of others write "windows" and "office-suite"; MITRE's spelling is that of the release before.
      ...describePlatforms(technique.platforms?.map((name) => spellings.get(foldName(name)) ?? name) ?? former?.platforms ?? []),
      ...(former?.created !== undefined && { created: former.created }),
      ...(former?.modified !== undefined && { modified: former.modified }),
    })
  }
  const lacks: readonly ReleaseLack[] = ['dates', 'withdrawn', ...(stated.hasGone ? ['successors' as const] : [])]
  const sorted = [...techniques.values()].toSorted((left, right) => compareText(left.id, right.id))
  return { domain: stated.domain, version: stated.version, lacks, tactics, techniques: sorted }
}

function foldName(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z\d]/g, '')
}

/** Tactics in the stated order, else that of the release before, new ones last; then the deprecated ones of the release before. */
function completeTactics({ tactics, hasOrder }: StatedFacts, before: ReleaseFacts): readonly AttackTactic[] {
  const former = before.tactics.map(({ id }) => id)
  const position = (id: string): number => (former.includes(id) ? former.indexOf(id) : former.length)
  const own = hasOrder ? tactics : tactics.toSorted((left, right) => position(left.id) - position(right.id))
  const ids = new Set(own.map(({ id }) => id))
  return [...own, ...before.tactics.filter(({ id, deprecated }) => deprecated === true && !ids.has(id))]
}
