import type { ResolvedSet } from '../model/mapping-set.js'
import type { Domain, TechniqueRef } from '../model/mapping.js'
import { compareText } from '../model/text.js'
import { attackDomains } from '../model/vocabulary.js'
import type { AttackIndex, AttackReleaseView, AttackTechnique } from './attack-index.js'

const maxSuggestions = 3
const maxDistance = 2
/** Longer than any id with a few extra characters: longer text, possibly hostile, is not compared. */
const maxIdLength = 12

/**
 * Up to three active techniques that an unknown id may refer to, nearest id first: techniques with the given name, else techniques whose
 * ids differ in at most two characters.
 */
export function nearestTechniques(release: AttackReleaseView, id: string, name?: string): readonly AttackTechnique[] {
  const named = name === undefined ? [] : findNamed(release, name)
  const active = named.length > 0 || id.length > maxIdLength ? [] : release.techniques().filter(({ status }) => status === 'active')
  const candidates = named.length > 0 ? named : active
  const upper = id.slice(0, maxIdLength).toUpperCase()
  const ranked = candidates
    .map((technique) => ({ technique, distance: editDistance(upper, technique.id) }))
    .filter(({ distance }) => named.length > 0 || distance <= maxDistance)
    .toSorted((left, right) => left.distance - right.distance || compareText(left.technique.id, right.technique.id))
  return ranked.slice(0, maxSuggestions).map(({ technique }) => technique)
}

function findNamed(release: AttackReleaseView, name: string): readonly AttackTechnique[] {
  const wanted = normaliseName(name)
  return release.techniques().filter((technique) => technique.status === 'active' && normaliseName(technique.name) === wanted)
}

/** Normalises a name for comparison: ignores case, whitespace, Unicode form, and the kinds of quotes and dashes. */
export function normaliseName(name: string): string {
  return (plainName.test(name) ? name : plainForm(name))
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/ ?: ?/g, ': ')
    .trim()
    .toLowerCase()
}

/** Nearly all names: quotes, dashes and the Unicode form are what they become. */
const plainName = /^[ -_a-~]*$/

