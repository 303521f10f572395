import type { ResolvedSet } from '../model/mapping-set.js'
import type { Domain } from '../model/mapping.js'
import type { AttackIndex, AttackReleaseView, AttackTechnique } from './attack-index.js'

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