function plainForm(name: string): string {
  return name
    .replaceAll(/[\u2018\u2019\u201A\u201B\u2032`\u00B4]/g, "'")
    .replaceAll(/[\u201C-\u201F\u2033\u00AB\u00BB]/g, '"')
    .replaceAll(/[\u2010-\u2015\u2212]/g, '-')
    .normalize('NFKC')
}

/**
 * Edit distance of two texts: insertions, deletions, substitutions and swaps of neighbours (optimal string alignment). Time is
 * proportional to the product of the lengths: use it for short texts.
 */
export function editDistance(left: string, right: string): number {
  let before: number[] = []
  let previous = Array.from({ length: right.length + 1 }, (_, column) => column)
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row]
    for (let column = 1; column <= right.length; column += 1) {
      const isSame = left[row - 1] === right[column - 1]
      const replaced = (previous[column - 1] ?? 0) + (isSame ? 0 : 1)
      let best = Math.min((previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, replaced)
      const isSwap = row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1]
      if (isSwap) best = Math.min(best, (before[column - 2] ?? 0) + 1)
      current.push(best)
    }
    before = previous
    previous = current
  }
  return previous[right.length] ?? 0
}

/**
 * Successors of a revoked technique in a release, in order: the last one is the technique to use now. Empty if ATT&CK names none.
 * The last may itself be revoked or deprecated. The chain ends at a successor that the release does not contain.
 */
export function followSuccessors(release: AttackReleaseView, technique: AttackTechnique): readonly AttackTechnique[] {
  const chain: AttackTechnique[] = []
  // Guards against cycles in malformed bundles.
  const seen = new Set([technique.id])
  let next = technique.successor
  while (next !== undefined && !seen.has(next)) {
    seen.add(next)
    const successor = release.technique(next)
    if (!successor) break
    chain.push(successor)
    next = successor.successor
  }
  return chain
}

/** A domain, and the share (0 to 1) of the distinct technique ids that any of its releases contains. */
export interface InferredDomain {
  readonly domain: Domain
  readonly share: number
}

/**
 * Infers a set's domain: the one that contains most of its technique ids; on a tie enterprise, then mobile, then ICS. An id of several
 * domains counts for each, so that the set's other ids decide. `version`: the release that the set states.
 */
export function inferDomain(techniqueIds: Iterable<string>, index: AttackIndex, version?: string): InferredDomain {
  const ids = new Set(techniqueIds)
  const counts: Record<Domain, number> = { enterprise: 0, mobile: 0, ics: 0 }
  for (const id of ids) for (const domain of domainsOfTechnique(id, index, version)) counts[domain] += 1
  const domain = attackDomains.reduce((best, candidate) => (counts[candidate] > counts[best] ? candidate : best))
  return { domain, share: ids.size === 0 ? 0 : counts[domain] / ids.size }
}

/**
 * The domains of a technique id, in any case: those whose release for the version contains it, else those in which any release does; those
 * of its parent for an unknown sub-technique. Empty if ATT&CK has neither. The form of an id says nothing of its domain: T1691 is one of
 * ICS, and the domains number their techniques together, but nothing keeps an id from being used in two of them.
 */
export function domainsOfTechnique(id: string, index: AttackIndex, version?: string): readonly Domain[] {
  const [usual, parent] = /^(T\d{4})(?:\.\d{3})?/.exec(id.trim().toUpperCase()) ?? []
  if (usual === undefined || parent === undefined) return []
  const known = [usual, parent].find((one) => index.domainsOf(one).length > 0) ?? usual
  const domains = index.domainsOf(known)
  if (domains.length < 2) return domains
  const current = domains.filter((domain) => index.release(domain, version).technique(known)?.status === 'active')
  return current.length > 0 ? current : domains
}

/** A technique and the release in which it was found. */
export interface FoundTechnique {
  readonly domain: Domain
  readonly version: string
  readonly technique: AttackTechnique
}

/**
 * Finds a technique in the set's ATT&CK release; else in the same release of another domain; else in the newest release that
 * contains it, in the set's domain first. Undefined if no release contains the id.
 */
export function findTechnique(
  attack: AttackIndex, { domain, version }: ResolvedSet['attack'], id: string,
): FoundTechnique | undefined {
  const found = findInRelease(attack.release(domain, version), id)
  if (found) return found
  for (const other of attack.domainsOf(id)) {
    const elsewhere = findInRelease(attack.release(other, version), id)
    if (elsewhere) return elsewhere
  }
  const history = attack.history(id)
  return history.findLast((entry) => entry.domain === domain) ?? history.at(-1)
}

/** A technique that no release contains, as the document's copy of MITRE's object describes it; undefined if there is none. */
export function describedTechnique({ domain, version }: ResolvedSet['attack'], { id, object }: TechniqueRef): FoundTechnique | undefined {
  return object && { domain, version: version ?? '', technique: { id, ...object, status: 'active' } }
}

function findInRelease(release: AttackReleaseView, id: string): FoundTechnique | undefined {
  const technique = release.technique(id)
  return technique && { domain: release.domain, version: release.version, technique }
}

/** A technique id, and the release to look it up in. */
interface TechniqueReference {
  readonly id: string
  readonly release: AttackReleaseView
}

/** The other domains that have an id; empty if any release of its own domain has it, or no domain does. */
export function foreignDomains(
  { id, release }: TechniqueReference,
  attack: AttackIndex,
): readonly Domain[] {
  const domains = attack.domainsOf(id)
  return domains.includes(release.domain) ? [] : domains
}

/**
 * The id before the dot of a sub-technique's id, if there is no such technique: the release has the sub-technique but not its
 * parent, or no release of any domain has the parent.
 */
export function missingParent({ id, release }: TechniqueReference, attack: AttackIndex): string | undefined {
  const [, parent] = /^(T\d{4})\.\d{3}$/.exec(id) ?? []
  if (parent === undefined) return undefined
  const exists = release.technique(id) ? release.technique(parent) !== undefined : attack.domainsOf(parent).length > 0
  return exists ? undefined : parent
}
